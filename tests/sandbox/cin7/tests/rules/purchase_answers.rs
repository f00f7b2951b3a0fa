//! The older addresses of purchases: what they still serve, and how it looks.

use crate::bench::{Bench, with};
use crate::bills::{COST, GOODS, PURCHASE, SERVICE, SUPPLIER, bill_invoice, bill_order};

const DEPRECATED: &str =
    "This endpoint is deprecated and does not support Advanced Purchase and Service Purchase";

#[tokio::test]
async fn the_older_family_serves_a_simple_purchase_from_header_to_payment() {
    let bench = Bench::start().await;
    bench.make("supplier", SUPPLIER).await;
    let answer = bench.make("purchase", PURCHASE).await;
    let id = answer.at("/ID");
    assert_eq!(answer.at("/Invoice/Status"), "NOT AVAILABLE");
    bench
        .make("purchase/order", &bill_order(&id, GOODS, ""))
        .await;
    let invoice = bench
        .make("purchase/invoice", &bill_invoice(&id, GOODS, ""))
        .await;
    assert_eq!(invoice.at("/TaskID"), id);
    assert_eq!(invoice.at("/Status"), "AUTHORISED");
    let payment = crate::bench::payment(&id, "110.00");
    bench.make("purchase/payment", &payment).await;
    let whole = bench.get(&format!("purchase?ID={id}")).await;
    assert_eq!(whole.at("/Invoice/Status"), "PAID");
    let payments = bench.get(&format!("purchase/payment?TaskID={id}")).await;
    assert_eq!(payments.at("/0/Amount"), "110.0");
    let newer = bench.get(&format!("advanced-purchase?ID={id}")).await;
    assert_eq!(newer.at("/Invoice/0/Status"), "PAID");
}

#[tokio::test]
async fn the_older_family_refuses_other_purchases_but_for_their_orders() {
    let bench = Bench::start().await;
    for change in [r#"{"PurchaseType": "Advanced"}"#, SERVICE] {
        let id = bench.ordered_purchase(change).await;
        let header = with(PURCHASE, &format!(r#"{{"ID": "{id}"}}"#));
        let invoice = bill_invoice(&id, "", COST);
        let payment = crate::bench::payment(&id, "1");
        for answer in [
            bench.get(&format!("purchase?ID={id}")).await,
            bench.put("purchase", &header).await,
            bench.delete(&format!("purchase?ID={id}&Void=true")).await,
            bench.get(&format!("purchase/invoice?TaskID={id}")).await,
            bench.post("purchase/invoice", &invoice).await,
            bench.get(&format!("purchase/payment?TaskID={id}")).await,
            bench.post("purchase/payment", &payment).await,
        ] {
            answer.assert_refused(DEPRECATED);
        }
    }
}

#[tokio::test]
async fn there_is_no_newer_address_for_orders_and_none_for_deleting_payments() {
    let bench = Bench::start().await;
    let answer = bench.post("advanced-purchase/order", "{}").await;
    assert!(answer.text.contains("Page not found"), "{}", answer.text);
    let answer = bench.delete("advanced-purchase/payment?ID=1").await;
    assert_eq!(answer.status, 405);
}
