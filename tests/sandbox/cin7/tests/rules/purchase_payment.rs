//! `/advanced-purchase/payment`.

use crate::bench::{Bench, payment, with, without};
use crate::bills::SERVICE;

const PAYMENT: &str = "advanced-purchase/payment";

#[tokio::test]
async fn a_payment_is_listed_in_a_bare_array_and_found_in_several_ways() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let answer = bench.make(PAYMENT, &payment(&purchase, "198.00")).await;
    assert_eq!(answer.at("/PurchaseID"), purchase);
    assert_eq!(answer.at("/TaskID"), purchase);
    for filter in [
        format!("PurchaseID={purchase}"),
        "OrderNumber=PO-00001".to_owned(),
        "InvoiceNumber=FB-BILL-321".to_owned(),
    ] {
        let list = bench.get(&format!("{PAYMENT}?{filter}")).await;
        assert_eq!(list.at("/0/ID"), answer.at("/ID"), "{filter}");
    }
    assert_eq!(
        bench.get(&format!("{PAYMENT}?OrderNumber=PO-9")).await.text,
        "[]"
    );
    let whole = bench.get(&format!("advanced-purchase?ID={purchase}")).await;
    assert_eq!(whole.at("/Invoice/0/Status"), "PAID");
    assert_eq!(whole.at("/CombinedPaymentStatus"), "PAID");
    assert_eq!(whole.at("/Status"), "INVOICED");
    let id = purchase.parse().unwrap();
    assert!(bench.stand_in.receive_stock(&bench.keys, id));
    let whole = bench.get(&format!("advanced-purchase?ID={purchase}")).await;
    assert_eq!(whole.at("/Status"), "COMPLETED");
}

#[tokio::test]
async fn a_payment_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let body = payment(&purchase, "1");
    for name in [
        "TaskID",
        "Type",
        "Amount",
        "DatePaid",
        "Account",
        "CurrencyRate",
    ] {
        let answer = bench.post(PAYMENT, &without(&body, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    for (change, sentence) in [
        (
            r#"{"Amount": 198.01}"#,
            "Amount exceeds the balance of the invoice",
        ),
        (r#"{"Amount": 0}"#, "Amount must be above 0."),
        (
            r#"{"Account": "400"}"#,
            "Account '400' cannot be used for payments",
        ),
        (r#"{"Account": "091"}"#, "Account '091' is not in USD"),
        (
            r#"{"Type": "Prepayment"}"#,
            "Prepayment needs an invoice that is not authorised",
        ),
        (
            r#"{"TaskID": "00000000-0000-4000-8000-000000000001"}"#,
            "Task with specified ID not found",
        ),
    ] {
        let answer = bench.post(PAYMENT, &with(&body, change)).await;
        answer.assert_refused(sentence);
    }
    let ordered = bench.ordered_purchase(SERVICE).await;
    let answer = bench.post(PAYMENT, &payment(&ordered, "1")).await;
    answer.assert_refused("Invoice status must be AUTHORISED");
}

#[tokio::test]
async fn a_payment_is_changed_within_the_balance_and_deleted_at_the_older_address() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let made = bench.make(PAYMENT, &payment(&purchase, "198.00")).await;
    let id = made.at("/ID");
    let change = |amount: &str| format!(r#"{{"ID": "{id}", "Amount": {amount}}}"#);
    let answer = bench.put(PAYMENT, &change("198.01")).await;
    answer.assert_refused("Amount exceeds the balance of the invoice");
    let answer = bench.put(PAYMENT, &change("98.00")).await;
    assert_eq!(answer.at("/Amount"), "98.0");
    let deleted = bench
        .delete(&format!("purchase/payment?ID={id}&DeleteAllocation=true"))
        .await;
    assert_eq!(deleted.text, r#"{"Success":true}"#);
    assert!(bench.stored_purchase(&purchase).payments.is_empty());
    let again = bench.delete(&format!("purchase/payment?ID={id}")).await;
    again.assert_refused("Payment with specified ID not found");
}
