//! Tie-outs by HTTP, as JSON and as CSV.

use serde_json::{Value, json};

use crate::bench::{ALICE, Bench, acme};

const TIE_OUT: &str = "/connections/acme/tie-out";

fn january() -> Value {
    let document = json!({ "record": "invoice/7", "number": "0000042", "freshbooks": "113.00", "cin7": "0.00" });
    json!({ "connection": "acme", "month": "2026-01", "at": "2026-02-01T03:00:00Z", "unread": [],
        "kinds": [{ "kind": "invoice", "currency": "USD", "freshbooks": "113.00", "cin7": "0.00",
            "difference": "113.00", "unexplained": "0.00", "unexplained_documents": [],
            "causes": [{ "cause": "on_its_way", "meaning": "on its way", "amount": "113.00",
                "records": ["invoice/7"], "documents": [document] }] }] })
}

#[tokio::test]
async fn the_last_tie_out_of_a_month_is_shown_as_json_and_as_csv() {
    let bench = Bench::start().await;
    bench.acme().await;
    let text = january().to_string();
    let stored = bench.ledger.put_tie_out(&acme(), "2026-01", &text).await;
    stored.unwrap();
    let path = format!("{TIE_OUT}?month=2026-01");
    assert_eq!(bench.get(&path).await, january());
    let csv = bench
        .send("GET", &format!("{path}&format=csv"), "", Some(ALICE))
        .await;
    assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
    let text = std::str::from_utf8(csv.body()).unwrap();
    let document = "2026-01,invoice,USD,document,on_its_way,113.00,0.00,113.00,invoice/7,0000042";
    assert!(text.contains(document), "{text}");
}

#[tokio::test]
async fn what_cannot_be_shown_or_made_is_refused() {
    let bench = Bench::start().await;
    bench.acme().await;
    for (path, status) in [
        ("", 400),
        ("?month=January", 400),
        ("?month=2026-01&format=xml", 400),
        ("?month=2026-01", 404),
    ] {
        let (answered, why) = bench
            .ask("GET", &format!("{TIE_OUT}{path}"), Value::Null)
            .await;
        assert_eq!(answered, status, "{path}: {why}");
    }
    let (status, why) = bench
        .ask("POST", TIE_OUT, json!({ "month": "2026-13" }))
        .await;
    assert_eq!(status, 400, "{why}");
    // No business was picked yet, so there is no account to read.
    let (status, why) = bench
        .ask("POST", TIE_OUT, json!({ "month": "2026-01" }))
        .await;
    assert_eq!(status, 400, "{why}");
}
