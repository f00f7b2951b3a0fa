//! A callback that asks to be verified again. Registration is not the webhook's business.

use freshbooks_stand_in::sign;

use crate::bench::{Bench, VERIFIER, acme, genuine};

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

#[tokio::test]
async fn a_handshake_signed_with_the_verifier_it_offers_is_refused() {
    let bench = Bench::start().await;
    let before = bench.ledger.hook(&acme(), "invoice").await;
    let offer = handshake(OFFERED, "callback.verify");
    assert_eq!(bench.deliver(offer).await, 401);
    assert_eq!(bench.ledger.hook(&acme(), "invoice").await, before);
    assert_eq!(bench.deliver(genuine()).await, 200);
}
