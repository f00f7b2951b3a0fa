//! Secrets come from standard input or a terminal, and go nowhere but into the request.

use serde_json::{Value, json};

use crate::connector::{Connector, TOKEN};

const ENVIRONMENT: [(&str, &str); 1] = [("CONNECTOR_TOKEN", TOKEN)];

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_read_from_standard_input_one_line_each() {
    let connector = Connector::answering(200, &json!({ "name": "Example" })).await;
    let keys = ["connection", "keys", "acme", "--stdin"];
    let ran = connector
        .run_with(&keys, &ENVIRONMENT, "account\r\nkey-s3cret\n")
        .await;
    assert_eq!(ran.code, 0, "{ran:?}");
    let got = connector.only();
    assert_eq!(
        (got.method.as_str(), got.path.as_str()),
        ("PUT", "/connections/acme/keys")
    );
    let sent: Value = serde_json::from_str(&got.body).unwrap();
    assert_eq!(
        sent,
        json!({ "account_id": "account", "application_key": "key-s3cret" })
    );
    assert_eq!(got.headers["content-type"], "application/json");
    assert!(!format!("{}{}", ran.out, ran.err).contains("s3cret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_secret_goes_with_a_new_connection_and_with_a_new_app() {
    let connector = Connector::answering(200, &json!({ "id": "acme" })).await;
    for command in [
        &["connection", "add", "acme"][..],
        &["connection", "app", "acme"],
    ] {
        let command = [command, &["--client-id", "4f1c", "--stdin"]].concat();
        let ran = connector.run_with(&command, &ENVIRONMENT, "s3cret").await;
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let sent: Vec<String> = connector.heard().into_iter().map(|got| got.body).collect();
    assert_eq!(
        sent,
        [
            r#"{"id":"acme","client_id":"4f1c","client_secret":"s3cret"}"#,
            r#"{"client_id":"4f1c","client_secret":"s3cret"}"#,
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_secret_is_not_sent() {
    let connector = Connector::answering(200, &json!({})).await;
    let keys = ["connection", "keys", "acme", "--stdin"];
    for stdin in ["", "account\n", "account\n  \n", "\nkey\n"] {
        let ran = connector.run_with(&keys, &ENVIRONMENT, stdin).await;
        assert_eq!(ran.code, 2, "{stdin:?}: {ran:?}");
        assert!(ran.err.contains("is empty; nothing was sent."), "{ran:?}");
    }
    assert!(connector.heard().is_empty());
}
