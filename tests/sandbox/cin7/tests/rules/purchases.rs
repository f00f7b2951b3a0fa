//! `/advanced-purchase` and `/purchase/order`.

use cin7_stand_in::{Approach, PurchaseType};

use crate::bench::{Bench, with, without};
use crate::bills::{COST, GOODS, PURCHASE, SERVICE, SUPPLIER, bill_order};

#[tokio::test]
async fn a_header_shows_its_first_task_and_loses_lines_and_marks_that_do_not_exist() {
    let bench = Bench::start().await;
    bench.make("supplier", SUPPLIER).await;
    let extra = format!(
        r#"{{"Lines": [{GOODS}], "ExternalID": "fb:1", "OrderDate": "2020-01-01T00:00:00"}}"#
    );
    let answer = bench
        .make("advanced-purchase", &with(PURCHASE, &extra))
        .await;
    let id = answer.at("/ID");
    assert_eq!(answer.at("/Status"), "DRAFT");
    assert_eq!(answer.at("/Type"), "Simple Purchase");
    assert_eq!(answer.at("/Approach"), "INVOICE");
    assert_eq!(answer.at("/OrderNumber"), "PO-00001");
    assert_eq!(answer.at("/OrderDate"), "2026-03-10T00:00:00");
    assert_eq!(answer.at("/Terms"), "30 days");
    assert_eq!(answer.at("/Invoice/0/TaskID"), id);
    assert_eq!(answer.at("/Invoice/0/Status"), "NOT AVAILABLE");
    assert!(!answer.text.contains("fb:1") && !answer.text.contains("WIDGET"));
    let read = bench.get(&format!("advanced-purchase?ID={id}")).await;
    assert_eq!(read.text, answer.text);
}

