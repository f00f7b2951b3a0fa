//! A connection from the first request to the last.

use serde_json::{Value, json};

use crate::bench::{Bench, acme};

const SETTINGS: &str = "[settings]\nstart_date = \"2026-01-01\"\n";

#[tokio::test]
async fn a_connection_is_made_changed_paused_and_removed() {
    let bench = Bench::start().await;
    assert_eq!(
        bench.get("/connections").await,
        json!({ "connections": [] })
    );
    let app = bench.acme().await;
    assert_eq!(
        bench.get("/connections").await["connections"][0]["id"],
        "acme"
    );
    let again = json!({ "id": "acme", "client_id": "x", "client_secret": "y" });
    assert_eq!(bench.ask("POST", "/connections", again).await.0, 400);

    let body = json!({ "client_id": app.client_id, "client_secret": app.client_secret });
    assert_eq!(bench.ask("PUT", "/connections/acme/app", body).await.0, 200);
    let (status, paused) = bench
        .ask("POST", "/connections/acme/pause", Value::Null)
        .await;
    assert_eq!((status, &paused["status"]), (200, &json!("paused")));
    let (status, resumed) = bench
        .ask("POST", "/connections/acme/resume", json!({}))
        .await;
    assert_eq!((status, &resumed["status"]), (200, &json!("needs_consent")));
    let daily = json!({ "expression": "cron(0 6 * * ? *)", "timezone": "America/Toronto" });
    let (status, changed) = bench
        .ask("PUT", "/connections/acme/schedule", daily.clone())
        .await;
    assert_eq!((status, &changed["schedule"]), (200, &daily), "{changed}");
    let hourly = json!({ "expression": "rate(1 hour)" });
    let (status, changed) = bench.ask("PUT", "/connections/acme/schedule", hourly).await;
    assert_eq!(
        (status, &changed["schedule"]["timezone"]),
        (200, &json!("UTC"))
    );
    let often = json!({ "expression": "rate(1 minute)" });
    let (status, refused) = bench.ask("PUT", "/connections/acme/schedule", often).await;
    assert_eq!(status, 400, "{refused}");
    let callbacks = bench.get("/connections/acme/callbacks").await;
    assert_eq!(callbacks["callbacks"][0]["noun"], "invoice");

    let (status, removed) = bench.ask("DELETE", "/connections/acme", Value::Null).await;
    assert_eq!((status, removed), (200, json!({ "removed": "acme" })));
    assert_eq!(
        bench.ask("GET", "/connections/acme", Value::Null).await.0,
        404
    );
    assert!(bench.ledger.secrets(&acme()).await.unwrap().is_empty());
}

#[tokio::test]
async fn settings_are_stored_as_versions_and_each_can_be_read() {
    let bench = Bench::start().await;
    bench.acme().await;
    let document = json!({ "document": SETTINGS });
    let (status, stored) = bench
        .ask("PUT", "/connections/acme/settings", document)
        .await;
    assert_eq!(status, 200, "{stored}");
    assert_eq!(bench.get("/connections/acme/settings").await, stored);
    let version = stored["version"].as_u64().unwrap();
    let of = |version: u64| format!("/connections/acme/settings?version={version}");
    assert_eq!(bench.get(&of(version)).await["document"], SETTINGS);
    assert_eq!(bench.ask("GET", &of(version + 1), Value::Null).await.0, 404);
}

#[tokio::test]
async fn cin7_keys_are_stored_only_if_cin7_takes_them() {
    let bench = Bench::start().await;
    bench.acme().await;
    let keys = bench
        .cin7
        .new_account(cin7_stand_in::AccountOptions::default());
    let wrong = json!({ "account_id": keys.account_id, "application_key": "nonsense" });
    let (status, refused) = bench.ask("PUT", "/connections/acme/keys", wrong).await;
    assert_eq!(status, 502, "{refused}");
    assert!(!refused.to_string().contains("nonsense"));
    let right = json!({ "account_id": keys.account_id, "application_key": keys.application_key });
    let (status, account) = bench.ask("PUT", "/connections/acme/keys", right).await;
    assert_eq!(
        (status, &account["name"]),
        (200, &json!("Example Pty")),
        "{account}"
    );
}

