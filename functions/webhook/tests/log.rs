//! The log names what happened and repeats nothing that was sent.
//!
//! A program of its own: with one subscriber, `tracing` takes a line for silent for good if a thread
//! without the subscriber comes by it first.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "deliveries/bench.rs"]
mod bench;

use std::io;
use std::sync::{Arc, Mutex};

use freshbooks_stand_in::sign;
use tracing_subscriber::fmt::MakeWriter;

use bench::{Bench, FIELDS, VERIFIER, genuine};

/// Collects the log of the test's thread.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_fields_and_reasons_and_no_signature_verifier_or_value() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let handshake = [FIELDS[0], FIELDS[1], ("verifier", "an offered verifier")];
    assert_eq!(bench.deliver((body.clone(), signature.clone())).await, 200);
    assert_eq!(bench.deliver(sign("guess", &FIELDS)).await, 401);
    assert_eq!(bench.deliver(sign("guess", &handshake)).await, 401);
    assert_eq!(bench.deliver(sign(VERIFIER, &handshake)).await, 200);
    let twice = format!("{body}&name=again");
    assert_eq!(bench.deliver((twice, signature.clone())).await, 400);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for said in ["a delivery was queued", "delivery_refused", "account_id"] {
        assert!(log.contains(said), "{said}");
    }
    for secret in [VERIFIER, "an offered verifier", "6BApk", &signature, &body] {
        assert!(!log.contains(secret), "a value that was sent is in the log");
    }
}
