//! Which KMS keys secrets sit under, and moving them.

use serde_json::{Value, json};

use crate::bench::{Bench, new_key};

#[tokio::test]
async fn secrets_under_an_old_key_are_counted_and_moved() {
    let bench = Bench::start().await;
    bench.acme().await;
    let keys = bench
        .cin7
        .new_account(cin7_stand_in::AccountOptions::default());
    let body = json!({ "account_id": keys.account_id, "application_key": keys.application_key });
    assert_eq!(
        bench.ask("PUT", "/connections/acme/keys", body).await.0,
        200
    );
    let before = bench.get("/secrets").await;
    assert_eq!(before["old"], 0, "{before}");
    let held = before["secrets"].as_array().unwrap().len();
    assert!(held >= 2, "{before}");
    new_key(&bench.aws, "alias/credentials").await;
    assert_eq!(bench.get("/secrets").await["old"], held);
    let (status, moved) = bench.ask("POST", "/secrets/rewrap", Value::Null).await;
    assert_eq!(
        (status, &moved["rewrapped"], &moved["old"]),
        (200, &json!(held), &json!(0)),
        "{moved}"
    );
    assert_eq!(bench.get("/secrets").await["old"], 0);
}
