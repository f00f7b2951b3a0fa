//! What is sealed opens where it belongs and nowhere else.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ledger::{ConnectionId, Hook, SecretRow};
use local_aws::{Fault, Service};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use vault::{Error, Vault};

use crate::bench::{Bench, acme, cin7_keys, new_key, other, same};

impl Bench {
    async fn with_keys() -> Self {
        let bench = Self::start().await;
        bench.vault.put_cin7(&acme(), &cin7_keys()).await.unwrap();
        bench.aws.reset_calls();
        bench
    }

    /// Puts a sealed text where another secret stands or should stand.
    async fn plant(&self, connection: &ConnectionId, name: &str, sealed: &str) {
        let stored = self.ledger.secret(connection, name).await.unwrap();
        let mut row = SecretRow {
            sealed: sealed.to_owned(),
            version: stored.map_or(0, |row| row.version),
            ..self.row("cin7").await
        };
        self.ledger
            .put_secret(connection, name, &mut row)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_was_sealed_opens_again() {
    let bench = Bench::with_keys().await;
    let keys = bench.keys().cin7_keys(&acme()).await.unwrap();
    assert!(same(&keys.account_id, &cin7_keys().account_id));
    assert!(same(&keys.application_key, &cin7_keys().application_key));
}

#[tokio::test]
async fn the_same_secret_sealed_twice_never_looks_the_same() {
    let bench = Bench::with_keys().await;
    bench.vault.put_cin7(&other(), &cin7_keys()).await.unwrap();
    let theirs = bench.ledger.secret(&other(), "cin7").await.unwrap();
    let envelope = |row: &SecretRow| serde_json::from_str::<Value>(&row.sealed).unwrap();
    let (one, two) = (
        envelope(&bench.row("cin7").await),
        envelope(&theirs.unwrap()),
    );
    assert_ne!(one["wrapped"], two["wrapped"]);
    assert_ne!(one["body"], two["body"]);
}

#[tokio::test]
async fn a_ciphertext_moved_to_another_connection_does_not_open() {
    let bench = Bench::with_keys().await;
    let sealed = bench.row("cin7").await.sealed;
    bench.plant(&other(), "cin7", &sealed).await;
    let error = bench.keys().cin7_keys(&other()).await.unwrap_err();
    assert!(matches!(error, Error::Sealed { .. }), "{error}");
    insta::assert_snapshot!(error, @"the Cin7 keys of connection other cannot be opened: it was altered or belongs to another connection");
}

#[tokio::test]
async fn a_ciphertext_moved_to_another_purpose_does_not_open() {
    let bench = Bench::with_keys().await;
    bench.connect(&bench.consent()).await.unwrap();
    let (oauth, keys) = (bench.row("freshbooks").await, bench.row("cin7").await);

    bench.plant(&acme(), "freshbooks", &keys.sealed).await;
    let error = bench.tokens().access_token(&acme(), None, "worker").await;
    assert!(matches!(error, Err(Error::Sealed { .. })));

    // The webhook's role opens verifiers only; a token planted as one stays shut.
    let mut hook = Hook {
        current: Some(oauth.sealed),
        ..Hook::default()
    };
    bench
        .ledger
        .put_hook(&acme(), "invoice", &mut hook)
        .await
        .unwrap();
    let error = bench.verifiers().verifiers(&acme(), "invoice").await;
    assert!(matches!(error, Err(Error::Sealed { .. })));
}

#[tokio::test]
async fn an_altered_envelope_does_not_open_and_says_so_without_the_secret() {
    for field in ["wrapped", "nonce", "body"] {
        let bench = Bench::with_keys().await;
        let mut envelope: Value = serde_json::from_str(&bench.row("cin7").await.sealed).unwrap();
        let mut bytes = BASE64_STANDARD
            .decode(envelope[field].as_str().unwrap())
            .unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        envelope[field] = BASE64_STANDARD.encode(bytes).into();
        bench.plant(&acme(), "cin7", &envelope.to_string()).await;
        let error = bench.keys().cin7_keys(&acme()).await.unwrap_err();
        assert!(matches!(error, Error::Sealed { .. }), "{field}: {error}");
        assert!(error.to_string().contains("altered"), "{field}: {error}");
    }
}

#[tokio::test]
async fn what_is_no_envelope_is_named_as_such() {
    let short_nonce = r#"{"v":1,"key_id":"k","wrapped":"AA==","nonce":"AA==","body":"AA=="}"#;
    for sealed in ["", "{}", "not json", short_nonce] {
        let bench = Bench::with_keys().await;
        bench.plant(&acme(), "cin7", sealed).await;
        assert!(bench.keys().cin7_keys(&acme()).await.is_err(), "{sealed}");
    }
}

#[tokio::test]
async fn a_new_kms_key_seals_from_now_on_and_the_old_one_still_opens() {
    let bench = Bench::with_keys().await;
    new_key(&bench.aws, "alias/newer").await;
    let newer = Vault::new(bench.ledger.clone(), bench.aws.kms(), "alias/newer");
    newer.put_cin7(&other(), &cin7_keys()).await.unwrap();
    let theirs = bench.ledger.secret(&other(), "cin7").await.unwrap();
    assert_ne!(bench.row("cin7").await.key_id, theirs.unwrap().key_id);
    for connection in [acme(), other()] {
        assert!(bench.keys().cin7_keys(&connection).await.is_ok());
    }
}

#[tokio::test]
async fn a_secret_that_is_not_stored_is_missing() {
    let bench = Bench::start().await;
    let keys = bench.keys().cin7_keys(&acme()).await.unwrap_err();
    insta::assert_snapshot!(keys, @"connection acme has no Cin7 keys stored");
    let token = bench.tokens().access_token(&acme(), None, "worker").await;
    insta::assert_snapshot!(token.unwrap_err(), @"connection acme has no FreshBooks credentials stored");
}

#[tokio::test]
async fn keys_are_opened_once_a_minute_and_new_ones_are_seen_within_it() {
    let bench = Bench::with_keys().await;
    let vault = bench.keys();
    vault.cin7_keys(&acme()).await.unwrap();
    bench.aws.reset_calls();
    let mut newer = cin7_keys();
    newer.application_key = "cin7-application-key-new".into();
    bench.clock.advance(Duration::from_secs(59));
    vault.cin7_keys(&acme()).await.unwrap();
    assert!(bench.aws.calls().is_empty());

    bench.vault.put_cin7(&acme(), &newer).await.unwrap();
    bench.clock.advance(Duration::from_secs(1));
    let seen = vault.cin7_keys(&acme()).await.unwrap();
    assert!(same(&seen.application_key, &newer.application_key));
}

#[tokio::test]
async fn a_key_service_that_is_down_is_named_and_asked_again_next_time() {
    let bench = Bench::with_keys().await;
    for _ in 0..3 {
        bench
            .aws
            .fail_next(Service::Kms, "Decrypt", Fault::Error500NotApplied);
    }
    let vault = bench.keys();
    let error = vault.cin7_keys(&acme()).await.unwrap_err();
    insta::assert_snapshot!(error, @"the key service could not be used: KMSInternalException");
    let keys = vault.cin7_keys(&acme()).await.unwrap();
    assert_eq!(keys.account_id.expose_secret(), "cin7-account-7d1f");
}

#[tokio::test]
async fn the_same_keys_stored_again_change_nothing() {
    let bench = Bench::with_keys().await;
    let before = bench.row("cin7").await;
    bench.vault.put_cin7(&acme(), &cin7_keys()).await.unwrap();
    assert_eq!(bench.row("cin7").await, before);
}
