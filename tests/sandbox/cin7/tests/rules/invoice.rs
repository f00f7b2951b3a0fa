//! `/sale/invoice`.

use cin7_stand_in::DocumentStatus;

use crate::bench::{Bench, LINE, invoice, order, payment, with, without};

const ZERO: &str = r#"{"TaskID": "00000000-0000-0000-0000-000000000000"}"#;

#[tokio::test]
async fn an_authorised_invoice_gets_a_number_and_the_sale_is_invoiced() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let body = with(&invoice(&sale, LINE), r#"{"InvoiceNumber": "FB-000123"}"#);
    let answer = bench.make("sale/invoice", &body).await;
    assert_eq!(answer.at("/SaleID"), sale);
    assert_eq!(answer.at("/Invoices/0/TaskID"), sale);
    assert_eq!(answer.at("/Invoices/0/InvoiceNumber"), "INV-00001");
    assert_eq!(answer.at("/Invoices/0/Status"), "AUTHORISED");
    assert_eq!(answer.at("/Invoices/0/Total"), "330.0");
    assert_eq!(
        bench.get(&format!("sale/invoice?SaleID={sale}")).await.text,
        answer.text
    );
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "INVOICED"
    );
}

#[tokio::test]
async fn an_invoice_before_its_authorised_order_is_refused() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    bench
        .make(
            "sale/order",
            &with(&order(&sale, LINE), r#"{"Status": "DRAFT"}"#),
        )
        .await;
    let answer = bench.post("sale/invoice", &invoice(&sale, LINE)).await;
    answer.assert_refused("Order status must be AUTHORISED");
}

#[tokio::test]
async fn every_required_attribute_is_asked_for() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    for name in [
        "SaleID",
        "TaskID",
        "CombineAdditionalCharges",
        "Status",
        "InvoiceDate",
        "InvoiceDueDate",
    ] {
        let answer = bench
            .post("sale/invoice", &without(&invoice(&sale, LINE), name))
            .await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    let answer = bench
        .post("sale/invoice", &invoice(&sale, &without(LINE, "Total")))
        .await;
    answer.assert_refused("Required attribute Total is not provided.");
}

#[tokio::test]
async fn a_line_may_name_a_revenue_account_and_no_other() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let line = with(LINE, r#"{"Account": "400"}"#);
    let answer = bench.post("sale/invoice", &invoice(&sale, &line)).await;
    answer.assert_refused("Revenue account '400' was not found");
    let line = with(LINE, r#"{"Account": "260"}"#);
    let answer = bench.make("sale/invoice", &invoice(&sale, &line)).await;
    assert_eq!(answer.at("/Invoices/0/Lines/0/Account"), "260");
}

#[tokio::test]
async fn an_authorised_invoice_cannot_be_written_again() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let refused = "Invoice status must be DRAFT or NOT AVAILABLE";
    bench
        .post("sale/invoice", &invoice(&sale, LINE))
        .await
        .assert_refused(refused);
    bench
        .put("sale/invoice", &invoice(&sale, LINE))
        .await
        .assert_refused(refused);
}

#[tokio::test]
async fn a_simple_sale_takes_the_zero_guid_only_where_the_quirk_says_so() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let body = with(&invoice(&sale, LINE), ZERO);
    bench
        .post("sale/invoice", &body)
        .await
        .assert_refused("Invoice task with specified ID not found");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.accepts_zero_task_for_simple_sales = true;
    });
    assert_eq!(
        bench
            .make("sale/invoice", &body)
            .await
            .at("/Invoices/0/TaskID"),
        sale
    );
}

