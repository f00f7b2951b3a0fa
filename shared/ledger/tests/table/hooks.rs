//! Callbacks: who may write them, and what a handshake that anybody can send changes.

use ledger::{Error, Hook, HookState, Offered};

use crate::bench::{Bench, acme};

const NOUN: &str = "invoice";

fn hook(state: HookState) -> Hook {
    Hook {
        callback_id: Some("2001".to_owned()),
        uri: "https://connector.example/acme/invoice".to_owned(),
        state,
        ..Hook::default()
    }
}

impl Bench {
    async fn with_hook(hook: &Hook) -> Self {
        let bench = Self::start().await;
        let mut hook = hook.clone();
        bench
            .ledger
            .put_hook(&acme(), NOUN, &mut hook)
            .await
            .unwrap();
        bench
    }

    async fn hook(&self) -> Hook {
        self.ledger.hook(&acme(), NOUN).await.unwrap().unwrap()
    }

    fn offered(&self, callback_id: &str, sealed: &str) -> Offered {
        Offered {
            callback_id: callback_id.to_owned(),
            sealed: sealed.to_owned(),
            seed: format!("digest of {sealed}"),
            at: self.now(),
        }
    }

    async fn offer(&self, callback_id: &str, sealed: &str) -> bool {
        let offered = self.offered(callback_id, sealed);
        self.ledger.offer(&acme(), NOUN, &offered).await.unwrap()
    }
}

#[tokio::test]
async fn a_callback_comes_back_under_its_own_noun_and_in_the_list() {
    let whole = Hook {
        current: Some("new".to_owned()),
        seed: "seed".to_owned(),
        previous: Some("old".to_owned()),
        sentence: "FreshBooks has lost it.".to_owned(),
        ..hook(HookState::Verified)
    };
    let bench = Bench::with_hook(&whole).await;
    let stored = bench.hook().await;
    assert_eq!(
        stored,
        Hook {
            version: 1,
            ..whole
        }
    );
    let mut payment = hook(HookState::Registering);
    let ledger = &bench.ledger;
    ledger
        .put_hook(&acme(), "payment", &mut payment)
        .await
        .unwrap();
    let listed = ledger.hooks(&acme()).await.unwrap();
    assert_eq!(
        listed,
        [(NOUN.to_owned(), stored), ("payment".to_owned(), payment)]
    );

    ledger.remove_hook(&acme(), NOUN).await.unwrap();
    ledger.remove_hook(&acme(), NOUN).await.unwrap();
    assert_eq!(ledger.hook(&acme(), NOUN).await, Ok(None));
    assert_eq!(ledger.hooks(&acme()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_writes_to_one_version_of_a_callback_the_second_is_refused() {
    let bench = Bench::with_hook(&hook(HookState::Registered)).await;
    let (mut one, mut other) = (bench.hook().await, bench.hook().await);
    one.state = HookState::Verified;
    bench
        .ledger
        .put_hook(&acme(), NOUN, &mut one)
        .await
        .unwrap();
    let late = bench.ledger.put_hook(&acme(), NOUN, &mut other).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let new = bench
        .ledger
        .put_hook(&acme(), NOUN, &mut hook(HookState::Given))
        .await;
    assert!(matches!(new, Err(Error::Conflict(_))), "{new:?}");
    assert_eq!(bench.hook().await, one);
}

#[tokio::test]
async fn an_offer_is_kept_while_a_callback_waits_for_it_and_only_the_newest() {
    for state in [HookState::Registering, HookState::Registered] {
        let bench = Bench::with_hook(&hook(state)).await;
        assert!(bench.offer("2001", "first").await);
        assert!(bench.offer("2001", "second").await);
        let stored = bench.hook().await;
        assert_eq!(stored.offered, Some(bench.offered("2001", "second")));
        assert_eq!((stored.state, stored.version), (state, 3));
    }
}

#[tokio::test]
async fn an_offer_for_a_callback_that_does_not_wait_changes_nothing() {
    for state in [HookState::Given, HookState::Verified] {
        let bench = Bench::with_hook(&hook(state)).await;
        let before = bench.hook().await;
        assert!(!bench.offer("2001", "spam").await, "{state:?}");
        assert_eq!(bench.hook().await, before);
    }
    let bench = Bench::start().await;
    assert!(!bench.offer("2001", "spam").await);
    assert_eq!(bench.items("CONN#acme").await, 0);
}

#[tokio::test]
async fn a_handshake_of_another_callback_is_taken_only_while_the_id_is_not_known() {
    let bench = Bench::with_hook(&hook(HookState::Registered)).await;
    assert!(!bench.offer("9999", "spam").await);
    assert_eq!(bench.hook().await.offered, None);
    // The handshake can overtake the answer that tells the id.
    let registering = Hook {
        callback_id: None,
        ..hook(HookState::Registering)
    };
    let bench = Bench::with_hook(&registering).await;
    assert!(bench.offer("2001", "early").await);
}

#[tokio::test]
async fn an_offer_fences_whoever_read_the_callback_before() {
    let bench = Bench::with_hook(&hook(HookState::Registered)).await;
    let mut stale = bench.hook().await;
    bench.offer("2001", "offer").await;
    let late = bench.ledger.put_hook(&acme(), NOUN, &mut stale).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
}

#[tokio::test]
async fn the_verifier_before_goes_once_and_only_for_the_newest_that_was_seen() {
    let rotated = Hook {
        current: Some("new".to_owned()),
        seed: "seed of new".to_owned(),
        previous: Some("old".to_owned()),
        ..hook(HookState::Verified)
    };
    let bench = Bench::with_hook(&rotated).await;
    let forget = async |seed| bench.ledger.forget_previous(&acme(), NOUN, seed).await;
    assert_eq!(forget("seed of old").await, Ok(false));
    assert_eq!(bench.hook().await.previous.as_deref(), Some("old"));
    assert_eq!(forget("seed of new").await, Ok(true));
    let left = bench.hook().await;
    assert_eq!(
        (left.previous, left.current.as_deref()),
        (None, Some("new"))
    );
    assert_eq!(forget("seed of new").await, Ok(false));
    assert_eq!(bench.hook().await.version, 2);
}
