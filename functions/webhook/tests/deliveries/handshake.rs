//! Handshakes: kept aside where a callback waits for one, and of no effect anywhere else.

use freshbooks_stand_in::sign;
use ledger::{Hook, HookState};

use crate::bench::{Bench, VERIFIER, acme, delivery, genuine};

const OFFERED: &str = "a verifier that somebody offers";

fn handshake(signed_with: &str, name: &str) -> (String, String) {
    let fields = [("name", name), ("object_id", "2001"), ("verifier", OFFERED)];
    sign(signed_with, &fields)
}

#[tokio::test]
async fn a_genuine_handshake_is_acknowledged_and_changes_nothing() {
    let bench = Bench::start().await;
    let before = bench.ledger.hook(&acme(), "invoice").await;
    for name in ["callback.verify", "invoice", "invoice.create"] {
        assert_eq!(bench.deliver(handshake(VERIFIER, name)).await, 200);
    }
    assert_eq!(bench.ledger.hook(&acme(), "invoice").await, before);
    assert!(!bench.operations().contains(&"PutItem".to_owned()));
    assert!(bench.queued().await.is_empty());
}

/// The callback on payments as it stands while it is being registered.
async fn registering(bench: &Bench, state: HookState) -> Hook {
    let mut hook = Hook {
        state,
        callback_id: (state == HookState::Registered).then(|| "2001".to_owned()),
        ..Hook::default()
    };
    let acme = acme();
    let put = bench.ledger.put_hook(&acme, "payment", &mut hook);
    put.await.unwrap();
    hook
}

async fn shake_hands(bench: &Bench, id: &str) -> u16 {
    let fields = [
        ("name", "payment"),
        ("object_id", id),
        ("verifier", OFFERED),
    ];
    let (body, signature) = sign(OFFERED, &fields);
    let request = delivery("/freshbooks/acme/payment", &body, &signature);
    bench.send(request).await.status().as_u16()
}

#[tokio::test]
async fn a_handshake_that_a_callback_waits_for_is_kept_and_opens_nothing() {
    for state in [HookState::Registering, HookState::Registered] {
        let bench = Bench::start().await;
        registering(&bench, state).await;
        assert_eq!(shake_hands(&bench, "2001").await, 200);
        let hook = bench.ledger.hook(&acme(), "payment").await;
        let hook = hook.unwrap().unwrap();
        assert_eq!((hook.state, hook.current), (state, None));
        let offered = hook.offered.unwrap();
        assert_eq!(offered.callback_id, "2001");
        assert!(!offered.sealed.contains(OFFERED));
        // What it offered signs nothing yet.
        let fields = [("name", "payment.create"), ("object_id", "9")];
        let (body, signature) = sign(OFFERED, &fields);
        let request = delivery("/freshbooks/acme/payment", &body, &signature);
        assert_eq!(bench.send(request).await.status(), 401);
        assert!(bench.queued().await.is_empty());
    }
}

#[tokio::test]
async fn a_handshake_of_another_callback_is_not_kept() {
    let bench = Bench::start().await;
    let before = registering(&bench, HookState::Registered).await;
    assert_eq!(shake_hands(&bench, "2002").await, 401);
    let hook = bench.ledger.hook(&acme(), "payment").await;
    assert_eq!(hook, Ok(Some(before)));
}

#[tokio::test]
async fn a_handshake_signed_with_the_verifier_it_offers_is_refused() {
    let bench = Bench::start().await;
    let before = bench.ledger.hook(&acme(), "invoice").await;
    let offer = handshake(OFFERED, "callback.verify");
    assert_eq!(bench.deliver(offer).await, 401);
    assert_eq!(bench.ledger.hook(&acme(), "invoice").await, before);
    assert_eq!(bench.deliver(genuine()).await, 200);
}
