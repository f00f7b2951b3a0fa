//! No secret in the clear: not in the table and not in `Debug`.

use secrecy::ExposeSecret as _;

use crate::bench::{Bench, TABLE, acme, cin7_keys};

const VERIFIER: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";

/// A bench with every kind of secret, each opened and cached once, and all texts that are secret.
async fn full() -> (Bench, Vec<String>, Vec<String>) {
    let (bench, secret) = Bench::connected().await;
    bench.vault.put_cin7(&acme(), &cin7_keys()).await.unwrap();
    bench
        .vault
        .put_verifier(&acme(), "invoice", &VERIFIER.into())
        .await
        .unwrap();
    let (tokens, keys, verifiers) = (bench.tokens(), bench.keys(), bench.verifiers());
    let access = tokens.access_token(&acme(), None, "worker").await.unwrap();
    let opened = keys.cin7_keys(&acme()).await.unwrap();
    let accepted = verifiers.verifiers(&acme(), "invoice").await.unwrap();
    let live = bench
        .freshbooks
        .live_refresh_token(&bench.app, &bench.account);
    let secrets = vec![
        VERIFIER.to_owned(),
        bench.app.client_secret.clone(),
        secret.refresh_token.expose_secret().to_owned(),
        live.unwrap(),
        access.expose_secret().to_owned(),
        opened.account_id.expose_secret().to_owned(),
        opened.application_key.expose_secret().to_owned(),
    ];
    let shown = vec![
        format!("{tokens:?}"),
        format!("{keys:?}"),
        format!("{verifiers:?}"),
        format!("{:?}", bench.vault),
        format!("{opened:?} {access:?} {accepted:?} {secret:?}"),
    ];
    (bench, secrets, shown)
}

fn assert_shows_none(text: &str, secrets: &[String]) {
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!text.contains(secret), "secret {number} shows");
    }
}

#[tokio::test]
async fn nothing_that_holds_a_secret_shows_it_in_debug() {
    let (_bench, secrets, shown) = full().await;
    for text in shown {
        assert_shows_none(&text, &secrets);
    }
}

#[tokio::test]
async fn no_secret_stands_in_the_table_in_the_clear() {
    let (bench, secrets, _) = full().await;
    let scan = bench.aws.dynamodb().scan().table_name(TABLE);
    let found = scan.send().await.unwrap();
    assert!(found.count() >= 4);
    assert_shows_none(&format!("{:?}", found.items()), &secrets);
}
