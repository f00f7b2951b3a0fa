//! Answers as people see them.

use serde_json::{Value, json};

use crate::connector::Connector;

async fn shown(arguments: &str, answer: Value) -> String {
    let connector = Connector::answering(200, &answer).await;
    let ran = connector
        .run(&arguments.split(' ').collect::<Vec<_>>())
        .await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.out
}

fn overview() -> Value {
    json!({
        "id": "acme", "status": "keys_refused", "stopped": "Cin7's keys are not stored yet.",
        "next_step": "Store Cin7's keys.", "account_id": "lbZ4Kq", "business_uuid": "a3cd",
        "scopes": ["user:invoices:read", "user:payments:read"], "missing_scopes": [],
        "settings_version": 2, "schedule": { "expression": "rate(15 minutes)", "timezone": "UTC" },
        "created_at": "2026-01-05T16:00:00Z",
        "callbacks": [{ "noun": "invoice", "callback_id": "17", "uri": "https://x.example/freshbooks/acme/invoice",
            "state": "verified", "delivers": true, "sentence": "", "checked_at": "2026-01-05T16:00:00Z" },
            { "noun": "payment", "callback_id": null, "uri": "", "state": null, "delivers": false,
            "sentence": "It is not registered.", "checked_at": null }],
        "secrets": [{ "name": "freshbooks", "key_id": "arn:key/1", "version": 4, "updated_at": "2026-01-05T16:00:00Z" }],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_a_line_each_and_one_is_told_whole() {
    insta::assert_snapshot!(shown("connection list", json!({ "connections": [overview()] })).await);
    insta::assert_snapshot!(shown("connection show acme", overview()).await);
    let none = shown("connection list", json!({ "connections": [] })).await;
    assert_eq!(
        none,
        "There is no connection yet; `connectorctl connection add` makes one.\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn setting_up_tells_what_to_do_with_each_answer() {
    let ticket = json!({ "url": "https://x.example/consent/acme.abc", "expires_at": "2026-01-05T16:15:00Z" });
    let business = json!({ "account_id": "lbZ4Kq", "business_uuid": "a3cd", "name": "Acme\u{1b}[2J", "role": "owner" });
    let account = json!({
        "name": "Example Pty", "base_currency": "USD", "lock_date": null, "tax_calculation": "Total",
        "time_zone": "America/New_York", "warnings": ["Cin7 applies discounts by itself."],
    });
    let shown = [
        shown("connection connect acme", ticket).await,
        shown(
            "connection businesses acme",
            json!({ "businesses": [business] }),
        )
        .await,
        keys(&account).await,
        shown(
            "connection callbacks acme",
            json!({ "callbacks": overview()["callbacks"] }),
        )
        .await,
        shown("connection remove acme --yes", json!({ "removed": "acme" })).await,
    ];
    insta::assert_snapshot!(shown.join("----\n"));
}

async fn keys(account: &Value) -> String {
    let connector = Connector::answering(200, account).await;
    let arguments = ["connection", "keys", "acme", "--stdin"];
    let ran = connector
        .run_with(&arguments, &[("CONNECTOR_TOKEN", "t")], "a\nb\n")
        .await;
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_printed_as_they_are_stored() {
    let document = "[settings]\n\tstart_date = \"2026-01-01\"\n";
    let answer = json!({ "version": 2, "document": document });
    assert_eq!(
        shown("connection settings get acme", answer.clone()).await,
        document
    );
    let connector = Connector::answering(200, &answer).await;
    let ran = connector
        .run_with(
            &["connection", "settings", "set", "acme", "-"],
            &[("CONNECTOR_TOKEN", "t")],
            document,
        )
        .await;
    assert_eq!(
        ran.out, "Version 2 of the settings of acme is stored.\n",
        "{ran:?}"
    );
    let heard = connector.heard();
    let paths: Vec<_> = heard.iter().map(|got| got.path.as_str()).collect();
    let settings = "/connections/acme/settings";
    assert_eq!(paths, [&format!("{settings}/check"), settings]);
    assert!(heard.iter().all(|got| got.body.contains("start_date")));
}

fn checked() -> Value {
    json!({
        "problems": [{
            "what": "FreshBooks has the tax HST 13, and no tax rule is set for it.",
            "where": "settings.taxes.\"HST 13\"", "add": "[settings.taxes]\n\"HST 13\" = \"HST 13\"",
        }],
        "warnings": [{ "what": "FreshBooks has no tax HST 12 any more.", "where": "settings.taxes.\"HST 12\"", "add": null }],
        "defaults": [{ "what": "Cin7 has this location only.", "where": "settings.location", "value": "Shop" }],
        "read": {
            "cin7_at": "2026-01-05T16:00:00Z", "freshbooks_at": "2026-01-05T16:00:01Z", "invoices": 12,
            "invoices_from": "2025-07-09", "more_invoices": false, "bills": 3, "expenses": 12,
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_told_with_the_lines_to_add_and_problems_are_a_failure() {
    let connector = Connector::answering(200, &checked()).await;
    let ran = connector.run(&["connection", "check", "acme"]).await;
    assert_eq!((ran.code, ran.err.as_str()), (1, "There is 1 problem.\n"));
    insta::assert_snapshot!(ran.out);
    assert_eq!(connector.only().body, "{}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_with_problems_are_stored_only_where_it_is_meant() {
    let mut answer = checked();
    answer["version"] = json!(2);
    answer["document"] = json!("");
    let set = ["connection", "settings", "set", "acme", "-"];
    let token = [("CONNECTOR_TOKEN", "t")];
    let connector = Connector::answering(200, &answer).await;
    let ran = connector.run_with(&set, &token, "").await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains("no tax rule is set") && ran.err.contains("nothing was stored"),
        "{}",
        ran.err
    );
    assert!(connector.only().path.ends_with("/check"));

    let connector = Connector::answering(200, &answer).await;
    let ran = connector
        .run_with(&[&set[..], &["--yes"]].concat(), &token, "")
        .await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("no tax rule is set"), "{}", ran.err);
    assert_eq!(connector.heard().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_tells_the_documents_and_the_money_that_would_move() {
    let record = json!({
        "kind": "invoice", "id": "7", "number": "0000042", "outcome": "differs",
        "sentence": "Invoice 0000042 would have account `260` instead of `200`.",
    });
    let moved = json!({
        "what": "account", "kind": "invoice", "from": "200", "to": "260", "currency": "CAD", "total": "100.00", "count": 1,
    });
    let answer = json!({ "compared": 3, "records": [record], "moves": [moved], "cursor": null });
    let compare = ["connection", "settings", "compare", "acme", "-"];
    let connector = Connector::answering(200, &answer).await;
    let ran = connector.run(&compare).await;
    insta::assert_snapshot!(ran.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_a_line_for_each_document_its_totals_and_its_writes_where_wanted() {
    let record = json!({
        "kind": "invoice", "id": "7", "number": "0000042", "date": "2026-01-05", "total": "113.00", "currency": "CAD",
        "outcome": "write", "sentence": "", "setting": null, "add": null,
        "customer": { "how": "created", "id": null, "name": "Client Co" },
        "writes": [{ "call": "POST /customer", "body": "{\"Name\":\"Client Co\"}" }, { "call": "DELETE /sale?ID=1&Void=true", "body": "" }],
    });
    let held = json!({
        "kind": "payment", "id": "8", "number": null, "date": null, "total": null, "currency": null, "outcome": "attention",
        "sentence": "It cannot be read.", "setting": null, "add": null, "customer": null, "writes": [],
    });
    let total = json!({ "month": "2026-01", "kind": "invoice", "currency": "CAD", "outcome": "write", "count": 1, "total": "113.00" });
    let answer = json!({ "records": [record, held], "totals": [total], "cursor": null });
    let shown = [
        shown(
            "preview acme --from 2026-01-01 --to 2026-01-31",
            answer.clone(),
        )
        .await,
        shown("preview acme invoice 7 --writes", answer).await,
        shown(
            "preview acme invoice 7",
            json!({ "records": [], "totals": [], "cursor": null }),
        )
        .await,
    ];
    insta::assert_snapshot!(shown.join("----\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn records_and_trails_are_told_in_lines() {
    let record = json!({
        "kind": "payment", "id": "8", "number": null, "parent": "invoice/7", "children": [], "generation": 1,
        "state": "waiting", "sentence": "It waits for its invoice.", "waiting_for": "invoice:7", "due_at": null,
        "attempts": 0, "total": "113.00", "currency": "CAD", "calls": 0, "created_at": "2026-01-05T16:00:00Z",
        "updated_at": "2026-01-05T16:00:00Z", "posted_at": null, "confirmed_at": null,
        "cin7": { "customer_id": null, "sale_id": "s-1", "order_number": null, "invoice_number": "INV-00077",
            "total": null, "task_id": null, "payment_id": null },
        "steps": [{ "name": "payment", "status": "undone", "mark": "FB-8", "cin7_id": null }],
    });
    let entry = json!({
        "seq": 1, "at": "2026-01-05T16:00:00Z", "what": "received", "by": "processor 1",
        "detail": { "event": "payment.create", "note": "two\nlines" }, "previous": "a", "digest": "b",
    });
    let shown = [
        shown(
            "records list acme",
            json!({ "records": [record.clone()], "more": true }),
        )
        .await,
        shown("records list acme", json!({ "records": [], "more": false })).await,
        shown("records show acme payment 8", record).await,
        shown("audit acme payment 8", json!({ "entries": [entry] })).await,
        shown(
            "verify acme payment 8",
            json!({ "holds": true, "sentence": "The audit trail of acme/payment/8 holds." }),
        )
        .await,
        shown(
            "replay acme --why x",
            json!({ "replayed": 1, "sentence": "1 record is due now." }),
        )
        .await,
    ];
    insta::assert_snapshot!(shown.join("----\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_told_by_their_key() {
    let held = json!([
        { "connection": "acme", "what": "cin7 credentials", "key_id": "arn:key/2", "current": true },
        { "connection": "acme", "what": "invoice verifier", "key_id": "arn:key/1", "current": false },
    ]);
    let sentence = "1 secret sits under an old KMS key; rewrap moves them.";
    let answer = json!({ "secrets": held, "old": 1, "sentence": sentence });
    insta::assert_snapshot!(shown("secrets", answer).await, @r"
    CONNECTION  SECRET            KEY      KEY ID
    acme        cin7 credentials  present  arn:key/2
    acme        invoice verifier  old      arn:key/1
    1 secret sits under an old KMS key; rewrap moves them.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_the_apis_answer() {
    let answer = json!({ "connections": [overview()], "unknown": 1 });
    let printed = shown("--json connection list", answer.clone()).await;
    assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_tells_how_far_it_is_and_why_its_end_is_not_known() {
    let backfill = json!({
        "state": "running", "from": "2025-01-01", "to": "2025-12-31", "kinds": ["invoice", "payment"],
        "by": "alice", "started_at": "2026-01-05T14:00:00Z", "ended_at": null, "listed": false, "found": 120,
        "queued": 18, "done": 7, "waiting": 1, "attention": 0, "left": 112, "ends_at": null,
        "sentence": "Its documents are still being listed, so its end is not known yet.",
    });
    insta::assert_snapshot!(shown("backfill start acme --from 2025-01-01", backfill).await, @r"
    backfill      running
    days          2025-01-01 to 2025-12-31
    kinds         invoice payment
    begun         2026-01-05T14:00:00Z by alice
    found         120 so far
    queued        18
    done          7
    waiting       1
    for a person  0
    left          112
                  Its documents are still being listed, so its end is not known yet.

    It goes on each minute. How far it is: connectorctl backfill show acme
    What a document would become in Cin7, before it does: connectorctl preview --help
    ");
}
