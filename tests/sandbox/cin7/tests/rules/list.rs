//! `/saleList`.

use std::time::Duration;

use crate::bench::{Bench, LINE, order, payment};

const MARK: &str = "freshbooks:AbC123:invoice:987654";

#[tokio::test]
async fn a_row_carries_the_mark_and_the_amounts_but_no_lines() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    bench.make("sale/payment", &payment(&sale, "130.00")).await;
    let answer = bench.get("saleList").await;
    assert_eq!(answer.at("/SaleList/0/SaleID"), sale);
    assert_eq!(answer.at("/SaleList/0/ExternalID"), MARK);
    assert_eq!(answer.at("/SaleList/0/InvoiceAmount"), "330.0");
    assert_eq!(answer.at("/SaleList/0/PaidAmount"), "130.0");
    assert_eq!(answer.at("/SaleList/0/CombinedInvoiceStatus"), "INVOICED");
    assert_eq!(answer.at("/SaleList/0/InvoiceNumber"), "INV-00001");
    assert!(!answer.text.contains("Lines"), "{}", answer.text);
}

#[tokio::test]
async fn the_external_id_filter_is_exact_unless_the_quirk_makes_it_a_prefix() {
    let bench = Bench::start().await;
    bench.sale().await;
    bench
        .sale_with(&format!(r#"{{"ExternalID": "{MARK}1"}}"#))
        .await;
    let path = format!("saleList?ExternalID={MARK}");
    assert_eq!(bench.get(&path).await.at("/Total"), "1");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.external_id_filter_is_prefix = true;
    });
    assert_eq!(bench.get(&path).await.at("/Total"), "2");
}

#[tokio::test]
async fn the_search_finds_parts_of_numbers_and_references() {
    let bench = Bench::start().await;
    bench.invoiced().await;
    for (text, total) in [
        ("0123", "1"),
        ("so-000", "1"),
        ("inv-", "1"),
        ("ACME", "1"),
        ("AbC123", "0"),
    ] {
        assert_eq!(
            bench
                .get(&format!("saleList?Search={text}"))
                .await
                .at("/Total"),
            total,
            "{text}"
        );
    }
}

#[tokio::test]
async fn updated_since_and_created_since_tell_changes_from_beginnings() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    bench.clock.advance(Duration::from_mins(5));
    bench.make("sale/order", &order(&sale, LINE)).await;
    for (filter, total) in [
        ("UpdatedSince=2026-03-10T09:05:00Z", "1"),
        ("UpdatedSince=2026-03-10T09:05:01Z", "0"),
        ("UpdatedUntil=2026-03-10T09:04:59Z", "0"),
        ("CreatedSince=2026-03-10T09:00:00Z", "1"),
        ("CreatedSince=2026-03-10T09:05:00Z", "0"),
    ] {
        assert_eq!(
            bench.get(&format!("saleList?{filter}")).await.at("/Total"),
            total,
            "{filter}"
        );
    }
}

#[tokio::test]
async fn statuses_filter_by_their_live_values_and_a_comma_list_finds_nothing() {
    let bench = Bench::start().await;
    bench.invoiced().await;
    bench.sale().await;
    for (filter, total) in [
        ("Status=INVOICED", "1"),
        ("Status=INVOICED,ESTIMATED", "0"),
        ("OrderStatus=AUTHORISED", "1"),
        ("QuoteStatus=NOT AVAILABLE", "2"),
        ("CombinedInvoiceStatus=INVOICED", "1"),
        ("CombinedInvoiceStatus=AUTHORISED", "0"),
        ("CombinedInvoiceStatus=NOT AVAILABLE", "1"),
        ("CombinedShippingStatus=NOT AVAILABLE", "2"),
        ("CreditNoteStatus=AUTHORISED", "0"),
        ("ReadyForShipping=true", "0"),
    ] {
        assert_eq!(
            bench.get(&format!("saleList?{filter}")).await.at("/Total"),
            total,
            "{filter}"
        );
    }
}

#[tokio::test]
async fn sales_are_found_by_location_and_by_the_day_to_ship() {
    let bench = Bench::start().await;
    bench
        .sale_with(r#"{"ShipBy": "2026-03-15T00:00:00"}"#)
        .await;
    bench.sale_with(r#"{"Location": "Shop"}"#).await;
    let shop = bench
        .get("ref/location?Name=Shop")
        .await
        .at("/LocationList/0/ID");
    assert_eq!(
        bench
            .get(&format!("saleList?OrderLocationID={shop}"))
            .await
            .at("/Total"),
        "1"
    );
    assert_eq!(
        bench.get("saleList?ShipBy=2026-03-15").await.at("/Total"),
        "1"
    );
    assert_eq!(
        bench.get("saleList?ShipBy=2026-03-14").await.at("/Total"),
        "0"
    );
}

#[tokio::test]
async fn rows_come_in_no_order_of_time_and_pages_do_not_overlap() {
    let bench = Bench::start().await;
    let mut made = Vec::new();
    for _ in 0..9 {
        made.push(bench.sale().await);
    }
    let mut listed = Vec::new();
    for page in 1..=3 {
        let answer = bench.get(&format!("saleList?Page={page}&Limit=3")).await;
        let rows = answer.json()["SaleList"].as_array().unwrap().clone();
        listed.extend(
            rows.iter()
                .map(|row| row["SaleID"].as_str().unwrap().to_owned()),
        );
    }
    assert_ne!(listed, made);
    listed.sort();
    made.sort();
    assert_eq!(listed, made);
}

#[tokio::test]
async fn pages_may_silently_stop_at_a_hundred_rows() {
    let bench = Bench::quirky(|quirks| quirks.sale_list_stops_at_100 = true).await;
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.limit.calls = 1000);
    for _ in 0..101 {
        bench.sale().await;
    }
    let answer = bench.get("saleList?Limit=1000").await;
    assert_eq!(answer.at("/Total"), "101");
    assert_eq!(answer.json()["SaleList"].as_array().unwrap().len(), 100);
}
