//! What the exit code says to scripts.

use serde_json::json;

use crate::connector::{Connector, TOKEN, run};

const LIST: [&str; 2] = ["connection", "list"];

#[tokio::test(flavor = "multi_thread")]
async fn a_no_of_the_connector_is_1_with_its_sentence_on_standard_error() {
    for status in [400, 404, 409, 502, 503] {
        let error = json!({ "error": "There is no connection acme." });
        let connector = Connector::answering(status, &error).await;
        let ran = connector.run(&["connection", "show", "acme"]).await;
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{status}");
        assert_eq!(ran.err, "There is no connection acme.\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trail_that_does_not_hold_is_1_with_and_without_json() {
    let verdict = json!({
        "holds": false, "entries": 2, "head": "ab", "broken_at": 2,
        "sentence": "The audit trail of acme/invoice/7 does not hold at entry 2: it was altered.",
    });
    let connector = Connector::answering(200, &verdict).await;
    let verify = ["verify", "acme", "invoice", "7"];
    let ran = connector.run(&verify).await;
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("it was altered"), "{ran:?}");
    let ran = connector.run(&[&verify[..], &["--json"]].concat()).await;
    assert_eq!(ran.code, 1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap(),
        verdict
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_let_in_gets_3_and_is_told_what_to_check() {
    for (status, body) in [
        (401, json!({ "error": "Nobody is signed in." })),
        (403, json!({ "message": "Forbidden" })),
    ] {
        let connector = Connector::answering(status, &body).await;
        let ran = connector.run(&LIST).await;
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.err.contains("CONNECTOR_TOKEN"), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_the_connectors_is_3() {
    for (status, body) in [
        (200, "<html>"),
        (404, r#"{"message":"Not Found"}"#),
        (302, ""),
        (500, r#"{"message":"Internal Server Error"}"#),
    ] {
        let connector = Connector::answering_text(status, body).await;
        let ran = connector.run(&LIST).await;
        assert_eq!(ran.code, 3, "{status} {ran:?}");
        assert!(ran.err.contains("is not the connector"), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_cannot_be_reached_is_3() {
    let connector = Connector::answering(200, &json!({})).await;
    let url = connector.url();
    drop(connector);
    let ran = run(
        &LIST,
        &[("CONNECTOR_URL", &url), ("CONNECTOR_TOKEN", TOKEN)],
        "",
    )
    .await;
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("could not be reached"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_aws_credentials_and_no_token_is_3() {
    let connector = Connector::answering(200, &json!({})).await;
    let ran = connector
        .run_with(&LIST, &[("AWS_REGION", "eu-west-1")], "")
        .await;
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("No AWS credentials"), "{ran:?}");
    assert!(connector.heard().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_cannot_be_right_is_2_and_sends_nothing() {
    let connector = Connector::answering(200, &json!({})).await;
    for wrong in [
        "connection",
        "connection show",
        "connection show a/b",
        "connection add acme",
        "connection remove acme",
        "connection settings set acme /none/settings.toml",
        "records list acme --state broken",
        "records list acme --limit 1001",
        "records list acme --since today",
        "replay acme",
        "replay acme --id 7 --why x",
        "connection list --secret x",
        "connection list --url http://connector.example",
        "connection list --url ftp://127.0.0.1",
    ] {
        let ran = connector.run(&wrong.split(' ').collect::<Vec<_>>()).await;
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong}: {ran:?}");
        assert!(!ran.err.is_empty(), "{wrong}");
    }
    assert!(connector.heard().is_empty());
    let ran = run(&LIST, &[], "").await;
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("CONNECTOR_URL"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_never_crosses_the_network_in_the_clear() {
    let environment = [
        ("CONNECTOR_URL", "http://connector.example"),
        ("CONNECTOR_TOKEN", TOKEN),
    ];
    let ran = run(&LIST, &environment, "").await;
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("in the clear") && !ran.err.contains(TOKEN),
        "{ran:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn help_teaches_with_examples_and_exit_codes() {
    let ran = run(&["--help"], &[("CONNECTOR_TOKEN", TOKEN)], "").await;
    assert_eq!(ran.code, 0);
    for taught in [
        "connectorctl connection add acme",
        "Exit codes:",
        "AWS_PROFILE",
        "CONNECTOR_URL",
    ] {
        assert!(ran.out.contains(taught), "{taught}: {}", ran.out);
    }
    assert!(!ran.out.contains(TOKEN));
}
