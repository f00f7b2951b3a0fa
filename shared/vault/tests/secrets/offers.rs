//! Verifiers that handshakes bring: kept apart, and trusted only once FreshBooks has taken them.

use freshbooks::webhook::NotGenuine;
use freshbooks_stand_in::sign;
use ledger::{Hook, HookState, Offered};
use local_aws::{Fault, Service};
use vault::{Error, NotVerified, SignedBy, VerifierVault};

use crate::bench::{Bench, acme, other, same};

const NOUN: &str = "invoice";
const CALLBACK: &str = "2001";
const FIELDS: [(&str, &str); 2] = [("name", "invoice.create"), ("object_id", "7")];

impl Bench {
    async fn with_callback(state: HookState) -> Self {
        let bench = Self::start().await;
        let mut hook = Hook {
            callback_id: Some(CALLBACK.to_owned()),
            state,
            ..Hook::default()
        };
        bench
            .ledger
            .put_hook(&acme(), NOUN, &mut hook)
            .await
            .unwrap();
        bench.aws.reset_calls();
        bench
    }

    async fn hook(&self) -> Hook {
        self.ledger.hook(&acme(), NOUN).await.unwrap().unwrap()
    }

    async fn offer(&self, verifier: &str) -> bool {
        let vault = self.offers();
        vault
            .offer(&acme(), NOUN, CALLBACK, &verifier.into())
            .await
            .unwrap()
    }

    async fn offered(&self, verifier: &str) -> Offered {
        assert!(self.offer(verifier).await);
        self.hook().await.offered.unwrap()
    }

    async fn confirm(&self, offered: &Offered) -> bool {
        let confirmed = self.vault.confirm_verifier(&acme(), NOUN, offered).await;
        confirmed.unwrap()
    }

    /// The callback is to be verified again, as the poller has it.
    async fn ask_again(&self) {
        let mut hook = self.hook().await;
        hook.state = HookState::Registered;
        self.ledger
            .put_hook(&acme(), NOUN, &mut hook)
            .await
            .unwrap();
    }
}

/// Who signed a delivery, by a vault that has cached nothing.
async fn signed_by(vault: &VerifierVault, verifier: &str) -> Option<SignedBy> {
    let verifiers = vault.verifiers(&acme(), NOUN).await.unwrap();
    let (body, signature) = sign(verifier, &FIELDS);
    match verifiers.verify(body.as_bytes(), Some(&signature)) {
        Ok((delivery, by)) => {
            assert_eq!(delivery.object_id(), "7");
            Some(by)
        }
        Err(why) => {
            assert_eq!(why, NotVerified::NotGenuine(NotGenuine::Signature));
            None
        }
    }
}

#[tokio::test]
async fn an_offered_verifier_verifies_nothing_until_it_is_confirmed() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let offered = bench.offered("first").await;
    assert_eq!(signed_by(&bench.verifiers(), "first").await, None);
    let opened = bench.vault.offered_verifier(&acme(), &offered).await;
    assert!(same(&opened.unwrap(), &"first".into()));

    assert!(bench.confirm(&offered).await);
    let by = signed_by(&bench.verifiers(), "first").await;
    assert_eq!(by, Some(SignedBy::Only));
    let hook = bench.hook().await;
    assert_eq!((hook.state, hook.offered), (HookState::Verified, None));
}

#[tokio::test]
async fn spam_for_a_verified_a_given_or_an_unknown_callback_changes_nothing_and_seals_nothing() {
    for state in [HookState::Given, HookState::Verified] {
        let bench = Bench::with_callback(state).await;
        let before = bench.hook().await;
        bench.aws.reset_calls();
        assert!(!bench.offer("spam").await, "{state:?}");
        assert_eq!(bench.operations(Service::DynamoDb), ["GetItem"]);
        assert!(bench.operations(Service::Kms).is_empty());
        assert_eq!(bench.hook().await, before);
    }
    let bench = Bench::start().await;
    bench.aws.reset_calls();
    assert!(!bench.offer("spam").await);
    assert_eq!(bench.ledger.hooks(&acme()).await, Ok(Vec::new()));
    assert!(bench.operations(Service::Kms).is_empty());
}

