//! No secret in the clear: not in the table and not in `Debug`.

use freshbooks::oauth::App;
use ledger::{Hook, HookState};
use secrecy::ExposeSecret as _;

use crate::bench::{Bench, TABLE, acme, cin7_keys};

const VERIFIER: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";
const OFFERED: &str = "Qw3rTy6uIo9pAs2dFg5hJk8lZx1cVb4nM";

/// A bench with every kind of secret, each opened and cached once, and all texts that are secret.
async fn full() -> (Bench, Vec<String>, Vec<String>) {
    let (bench, secret) = Bench::connected().await;
    bench.vault.put_cin7(&acme(), &cin7_keys()).await.unwrap();
    bench
        .vault
        .put_verifier(&acme(), "invoice", &VERIFIER.into())
        .await
        .unwrap();
    let mut callback = Hook {
        state: HookState::Registering,
        ..Hook::default()
    };
    let ledger = &bench.ledger;
    ledger
        .put_hook(&acme(), "payment", &mut callback)
        .await
        .unwrap();
    let offers = bench.offers();
    let kept = offers
        .offer(&acme(), "payment", "2001", &OFFERED.into())
        .await;
    assert_eq!(kept, Ok(true));
    let app = App {
        client_id: bench.app.client_id.clone(),
        client_secret: bench.app.client_secret.as_str().into(),
        redirect_uri: None,
    };
    bench.vault.put_app(&acme(), &app).await.unwrap();
    let hook = ledger.hook(&acme(), "payment").await.unwrap().unwrap();
    let offered = hook.offered.as_ref().unwrap();
    let offered = bench
        .vault
        .offered_verifier(&acme(), offered)
        .await
        .unwrap();
    let (tokens, keys, verifiers) = (bench.tokens(), bench.keys(), bench.verifiers());
    let access = tokens.access_token(&acme(), None, "worker").await.unwrap();
    let opened = keys.cin7_keys(&acme()).await.unwrap();
    let accepted = verifiers.verifiers(&acme(), "invoice").await.unwrap();
    let secrets = vec![
        VERIFIER.to_owned(),
        OFFERED.to_owned(),
        bench.app.client_secret.clone(),
        secret.refresh_token.expose_secret().to_owned(),
        bench.live().unwrap(),
        access.expose_secret().to_owned(),
        opened.account_id.expose_secret().to_owned(),
        opened.application_key.expose_secret().to_owned(),
    ];
    let shown = vec![
        format!("{tokens:?}"),
        format!("{keys:?}"),
        format!("{verifiers:?}"),
        format!("{:?} {offers:?} {hook:?} {offered:?}", bench.vault),
        format!("{:?}", bench.vault.app(&acme()).await),
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
    assert!(found.count() >= 6);
    assert_shows_none(&format!("{:?}", found.items()), &secrets);
}
