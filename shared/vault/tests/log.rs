//! No secret is in the log or in an error, whatever fails.
//!
//! A program of its own: with one subscriber, `tracing` takes a line for silent for good if a thread
//! without the subscriber comes by it first.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "secrets/bench.rs"]
mod bench;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bench::{Bench, acme};
use freshbooks_stand_in::{Fault, Matcher};
use secrecy::ExposeSecret as _;
use tracing_subscriber::fmt::MakeWriter;

impl Bench {
    fn live(&self) -> String {
        let live = self.freshbooks.live_refresh_token(&self.app, &self.account);
        live.unwrap()
    }
}

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
async fn no_secret_is_logged_or_told_whatever_fails() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let (bench, secret) = Bench::connected().await;
    let mut secrets = vec![
        bench.app.client_secret.clone(),
        secret.refresh_token.expose_secret().to_owned(),
    ];
    let (vault, mut told) = (bench.tokens(), String::new());
    let access = vault.access_token(&acme(), None, "worker").await.unwrap();
    secrets.push(access.expose_secret().to_owned());
    secrets.push(bench.live());
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
        let live = bench
            .freshbooks
            .live_refresh_token(&bench.app, &bench.account);
        secrets.push(live.unwrap());
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("FreshBooks token rotated"), "the log was read");
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!told.contains(secret), "secret {number} is told");
        assert!(!log.contains(secret), "secret {number} is logged");
    }
}
