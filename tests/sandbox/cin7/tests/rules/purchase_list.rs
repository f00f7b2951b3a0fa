//! `/purchaseList`, and how purchases lag, fail and count.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use reqwest::Method;

use crate::bench::{Bench, payment};
use crate::bills::{PURCHASE, SERVICE};

#[tokio::test]
async fn a_row_carries_number_and_amounts_but_neither_lines_nor_the_note() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    bench
        .make("advanced-purchase/payment", &payment(&purchase, "98"))
        .await;
    let answer = bench.get("purchaseList").await;
    for (pointer, value) in [
        ("ID", purchase.as_str()),
        ("OrderNumber", "PO-00001"),
        ("InvoiceNumber", "FB-BILL-321"),
        ("InvoiceAmount", "198.0"),
        ("PaidAmount", "98"),
        ("InvoiceStatus", "AUTHORISED"),
        ("CombinedPaymentStatus", "PARTIALLY PAID"),
        ("CombinedReceivingStatus", "NOT RECEIVED"),
        ("LastUpdatedDate", "2026-03-10T09:00:00.0000000Z"),
    ] {
        assert_eq!(answer.at(&format!("/PurchaseList/0/{pointer}")), value);
    }
    assert!(!answer.text.contains("Lines") && !answer.text.contains("freshbooks"));
}

#[tokio::test]
async fn filters_work_are_ignored_or_find_nothing_as_seen_live() {
    let bench = Bench::start().await;
    bench.billed().await;
    bench.purchase_with(SERVICE).await;
    for (filter, total) in [
        ("Search=fb-bill", "1"),
        ("Search=paper", "2"),
        ("Search=freshbooks", "0"),
        ("Status=INVOICED", "1"),
        ("Status=INVOICED,DRAFT", "0"),
        ("InvoiceStatus=NOT AVAILABLE", "1"),
        ("OrderStatus=AUTHORISED", "1"),
        ("RestockReceivedStatus=AUTHORISED", "2"),
        ("StockReceivedStatus=AUTHORISED", "0"),
        ("Type=Service Purchase", "2"),
        ("UpdatedSince=2026-03-10T09:00:00Z", "2"),
        ("UpdatedSince=2026-03-10T09:00:01Z", "0"),
        ("UpdatedUntil=2026-03-10T08:59:59Z", "0"),
    ] {
        let path = format!("purchaseList?{filter}");
        assert_eq!(bench.get(&path).await.at("/Total"), total, "{filter}");
    }
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.purchases.search_skips_invoice_numbers = true;
    });
    let skipped = bench.get("purchaseList?Search=fb-bill").await;
    assert_eq!(skipped.at("/Total"), "0");
}

#[tokio::test]
async fn the_newest_order_number_is_on_the_last_page() {
    let bench = Bench::start().await;
    for _ in 0..5 {
        bench.purchase_with("{}").await;
    }
    let last = bench.get("purchaseList?Page=3&Limit=2").await;
    assert_eq!(last.at("/Total"), "5");
    assert_eq!(last.at("/PurchaseList/0/OrderNumber"), "PO-00005");
}

#[tokio::test]
async fn purchases_lag_behind_their_writes() {
    let bench = Bench::start().await;
    bench.purchase_with("{}").await;
    bench.clock.advance(Duration::from_mins(1));
    let lag = Duration::from_secs(30);
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.lag = lag);
    let purchase = bench.billed().await;
    assert_eq!(bench.get("purchaseList").await.at("/Total"), "1");
    let path = format!("advanced-purchase?ID={purchase}");
    assert_eq!(bench.get(&path).await.status, 400);
    bench.clock.advance(lag);
    assert_eq!(bench.get("purchaseList").await.at("/Total"), "2");
}

#[tokio::test]
async fn faults_befall_purchases_and_the_limit_counts_them() {
    let bench = Bench::start().await;
    bench.purchase_with("{}").await;
    let matcher = Matcher::new("POST", "advanced-purchase");
    bench.stand_in.fail(matcher, Fault::LostAfter);
    let lost = bench
        .send(Method::POST, "advanced-purchase", PURCHASE)
        .await;
    assert!(lost.is_err());
    assert_eq!(bench.stand_in.purchases(&bench.keys).len(), 2);
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.limit.calls = 4);
    assert_eq!(bench.get("journal").await.status, 200);
    assert_eq!(bench.get("moneyTaskList").await.status, 429);
}

#[tokio::test]
async fn a_person_changes_a_purchase_in_cin7() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let id = purchase.parse().unwrap();
    bench.clock.advance(Duration::from_mins(5));
    let changed = bench.stand_in.change_purchase(&bench.keys, id, |purchase| {
        purchase.invoices[0].number = "typed by hand".into();
    });
    assert!(changed);
    let found = bench
        .get("purchaseList?Search=by hand&UpdatedSince=2026-03-10T09:05:00Z")
        .await;
    assert_eq!(found.at("/Total"), "1");
    let nothing = uuid::Uuid::nil();
    assert!(!bench.stand_in.receive_stock(&bench.keys, nothing));
}