#[tokio::test]
async fn a_header_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    bench.make("supplier", SUPPLIER).await;
    for name in ["Supplier", "Approach", "Location"] {
        let answer = bench
            .post("advanced-purchase", &without(PURCHASE, name))
            .await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    for (change, sentence) in [
        (
            r#"{"Approach": "RECEIVE"}"#,
            "Approach must be INVOICE or STOCK.",
        ),
        (r#"{"Supplier": "Nobody"}"#, "Supplier was not found"),
        (
            r#"{"Location": "Old Warehouse"}"#,
            "Location 'Old Warehouse' was not found",
        ),
        (
            r#"{"TaxRule": "Tax on Sales"}"#,
            "Tax rule 'Tax on Sales' was not found",
        ),
        (r#"{"CurrencyRate": 0}"#, "CurrencyRate must be above 0."),
        (
            r#"{"PurchaseType": "Service"}"#,
            "PurchaseType must be Simple or Advanced.",
        ),
        (
            r#"{"IsServiceOnly": true}"#,
            "PurchaseType cannot be specified for a Service Purchase.",
        ),
        (
            r#"{"TaxCalculation": "Perhaps"}"#,
            "TaxCalculation must be Inclusive or Exclusive.",
        ),
    ] {
        let answer = bench
            .post("advanced-purchase", &with(PURCHASE, change))
            .await;
        answer.assert_refused(sentence);
    }
}

#[tokio::test]
async fn the_approach_is_read_in_any_case_and_a_service_purchase_is_always_invoice_first() {
    let bench = Bench::start().await;
    let stock = bench.purchase_with(r#"{"Approach": "Stock"}"#).await;
    assert_eq!(bench.stored_purchase(&stock).approach, Approach::Stock);
    let service = with(SERVICE, r#"{"Approach": "STOCK"}"#);
    let service = bench.stored_purchase(&bench.purchase_with(&service).await);
    assert_eq!(service.approach, Approach::Invoice);
    assert_eq!(service.purchase_type, PurchaseType::Service);
    let bench =
        Bench::quirky_purchases(|quirks| quirks.accepts_service_with_purchase_type = true).await;
    let both = bench.purchase_with(r#"{"IsServiceOnly": true}"#).await;
    let both = bench.stored_purchase(&both);
    assert_eq!(both.purchase_type, PurchaseType::Service);
}

#[tokio::test]
async fn a_rate_that_is_left_out_is_filled_with_cin7s_own() {
    let bench = Bench::start().await;
    let foreign = with(SUPPLIER, r#"{"Name": "Papierwerk", "Currency": "EUR"}"#);
    bench.make("supplier", &foreign).await;
    let change = r#"{"Supplier": "Papierwerk", "CurrencyRate": null}"#;
    let answer = bench
        .make("advanced-purchase", &with(PURCHASE, change))
        .await;
    assert_eq!(answer.at("/CurrencyRate"), "1.2345");
    assert_eq!(answer.at("/SupplierCurrency"), "EUR");
    let id = answer.at("/ID");
    let body = format!(r#"{{"ID": "{id}", "CurrencyRate": 1.08, "Note": ""}}"#);
    let answer = bench.put("advanced-purchase", &body).await;
    assert_eq!(answer.at("/CurrencyRate"), "1.08");
    assert_eq!(answer.at("/Note"), "");
    assert_eq!(answer.at("/Location"), "Main Warehouse");
}

#[tokio::test]
async fn an_order_is_authorised_once_and_cannot_be_put() {
    let bench = Bench::start().await;
    let purchase = bench.ordered_purchase("{}").await;
    let order = bill_order(&purchase, GOODS, COST);
    let read = bench
        .get(&format!("purchase/order?TaskID={purchase}"))
        .await;
    assert_eq!(read.at("/TaskID"), purchase);
    assert_eq!(read.at("/Status"), "AUTHORISED");
    assert_eq!(read.at("/Total"), "198.0");
    assert!(read.json()["Lines"][0].get("Account").is_none());
    assert_eq!(bench.put("purchase/order", &order).await.status, 405);
    bench
        .post("purchase/order", &order)
        .await
        .assert_refused("Order status must be DRAFT or NOT AVAILABLE");
}

#[tokio::test]
async fn an_order_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    let purchase = bench.purchase_with("{}").await;
    let order = bill_order(&purchase, GOODS, "");
    for name in [
        "TaskID",
        "CombineAdditionalCharges",
        "Memo",
        "Status",
        "Lines",
    ] {
        let answer = bench.post("purchase/order", &without(&order, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    let twice = format!("{GOODS}, {GOODS}");
    let wrong = |change| with(GOODS, change);
    for (lines, sentence) in [
        (
            twice,
            "Product with SKU 'WIDGET-1' is specified more than once",
        ),
        (
            wrong(r#"{"Total": 110.0}"#),
            "attribute 'Total' doesn't match Quantity, Price and Discount. Expected value is: 100.0",
        ),
        (
            wrong(r#"{"TaxRule": "Tax on Sales"}"#),
            "Tax rule 'Tax on Sales' was not found",
        ),
        (
            wrong(r#"{"Total": null}"#),
            "Required attribute Total is not provided.",
        ),
        (String::new(), "Order without lines cannot be authorised"),
    ] {
        let answer = bench
            .post("purchase/order", &bill_order(&purchase, &lines, ""))
            .await;
        answer.assert_refused(sentence);
    }
}

#[tokio::test]
async fn a_missing_price_counts_as_nothing_without_a_word() {
    let bench = Bench::start().await;
    let purchase = bench.purchase_with("{}").await;
    let free = with(GOODS, r#"{"Price": null, "Tax": 0, "Total": 0}"#);
    let answer = bench
        .make("purchase/order", &bill_order(&purchase, &free, ""))
        .await;
    assert_eq!(answer.at("/Lines/0/Price"), "0");
}

#[tokio::test]
async fn orders_of_blind_receipts_are_refused_and_those_of_services_by_a_quirk() {
    let bench = Bench::quirky_purchases(|quirks| quirks.refuses_orders_of_services = true).await;
    for (change, sentence) in [
        (
            r#"{"BlindReceipt": true}"#,
            "Order is not available for a Blind Receipt",
        ),
        (SERVICE, "Order is not available for a Service Purchase"),
    ] {
        let purchase = bench.purchase_with(change).await;
        let answer = bench
            .post("purchase/order", &bill_order(&purchase, "", COST))
            .await;
        answer.assert_refused(sentence);
    }
}
