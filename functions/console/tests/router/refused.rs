//! What is refused, and that it changes nothing.

use console::ROUTES;
use serde_json::{Value, json};

use crate::bench::{ALICE, Bench, acme, answered};

#[tokio::test]
async fn nobody_without_a_name_gets_in_whatever_the_address() {
    let bench = Bench::start().await;
    let api = ROUTES
        .iter()
        .filter(|route| route.access == console::Access::Iam);
    let api = api.map(|route| (route.method.as_str(), route.path.replace(['{', '}'], "")));
    for (method, path) in api.chain([
        ("GET", "/nothing".to_owned()),
        ("PATCH", "/secrets".to_owned()),
    ]) {
        for by in [None, Some("")] {
            let answer = bench.send(method, &path, "", by).await;
            assert_eq!(answer.status(), 401, "{method} {path}");
        }
    }
    assert_eq!(
        bench
            .aws
            .calls()
            .iter()
            .filter(|call| call.operation == "PutItem")
            .count(),
        0
    );
}

#[tokio::test]
async fn an_unknown_address_is_404_and_a_wrong_method_405() {
    let bench = Bench::start().await;
    for path in [
        "/nothing",
        "/connections/acme/nothing",
        "/connections/",
        "/connections/a/b/c/d/e",
    ] {
        assert_eq!(bench.ask("GET", path, Value::Null).await.0, 404, "{path}");
    }
    let answer = bench.send("DELETE", "/secrets", "", Some(ALICE)).await;
    assert_eq!(answer.headers()["allow"], "GET");
    assert_eq!(answered("DELETE", "/secrets", answer).0, 405);
}

/// Requests whose bodies cannot be right.
const WRONG: [(&str, &str, &str); 16] = [
    ("POST", "/connections", r#"{"id":"b","client_id":"c"}"#),
    (
        "POST",
        "/connections",
        r#"{"id":"b c","client_id":"c","client_secret":"s3cret"}"#,
    ),
    (
        "POST",
        "/connections",
        r#"{"id":"b","client_id":"","client_secret":"s3cret"}"#,
    ),
    (
        "PUT",
        "/connections/acme/keys",
        r#"{"account_id":"a","application_key":" "}"#,
    ),
    (
        "PUT",
        "/connections/acme/keys",
        r#"{"account_id":"a","application_keys":"s3cret"}"#,
    ),
    (
        "PUT",
        "/connections/acme/app",
        r#"{"client_id":7,"client_secret":"s3cret"}"#,
    ),
    ("PUT", "/connections/acme/business", r#"["s3cret"]"#),
    (
        "PUT",
        "/connections/acme/settings",
        r#"{"document":"a = ["}"#,
    ),
    ("POST", "/connections/acme/replay", r#"{"why":""}"#),
    (
        "POST",
        "/connections/acme/replay",
        r#"{"why":"x","id":"7"}"#,
    ),
    (
        "POST",
        "/connections/acme/replay",
        r#"{"why":"x","state":"s3cret"}"#,
    ),
    (
        "POST",
        "/connections/acme/replay",
        r#"{"why":"x","since":"yesterday"}"#,
    ),
    (
        "POST",
        "/connections/acme/replay",
        r#"{"why":"x","by":"me"}"#,
    ),
    ("POST", "/connections/acme/pause", r#"{"why":"x"}"#),
    ("PUT", "/connections/acme/keys", "s3cret"),
    ("PUT", "/connections/acme/keys", ""),
];

#[tokio::test]
async fn a_body_that_cannot_be_right_is_refused_with_its_field_and_changes_nothing() {
    let bench = Bench::start().await;
    bench.acme().await;
    let before = bench.get("/connections/acme").await;
    bench.aws.reset_calls();
    let mut said = Vec::new();
    for (method, path, body) in WRONG {
        let answer = bench.send(method, path, body, Some(ALICE)).await;
        let (status, answer) = answered(method, path, answer);
        assert_eq!(status, 400, "{method} {path} {body}: {answer}");
        said.push(answer["error"].as_str().unwrap().to_owned());
    }
    let said = said.join("\n");
    assert!(!said.contains("s3cret"), "{said}");
    insta::assert_snapshot!(said);
    let wrote = |call: &local_aws::Call| !["GetItem", "Query"].contains(&call.operation.as_str());
    let written: Vec<_> = bench.aws.calls().into_iter().filter(wrote).collect();
    assert!(written.is_empty(), "{written:?}");
    assert_eq!(bench.get("/connections/acme").await, before);
}

#[tokio::test]
async fn a_query_is_refused_where_a_slip_of_the_pen_would_select_more() {
    let bench = Bench::start().await;
    bench.acme().await;
    for query in [
        "stat=attention",
        "state=broken",
        "limit=0",
        "limit=1001",
        "limit=ten",
        "since=today",
        "kind=a%20b",
        "limit=1&limit=2",
    ] {
        let path = format!("/connections/acme/records?{query}");
        let (status, answer) = bench.ask("GET", &path, Value::Null).await;
        assert_eq!(status, 400, "{query}: {answer}");
    }
    assert_eq!(
        bench
            .ask("GET", "/connections/acme?x=1", Value::Null)
            .await
            .0,
        400
    );
    assert_eq!(
        bench
            .ask("GET", "/connections/acme/settings?version=-1", Value::Null)
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn a_body_is_json_and_no_longer_than_256_kib() {
    let bench = Bench::start().await;
    bench.acme().await;
    let long = json!({ "document": "#".repeat(256 * 1024) });
    assert_eq!(
        bench.ask("PUT", "/connections/acme/settings", long).await.0,
        413
    );
    let fits = json!({ "document": "#".repeat(250 * 1024) });
    assert_eq!(
        bench.ask("PUT", "/connections/acme/settings", fits).await.0,
        200
    );
    let form = lambda_http::http::Request::put("/connections/acme/settings")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(b"document=x".to_vec());
    let answer = bench.receive(form.unwrap(), Some(ALICE)).await;
    assert_eq!(answered("PUT", "/connections/acme/settings", answer).0, 415);
}

#[tokio::test]
async fn what_is_not_there_is_404_on_every_route() {
    let bench = Bench::start().await;
    for (method, path, body) in [
        ("GET", "", Value::Null),
        ("DELETE", "", Value::Null),
        (
            "PUT",
            "/app",
            json!({ "client_id": "a", "client_secret": "b" }),
        ),
        ("POST", "/consent", Value::Null),
        ("GET", "/businesses", Value::Null),
        ("PUT", "/business", json!({ "account_id": "a" })),
        (
            "PUT",
            "/keys",
            json!({ "account_id": "a", "application_key": "b" }),
        ),
        ("GET", "/callbacks", Value::Null),
        ("POST", "/callbacks", Value::Null),
        ("POST", "/pause", Value::Null),
        ("POST", "/resume", Value::Null),
        ("GET", "/settings", Value::Null),
        ("PUT", "/settings", json!({ "document": "" })),
        ("GET", "/records", Value::Null),
        ("GET", "/records/invoice/7", Value::Null),
        ("GET", "/records/invoice/7/audit", Value::Null),
        ("GET", "/records/invoice/7/verify", Value::Null),
        ("POST", "/replay", json!({ "why": "x" })),
    ] {
        for connection in ["acme", "a%20name"] {
            let path = format!("/connections/{connection}{path}");
            let (status, answer) = bench.ask(method, &path, body.clone()).await;
            assert_eq!(status, 404, "{method} {path}: {answer}");
        }
    }
    assert!(bench.ledger.connection(&acme()).await.unwrap().is_none());
}
