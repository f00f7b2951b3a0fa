//! What the console logs: who asked for what, and nothing of what they said.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

#[expect(dead_code, reason = "the other tests need more of it")]
#[path = "router/bench.rs"]
mod bench;
#[path = "router/openapi.rs"]
mod openapi;

use serde_json::json;
use test_support::Log;

use bench::{ALICE, Bench};

#[tokio::test]
async fn a_log_line_names_route_and_caller_and_holds_no_body_ticket_or_query() {
    let bench = Bench::start().await;
    let log = Log::start();
    bench.acme().await;
    let body = json!({ "client_id": "c", "client_secret": "s3cret-body" });
    assert_eq!(bench.ask("PUT", "/connections/acme/app", body).await.0, 200);
    let body = r#"{"client_id":"c","s3cret-name":"s3cret-body"}"#;
    bench
        .send("PUT", "/connections/acme/app", body, Some(ALICE))
        .await;
    bench
        .send("GET", "/consent/acme.s3cret-ticket", "", None)
        .await;
    bench
        .send(
            "GET",
            "/oauth/callback?code=s3cret-code&state=s3cret-state",
            "",
            None,
        )
        .await;
    bench.send("GET", "/s3cret-path", "", Some(ALICE)).await;
    let text = log.text();
    assert!(
        text.contains(r#""route":"/connections/{connection}/app""#),
        "{text}"
    );
    assert!(text.contains(ALICE), "{text}");
    assert!(text.contains(r#""route":"/consent/{ticket}""#), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
}
