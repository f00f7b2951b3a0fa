//! Tie-outs as people and scripts get them.

use serde_json::{Value, json};

use crate::connector::Connector;

fn january(unexplained: &str) -> Value {
    let document = |record: &str, amount: &str| json!({ "record": record, "number": null, "freshbooks": amount, "cin7": "0.00" });
    let stray: Vec<_> = (unexplained != "0.00")
        .then(|| document("invoice/9", unexplained))
        .into_iter()
        .collect();
    json!({ "connection": "acme", "month": "2026-01", "at": "2026-02-01T03:00:00Z",
        "unread": [{ "kind": "bill", "why": "The consent lacks \u{1b}[2Juser:bills:read." }],
        "kinds": [{ "kind": "invoice", "currency": "USD", "freshbooks": "113.00", "cin7": "0.00",
            "difference": "113.00", "unexplained": unexplained, "unexplained_documents": stray,
            "causes": [{ "cause": "on_its_way", "meaning": "on its way", "amount": "113.00",
                "records": ["invoice/7"], "documents": [document("invoice/7", "113.00")] }] }] })
}

const ASK: [&str; 4] = ["tie-out", "acme", "--month", "2026-01"];

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_a_table_for_people_and_csv_or_json_for_spreadsheets_and_scripts() {
    let connector = Connector::answering(200, &january("0.00")).await;
    let table = connector.run(&ASK).await;
    assert_eq!(table.code, 0, "{table:?}");
    assert!(table.out.contains("on its way: invoice/7"), "{}", table.out);
    assert!(!table.out.contains('\u{1b}'), "{:?}", table.out);
    let csv = connector.run(&[&ASK[..], &["--csv"]].concat()).await;
    assert!(
        csv.out.starts_with("month,kind,currency,line,cause"),
        "{}",
        csv.out
    );
    let json = connector.run(&[&ASK[..], &["--json"]].concat()).await;
    assert_eq!(
        serde_json::from_str::<Value>(&json.out).unwrap(),
        january("0.00")
    );
    let stored = connector.run(&[&ASK[..], &["--stored"]].concat()).await;
    assert_eq!(stored.code, 0, "{stored:?}");
    let heard = connector.heard();
    let sent: Vec<_> = heard
        .iter()
        .map(|got| format!("{} {} {}", got.method, got.path, got.body))
        .collect();
    let made = r#"POST /connections/acme/tie-out {"month":"2026-01"}"#;
    assert_eq!(
        sent,
        [
            made,
            made,
            made,
            "GET /connections/acme/tie-out?month=2026-01 "
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cent_without_a_cause_is_1_and_what_is_no_month_is_2() {
    let connector = Connector::answering(200, &january("0.01")).await;
    let ran = connector.run(&ASK).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("NOT EXPLAINED: invoice/9"), "{}", ran.out);
    assert!(ran.err.contains("0.01 of 2026-01"), "{}", ran.err);
    let ran = connector
        .run(&["tie-out", "acme", "--month", "January"])
        .await;
    assert_eq!(ran.code, 2, "{ran:?}");
}
