//! `/transactions`.

use crate::bench::{Bench, payment};

/// Debit, credit, amount and type of each entry that a filter lets through, sorted.
async fn entries(bench: &Bench, filter: &str) -> Vec<String> {
    let answer = bench.get(&format!("transactions?{filter}")).await.json();
    let rows = answer["Transactions"].as_array().unwrap();
    let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
    let mut entries: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                text(row, "Type"),
                text(row, "DebitAccountCode"),
                text(row, "CreditAccountCode"),
                row["Amount"]
            )
        })
        .collect();
    entries.sort();
    entries
}

#[tokio::test]
async fn every_document_that_counts_makes_its_entries() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    bench.make("sale/payment", &payment(&sale, "330.00")).await;
    let purchase = bench.billed().await;
    bench
        .make("advanced-purchase/payment", &payment(&purchase, "198.00"))
        .await;
    let journal = r#"{"Status": "COMPLETED", "Currency": "USD", "CurrencyConversionRate": 1,
        "EffectiveDate": "2026-03-31T00:00:00", "Lines": [{"Debit": "400", "Credit": "090",
        "Amount": 120.0, "BaseAmount": 120.0}]}"#;
    bench.make("journal", journal).await;
    assert_eq!(
        entries(&bench, "").await,
        [
            "Journal 400 090 120.0",
            "Purchase 400 800 80.0",
            "Purchase 429 800 100.0",
            "Purchase 800 090 198.0",
            "Purchase 820 800 10.0",
            "Purchase 820 800 8.0",
            "Sale 090 610 330.0",
            "Sale 610 200 300.0",
            "Sale 610 820 30.0",
        ]
    );
    let of_account = entries(&bench, "Account=400").await;
    assert_eq!(
        of_account,
        ["Journal 400 090 120.0", "Purchase 400 800 80.0"]
    );
}

#[tokio::test]
async fn the_bounds_lie_outside_of_the_period_unless_the_quirk_lets_them_in() {
    let bench = Bench::start().await;
    bench.billed().await;
    for (filter, exclusive, inclusive) in [
        ("FromDate=2026-03-01&ToDate=2026-03-03", 4, 4),
        ("FromDate=2026-03-02", 0, 4),
        ("ToDate=2026-03-02", 0, 4),
        ("ToDate=2026-03-01", 0, 0),
    ] {
        for (quirk, expected) in [(false, exclusive), (true, inclusive)] {
            bench.stand_in.change_account(&bench.keys, |account| {
                account.quirks.ledger.transaction_bounds_are_inclusive = quirk;
            });
            assert_eq!(entries(&bench, filter).await.len(), expected, "{filter}");
        }
    }
}

#[tokio::test]
async fn a_voided_document_leaves_no_entries() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    bench
        .delete(&format!("advanced-purchase?ID={purchase}&Void=true"))
        .await;
    assert!(entries(&bench, "").await.is_empty());
}
