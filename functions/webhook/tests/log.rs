//! The log names what happened and repeats nothing that was sent.
//!
//! A program of its own: with one subscriber, `tracing` takes a line for silent for good if a thread
//! without the subscriber comes by it first.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "deliveries/bench.rs"]
mod bench;

use freshbooks_stand_in::sign;
use test_support::Log;

use bench::{Bench, FIELDS, VERIFIER, genuine};

#[tokio::test]
async fn the_log_names_fields_and_reasons_and_no_signature_verifier_or_value() {
    let log = Log::start();
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let handshake = [FIELDS[0], FIELDS[1], ("verifier", "an offered verifier")];
    assert_eq!(bench.deliver((body.clone(), signature.clone())).await, 200);
    assert_eq!(bench.deliver(sign("guess", &FIELDS)).await, 401);
    assert_eq!(bench.deliver(sign("guess", &handshake)).await, 401);
    assert_eq!(bench.deliver(sign(VERIFIER, &handshake)).await, 200);
    let twice = format!("{body}&name=again");
    assert_eq!(bench.deliver((twice, signature.clone())).await, 400);

    let log = log.text();
    for said in ["a delivery was queued", "delivery_refused", "account_id"] {
        assert!(log.contains(said), "{said}");
    }
    for secret in [VERIFIER, "an offered verifier", "6BApk", &signature, &body] {
        assert!(!log.contains(secret), "a value that was sent is in the log");
    }
}
