//! `/sale/payment`.

use crate::bench::{Bench, CUSTOMER, LINE, invoice, order, payment, with, without};

#[tokio::test]
async fn a_payment_is_listed_in_a_bare_array_and_the_invoice_is_paid() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let answer = bench.make("sale/payment", &payment(&sale, "330.00")).await;
    assert_eq!(answer.at("/SaleID"), sale);
    assert_eq!(answer.at("/InvoiceNumber"), "INV-00001");
    assert_eq!(answer.at("/DateCreated"), "2026-03-10T09:00:00.0000000Z");
    let list = bench.get(&format!("sale/payment?SaleID={sale}")).await;
    assert_eq!(list.at("/0/ID"), answer.at("/ID"));
    let sale = bench.get(&format!("sale?ID={sale}")).await;
    assert_eq!(sale.at("/Invoices/0/Status"), "PAID");
    assert_eq!(sale.at("/Invoices/0/Paid"), "330.0");
    assert_eq!(sale.at("/CombinedPaymentStatus"), "PAID");
}

#[tokio::test]
async fn a_paid_sale_that_never_ships_stays_invoiced_unless_the_quirk_completes_it() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    bench.make("sale/payment", &payment(&sale, "330.00")).await;
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "INVOICED"
    );
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.completes_without_shipping = true;
    });
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "COMPLETED"
    );
}

#[tokio::test]
async fn every_required_attribute_is_asked_for() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    for name in [
        "TaskID",
        "Type",
        "Amount",
        "DatePaid",
        "Account",
        "CurrencyRate",
    ] {
        let answer = bench
            .post("sale/payment", &without(&payment(&sale, "1"), name))
            .await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn a_payment_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    for (change, sentence) in [
        (
            r#"{"Amount": 330.01}"#,
            "Amount exceeds the balance of the invoice",
        ),
        (r#"{"Amount": 0}"#, "Amount must be above 0."),
        (
            r#"{"Amount": 1.001}"#,
            "Attribute Amount has more than 2 decimal places.",
        ),
        (
            r#"{"Account": "nope"}"#,
            "Account with specified ID not found",
        ),
        (
            r#"{"Account": "200"}"#,
            "Account '200' cannot be used for payments",
        ),
        (r#"{"Account": "091"}"#, "Account '091' is not in USD"),
        (
            r#"{"Type": "Gift"}"#,
            "Type must be PREPAYMENT, PAYMENT or REFUND.",
        ),
        (
            r#"{"Type": "Refund"}"#,
            "Credit Note status must be AUTHORISED",
        ),
        (
            r#"{"CreditID": "00000000-0000-4000-8000-000000000001"}"#,
            "Customer credit with specified ID not found",
        ),
        (
            r#"{"TaskID": "00000000-0000-4000-8000-000000000001"}"#,
            "Task with specified ID not found",
        ),
    ] {
        let answer = bench
            .post("sale/payment", &with(&payment(&sale, "1"), change))
            .await;
        answer.assert_refused(sentence);
    }
}

#[tokio::test]
async fn a_payment_before_the_invoice_is_authorised_is_refused() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let answer = bench.post("sale/payment", &payment(&sale, "1")).await;
    answer.assert_refused("Invoice status must be AUTHORISED");
}

#[tokio::test]
async fn a_prepayment_goes_before_the_order_and_counts_towards_the_invoice() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let prepayment = with(&payment(&sale, "30"), r#"{"Type": "PREPAYMENT"}"#);
    let id = bench.make("sale/payment", &prepayment).await.at("/ID");
    let status = bench
        .get(&format!("sale?ID={sale}"))
        .await
        .at("/CombinedPaymentStatus");
    assert_eq!(status, "PREPAID");
    bench.make("sale/order", &order(&sale, LINE)).await;
    bench.make("sale/invoice", &invoice(&sale, LINE)).await;
    let answer = bench.post("sale/payment", &prepayment).await;
    answer
        .assert_refused("Prepayment needs an authorised quote and no authorised order or invoice");
    bench.make("sale/payment", &payment(&sale, "300")).await;
    let change = format!(r#"{{"ID": "{id}", "Amount": 1}}"#);
    bench
        .put("sale/payment", &change)
        .await
        .assert_refused("Prepayment cannot be modified");
}

#[tokio::test]
async fn a_payment_is_changed_within_the_balance_and_deleted() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let id = bench
        .make("sale/payment", &payment(&sale, "330.00"))
        .await
        .at("/ID");
    let change = |amount: &str| format!(r#"{{"ID": "{id}", "Amount": {amount}}}"#);
    let answer = bench.put("sale/payment", &change("330.01")).await;
    answer.assert_refused("Amount exceeds the balance of the invoice");
    assert_eq!(
        bench
            .put("sale/payment", &change("130.00"))
            .await
            .at("/Amount"),
        "130.0"
    );
    let status = bench
        .get(&format!("sale?ID={sale}"))
        .await
        .at("/CombinedPaymentStatus");
    assert_eq!(status, "PARTIALLY PAID");
    let deleted = bench.delete(&format!("sale/payment?ID={id}")).await;
    assert_eq!(deleted.text, r#"{"Success":true}"#);
    assert!(bench.stored(&sale).payments.is_empty());
    let again = bench.delete(&format!("sale/payment?ID={id}")).await;
    again.assert_refused("Payment with specified ID not found");
}

#[tokio::test]
async fn overpayment_a_foreign_account_and_the_case_of_the_type_are_quirks() {
    let bench = Bench::quirky(|quirks| {
        quirks.accepts_overpayment = true;
        quirks.accepts_payment_into_other_currency = true;
        quirks.payment_type_in_capitals_only = true;
    })
    .await;
    let sale = bench.invoiced().await;
    let body = with(&payment(&sale, "400"), r#"{"Account": "091"}"#);
    let answer = bench.post("sale/payment", &body).await;
    answer.assert_refused("Type must be PREPAYMENT, PAYMENT or REFUND.");
    bench
        .make("sale/payment", &with(&body, r#"{"Type": "PAYMENT"}"#))
        .await;
}

#[tokio::test]
async fn a_payment_in_a_locked_period_is_refused() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let lock_date = Some("2026-03-10".parse().unwrap());
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.lock_date = lock_date);
    let answer = bench.post("sale/payment", &payment(&sale, "1")).await;
    answer.assert_refused("DatePaid 2026-03-10 is within the locked period (Lock Date 2026-03-10)");
}

#[tokio::test]
async fn a_foreign_sale_is_paid_into_an_account_of_its_currency() {
    let bench = Bench::start().await;
    bench
        .make("customer", &with(CUSTOMER, r#"{"Currency": "EUR"}"#))
        .await;
    let sale = bench.sale_with(r#"{"CurrencyRate": 1.08}"#).await;
    bench.make("sale/order", &order(&sale, LINE)).await;
    bench.make("sale/invoice", &invoice(&sale, LINE)).await;
    let body = with(
        &payment(&sale, "330"),
        r#"{"Account": "091", "CurrencyRate": 1.08}"#,
    );
    assert_eq!(
        bench.make("sale/payment", &body).await.at("/CurrencyRate"),
        "1.08"
    );
}