#[tokio::test]
async fn on_an_advanced_sale_each_zero_guid_makes_another_invoice() {
    let bench = Bench::start().await;
    let sale = bench.sale_with(r#"{"SaleType": "Advanced"}"#).await;
    bench
        .make(
            "sale/order",
            &order(&sale, &format!("{LINE}, {LINE}, {LINE}")),
        )
        .await;
    let body = with(&invoice(&sale, LINE), ZERO);
    bench.make("sale/invoice", &body).await;
    let answer = bench.make("sale/invoice", &body).await;
    assert_eq!(answer.at("/Invoices/1/InvoiceNumber"), "INV-00002");
    let status = bench
        .get(&format!("sale?ID={sale}"))
        .await
        .at("/CombinedInvoiceStatus");
    assert_eq!(status, "PARTIALLY INVOICED");
}

#[tokio::test]
async fn a_draft_is_changed_in_part_and_an_empty_array_deletes() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let draft = with(
        &invoice(&sale, LINE),
        r#"{"Status": "DRAFT", "Memo": "kept"}"#,
    );
    bench.make("sale/invoice", &draft).await;
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "INVOICING"
    );
    let put = |change: &str| {
        with(
            &format!(r#"{{"SaleID": "{sale}", "TaskID": "{sale}"}}"#),
            change,
        )
    };
    let answer = bench.put("sale/invoice", &put(r#"{"Lines": []}"#)).await;
    assert_eq!(answer.at("/Invoices/0/Total"), "0");
    assert_eq!(answer.at("/Invoices/0/Memo"), "kept");
    let answer = bench
        .put("sale/invoice", &put(r#"{"Status": "AUTHORISED"}"#))
        .await;
    answer.assert_refused("Invoice without lines cannot be authorised");
    let full = format!(r#"{{"Status": "AUTHORISED", "Lines": [{LINE}]}}"#);
    assert_eq!(
        bench
            .put("sale/invoice", &put(&full))
            .await
            .at("/Invoices/0/Status"),
        "AUTHORISED"
    );
}

#[tokio::test]
async fn an_invoice_of_a_simple_sale_is_undone_only_where_the_quirk_says_so() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let path = format!("sale/invoice?TaskID={sale}&Void=false");
    bench
        .delete(&path)
        .await
        .assert_refused("This method is available for Advanced Sale only");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.undoes_invoices_of_simple_sales = true;
    });
    assert_eq!(bench.delete(&path).await.at("/Invoices/0/Status"), "DRAFT");
}

#[tokio::test]
async fn an_invoice_of_an_advanced_sale_is_voided_once_its_payments_are_gone() {
    let bench = Bench::start().await;
    let sale = bench.sale_with(r#"{"SaleType": "Advanced"}"#).await;
    bench.make("sale/order", &order(&sale, LINE)).await;
    let task = bench
        .make("sale/invoice", &with(&invoice(&sale, LINE), ZERO))
        .await
        .at("/Invoices/0/TaskID");
    let paid = bench
        .make("sale/payment", &payment(&task, "1.00"))
        .await
        .at("/ID");
    let path = format!("sale/invoice?TaskID={task}&Void=true");
    bench
        .delete(&path)
        .await
        .assert_refused("Invoice has payments and cannot be undone or voided");
    bench.delete(&format!("sale/payment?ID={paid}")).await;
    assert_eq!(bench.delete(&path).await.at("/Invoices/0/Status"), "VOIDED");
    assert_eq!(
        bench.stored(&sale).invoices[0].status,
        DocumentStatus::Voided
    );
}

#[tokio::test]
async fn an_invoice_dated_on_the_lock_date_is_refused_and_a_day_later_is_not() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let lock = |day: &str| {
        let lock_date = Some(day.parse().unwrap());
        bench
            .stand_in
            .change_account(&bench.keys, |account| account.lock_date = lock_date);
    };
    lock("2026-03-01");
    let answer = bench.post("sale/invoice", &invoice(&sale, LINE)).await;
    answer.assert_refused(
        "InvoiceDate 2026-03-01 is within the locked period (Lock Date 2026-03-01)",
    );
    lock("2026-02-28");
    bench.make("sale/invoice", &invoice(&sale, LINE)).await;
}

#[tokio::test]
async fn tax_inclusive_totals_contain_their_tax() {
    let bench = Bench::start().await;
    let sale = bench.sale_with(r#"{"TaxInclusive": "true"}"#).await;
    bench.make("sale/order", &order(&sale, LINE)).await;
    let answer = bench.make("sale/invoice", &invoice(&sale, LINE)).await;
    assert_eq!(answer.at("/Invoices/0/TotalBeforeTax"), "270.0");
    assert_eq!(answer.at("/Invoices/0/Total"), "300.0");
}

#[tokio::test]
async fn amounts_are_written_with_exactly_their_own_digits() {
    let bench = Bench::start().await;
    let sale = bench.ordered().await;
    let line = with(
        LINE,
        r#"{"Quantity": 1, "Price": 0.1000, "Tax": 0.0100, "Total": 0.10}"#,
    );
    let answer = bench.make("sale/invoice", &invoice(&sale, &line)).await;
    assert!(
        answer.text.contains(r#""Price":0.1000,"#),
        "{}",
        answer.text
    );
}