#[tokio::test]
async fn settings_are_checked_and_what_cannot_be_read_is_told_whole() {
    let bench = Bench::start().await;
    bench.acme().await;
    let path = "/connections/acme/settings/check";
    let document = json!({ "document": "start_date = 5\nlocatoin = \"Main\"\n" });
    let (status, answer) = bench.ask("POST", path, document).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["problems"].as_array().unwrap().len(), 2, "{answer}");
    assert_eq!(answer["read"], Value::Null);
    let (status, answer) = bench.ask("POST", path, json!({})).await;
    assert_eq!(status, 400, "{answer}");
    let (status, _) = bench.ask("POST", path, json!({ "dokument": "" })).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_preview_takes_one_document_or_a_span_of_days() {
    let bench = Bench::start().await;
    bench.acme().await;
    let path = "/connections/acme/preview";
    for body in [
        json!({}),
        json!({ "kind": "invoice" }),
        json!({ "kind": "invoice", "id": "7", "from": "2026-01-01", "to": "2026-01-31" }),
        json!({ "from": "2026-01-01" }),
        json!({ "from": "yesterday", "to": "2026-01-31" }),
        json!({ "kind": "invoice", "id": "7", "cursor": "invoice-1-0" }),
        // Without a business there is nothing to look at.
        json!({ "kind": "invoice", "id": "7" }),
        json!({ "from": "2026-01-01", "to": "2026-01-31" }),
    ] {
        let (status, answer) = bench.ask("POST", path, body.clone()).await;
        assert_eq!(status, 400, "{body}: {answer}");
    }
}

#[tokio::test]
async fn a_comparison_needs_a_document_and_a_business() {
    let bench = Bench::start().await;
    bench.acme().await;
    let path = "/connections/acme/settings/compare";
    for body in [
        json!({}),
        json!({ "document": "" }),
        json!({ "document": "x" }),
    ] {
        let (status, answer) = bench.ask("POST", path, body.clone()).await;
        assert_eq!(status, 400, "{body}: {answer}");
    }
}

#[tokio::test]
async fn a_backfill_is_begun_shown_paused_resumed_and_stopped() {
    let bench = Bench::start().await;
    bench.acme().await;
    let path = "/connections/acme/backfill";
    assert_eq!(bench.ask("GET", path, Value::Null).await.0, 404);
    let wanted = json!({ "from": "2025-01-01", "to": "2025-12-31", "kinds": ["invoice"] });
    let (status, begun) = bench.ask("POST", path, wanted.clone()).await;
    assert_eq!(
        (status, &begun["state"]),
        (201, &json!("running")),
        "{begun}"
    );
    assert_eq!(begun["by"], crate::bench::ALICE);
    assert_eq!(bench.get(path).await, begun);
    assert_eq!(
        bench.ask("POST", path, wanted).await.0,
        400,
        "one at a time"
    );
    for (method, act, state) in [
        ("POST", "/pause", "paused"),
        ("POST", "/resume", "running"),
        ("DELETE", "", "stopped"),
    ] {
        let (status, turned) = bench
            .ask(method, &format!("{path}{act}"), Value::Null)
            .await;
        assert_eq!((status, &turned["state"]), (200, &json!(state)), "{turned}");
    }
    for wrong in [
        json!({}),
        json!({ "from": "2025-01-01T00:00:00Z" }),
        json!({ "from": "01/02/2025" }),
        json!({ "from": "2025-01-01", "to": "2024-12-31" }),
        json!({ "from": "2025-01-01", "kinds": ["bill"] }),
    ] {
        let (status, refused) = bench.ask("POST", path, wrong.clone()).await;
        assert_eq!(status, 400, "{wrong}: {refused}");
    }
}
