//! The verifiers of callbacks: rotation, and what a warm webhook costs.

use std::time::Duration;

use freshbooks::webhook::Delivery;
use freshbooks_stand_in::sign;
use local_aws::{Fault, Service};
use vault::VerifierVault;

use crate::bench::{Bench, acme, other};

const FIELDS: [(&str, &str); 2] = [("name", "invoice.create"), ("object_id", "7")];

impl Bench {
    async fn put_verifier(&self, verifier: &str) {
        let verifier = verifier.into();
        self.vault
            .put_verifier(&acme(), "invoice", &verifier)
            .await
            .unwrap();
    }
}

/// Whether a delivery signed with `verifier` is accepted.
async fn accepts(vault: &VerifierVault, verifier: &str) -> bool {
    let verifiers = vault.verifiers(&acme(), "invoice").await.unwrap();
    let (body, signature) = sign(verifier, &FIELDS);
    let delivery = Delivery::parse(body.as_bytes(), Some(&signature)).unwrap();
    delivery.verify(&verifiers).is_ok()
}

#[tokio::test]
async fn the_verifier_before_the_newest_stays_accepted_and_the_one_before_that_does_not() {
    let bench = Bench::start().await;
    for (stored, accepted) in [
        ("first", [true, false, false]),
        ("second", [true, true, false]),
        ("third", [false, true, true]),
    ] {
        bench.put_verifier(stored).await;
        let vault = bench.verifiers();
        let mut now = [false; 3];
        for (place, verifier) in ["first", "second", "third"].into_iter().enumerate() {
            now[place] = accepts(&vault, verifier).await;
        }
        assert_eq!(now, accepted, "after {stored}");
    }
}

#[tokio::test]
async fn the_same_verifier_stored_again_changes_nothing() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    bench.put_verifier("second").await;
    let hook = bench.ledger.hook(&acme(), "invoice").await;
    bench.put_verifier("second").await;
    assert_eq!(bench.ledger.hook(&acme(), "invoice").await, hook);
    assert!(accepts(&bench.verifiers(), "first").await);
}

#[tokio::test]
async fn a_second_use_costs_no_call_at_all() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    let vault = bench.verifiers();
    assert!(accepts(&vault, "first").await);
    bench.aws.reset_calls();
    assert!(accepts(&vault, "first").await);
    assert!(bench.aws.calls().is_empty());
}

#[tokio::test]
async fn a_new_verifier_is_seen_when_a_minute_has_passed() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    let vault = bench.verifiers();
    assert!(accepts(&vault, "first").await);
    bench.put_verifier("second").await;
    bench.clock.advance(Duration::from_millis(59_999));
    assert!(!accepts(&vault, "second").await);
    bench.clock.advance(Duration::from_millis(1));
    bench.aws.reset_calls();
    assert!(accepts(&vault, "second").await);
    assert_eq!(bench.operations(Service::DynamoDb), ["GetItem"]);
    assert_eq!(bench.operations(Service::Kms), ["Decrypt", "Decrypt"]);
}

#[tokio::test]
async fn an_unknown_callback_has_no_verifier_and_is_remembered_too() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    bench.aws.reset_calls();
    let vault = bench.verifiers();
    for (connection, noun) in [(other(), "invoice"), (acme(), "payment")] {
        for _ in 0..2 {
            let found = vault.verifiers(&connection, noun).await.unwrap();
            assert!(found.is_empty());
        }
    }
    assert_eq!(bench.operations(Service::DynamoDb), ["GetItem", "GetItem"]);
    assert!(bench.operations(Service::Kms).is_empty());
}

#[tokio::test]
async fn a_failed_look_is_not_remembered() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    for (service, operation) in [(Service::Kms, "Decrypt"), (Service::DynamoDb, "GetItem")] {
        for _ in 0..3 {
            bench.aws.fail_next(service, operation, Fault::CutBefore);
        }
        let vault = bench.verifiers();
        assert!(vault.verifiers(&acme(), "invoice").await.is_err());
        assert!(accepts(&vault, "first").await, "{operation}");
    }
}

#[tokio::test]
async fn a_verifier_whose_storing_was_not_confirmed_is_stored() {
    let bench = Bench::start().await;
    bench.put_verifier("first").await;
    bench
        .aws
        .fail_next(Service::DynamoDb, "PutItem", Fault::CutAfter);
    bench.put_verifier("second").await;
    let vault = bench.verifiers();
    assert!(accepts(&vault, "first").await && accepts(&vault, "second").await);
}