#[tokio::test]
async fn what_cannot_be_a_verifier_or_names_another_callback_is_not_kept() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let before = bench.hook().await;
    for verifier in ["", &"x".repeat(257)] {
        assert!(!bench.offer(verifier).await);
    }
    let stranger = bench
        .offers()
        .offer(&acme(), NOUN, "9999", &"spam".into())
        .await;
    assert_eq!(stranger, Ok(false));
    assert_eq!(bench.hook().await, before);
}

#[tokio::test]
async fn the_same_offer_again_is_kept_without_sealing_it_again() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let offered = bench.offered("first").await;
    bench.aws.reset_calls();
    assert_eq!(bench.offered("first").await, offered);
    assert!(bench.operations(Service::Kms).is_empty());
    assert_ne!(bench.offered("second").await, offered);
}

#[tokio::test]
async fn after_a_rotation_both_are_accepted_until_the_newest_has_verified_a_delivery() {
    let bench = Bench::with_callback(HookState::Registered).await;
    for verifier in ["first", "second"] {
        bench.ask_again().await;
        let offered = bench.offered(verifier).await;
        assert!(bench.confirm(&offered).await);
    }
    let vault = bench.verifiers();
    assert_eq!(signed_by(&vault, "first").await, Some(SignedBy::Previous));
    assert_eq!(signed_by(&vault, "second").await, Some(SignedBy::Newest));
    assert_eq!(signed_by(&vault, "third").await, None);

    let seen = vault.verifiers(&acme(), NOUN).await.unwrap();
    assert_eq!(seen.len(), 2);
    let forgotten = vault.forget_previous(&acme(), NOUN, &seen).await;
    assert_eq!(forgotten, Ok(true));
    // At once, in this function.
    assert_eq!(signed_by(&vault, "first").await, None);
    assert_eq!(signed_by(&vault, "second").await, Some(SignedBy::Only));
}

#[tokio::test]
async fn a_predecessor_is_not_dropped_for_a_delivery_of_an_older_newest() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let first = bench.offered("first").await;
    bench.confirm(&first).await;
    let vault = bench.verifiers();
    let seen = vault.verifiers(&acme(), NOUN).await.unwrap();
    bench.ask_again().await;
    let second = bench.offered("second").await;
    bench.confirm(&second).await;
    let forgotten = vault.forget_previous(&acme(), NOUN, &seen).await;
    assert_eq!(forgotten, Ok(false));
    let by = signed_by(&bench.verifiers(), "first").await;
    assert_eq!(by, Some(SignedBy::Previous));
}

#[tokio::test]
async fn the_same_verifier_offered_again_is_not_its_own_predecessor() {
    let bench = Bench::with_callback(HookState::Registered).await;
    for _ in 0..2 {
        bench.ask_again().await;
        let offered = bench.offered("first").await;
        assert!(bench.confirm(&offered).await);
        assert_eq!(bench.hook().await.previous, None);
    }
}

#[tokio::test]
async fn confirming_twice_or_too_late_changes_nothing() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let first = bench.offered("first").await;
    let second = bench.offered("second").await;
    bench
        .aws
        .fail_next(Service::DynamoDb, "PutItem", Fault::CutAfter);
    assert!(bench.confirm(&second).await);
    let confirmed = bench.hook().await;
    assert!(bench.confirm(&second).await);
    assert!(!bench.confirm(&first).await, "it is verified by another");
    assert_eq!(bench.hook().await, confirmed);
    bench.ledger.remove_hook(&acme(), NOUN).await.unwrap();
    assert!(!bench.confirm(&second).await);
}

#[tokio::test]
async fn an_offer_moved_to_another_connection_does_not_open() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let offered = bench.offered("first").await;
    let moved = bench.vault.offered_verifier(&other(), &offered).await;
    assert!(matches!(moved, Err(Error::Sealed { .. })));
}

#[tokio::test]
async fn a_body_that_is_no_delivery_is_malformed_whoever_signed_it() {
    let bench = Bench::with_callback(HookState::Registered).await;
    let verifiers = bench.verifiers().verifiers(&acme(), NOUN).await.unwrap();
    let twice = verifiers.verify(b"name=a&name=b", Some("signature"));
    assert!(matches!(twice, Err(NotVerified::Malformed(_))));
}
