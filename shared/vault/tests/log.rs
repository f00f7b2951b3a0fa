//! No secret is in the log or in an error, whatever fails.
//!
//! A program of its own: with one subscriber, `tracing` takes a line for silent for good if a thread
//! without the subscriber comes by it first.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "secrets/bench.rs"]
mod bench;

use std::time::Duration;

use bench::{Bench, acme};
use freshbooks_stand_in::{Fault, Matcher};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use test_support::Log;

#[tokio::test]
async fn no_secret_is_logged_or_told_whatever_fails() {
    let log = Log::start();
    let (bench, secret) = Bench::connected().await;
    let mut secrets = vec![
        bench.app.client_secret.clone(),
        secret.refresh_token.expose_secret().to_owned(),
    ];
    let (vault, mut told) = (bench.tokens(), String::new());
    let access = vault.access_token(&acme(), None, "worker").await.unwrap();
    secrets.push(access.expose_secret().to_owned());
    secrets.push(bench.live().unwrap());
    for fault in [
        Fault::LostBefore,
        Fault::Status500,
        Fault::TruncatedJson,
        Fault::Unauthorized401,
    ] {
        bench.clock.advance(Duration::from_hours(12));
        let path = Matcher::new("POST", "/auth/oauth/token");
        bench.freshbooks.fail(path, fault);
        let vault = bench.tokens();
        let error = vault
            .access_token(&acme(), None, "worker")
            .await
            .unwrap_err();
        told.push_str(&format!("{error} {error:?} "));
        secrets.push(bench.live().unwrap());
    }
    let log = log.text();
    assert!(log.contains("FreshBooks token rotated"), "the log was read");
    assert_measures_the_gap(&log);
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!told.contains(secret), "secret {number} is told");
        assert!(!log.contains(secret), "secret {number} is logged");
    }
}

/// A metric is made of a number; a text would count as nothing.
fn assert_measures_the_gap(log: &str) {
    let rotated = log.lines().find(|line| line.contains("token_rotated"));
    let line: Value = serde_json::from_str(rotated.unwrap()).unwrap();
    let fields = &line["fields"];
    assert_eq!(fields["event"], "token_rotated");
    assert_eq!(fields["connection"], "acme");
    assert!(fields["token_write_gap_ms"].is_i64(), "{line}");
}
