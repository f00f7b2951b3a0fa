//! `/advanced-purchase/invoice`.

use cin7_stand_in::PurchaseType;

use crate::bench::{Bench, with, without};
use crate::bills::{COST, GOODS, SERVICE, bill_invoice};

const INVOICE: &str = "advanced-purchase/invoice";

#[tokio::test]
async fn an_authorised_invoice_keeps_the_suppliers_number_and_the_purchase_is_invoiced() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let answer = bench.get(&format!("{INVOICE}?PurchaseID={purchase}")).await;
    assert_eq!(answer.at("/PurchaseID"), purchase);
    assert_eq!(answer.at("/Invoices/0/InvoiceNumber"), "FB-BILL-321");
    assert_eq!(answer.at("/Invoices/0/Status"), "AUTHORISED");
    assert_eq!(answer.at("/Invoices/0/Total"), "198.0");
    assert_eq!(answer.at("/Invoices/0/Lines/0/Account"), "429");
    assert_eq!(answer.at("/Invoices/0/AdditionalCharges/0/Account"), "400");
    let whole = bench.get(&format!("advanced-purchase?ID={purchase}")).await;
    assert_eq!(whole.at("/Status"), "INVOICED");
    assert_eq!(whole.at("/CombinedInvoiceStatus"), "INVOICED");
    let again = bill_invoice(&purchase, GOODS, COST);
    bench
        .post(INVOICE, &again)
        .await
        .assert_refused("Invoice status must be DRAFT or NOT AVAILABLE");
}

#[tokio::test]
async fn every_required_attribute_is_asked_for_and_each_row_needs_its_account() {
    let bench = Bench::start().await;
    let purchase = bench.ordered_purchase("{}").await;
    let invoice = bill_invoice(&purchase, GOODS, COST);
    for name in [
        "PurchaseID",
        "TaskID",
        "CombineAdditionalCharges",
        "InvoiceDate",
        "InvoiceDueDate",
        "Status",
        "Lines",
    ] {
        let answer = bench.post(INVOICE, &without(&invoice, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    for (lines, charges, sentence) in [
        (
            without(GOODS, "Account"),
            String::new(),
            "Required attribute Account is not provided.",
        ),
        (
            String::new(),
            without(COST, "Account"),
            "Required attribute Account is not provided.",
        ),
        (
            with(GOODS, r#"{"Account": "nope"}"#),
            String::new(),
            "Account 'nope' was not found",
        ),
        (
            String::new(),
            with(COST, r#"{"Description": "Leaflets"}"#),
            "Service product 'Leaflets' was not found",
        ),
        (
            String::new(),
            String::new(),
            "Invoice without lines cannot be authorised",
        ),
    ] {
        let invoice = bill_invoice(&purchase, &lines, &charges);
        bench.post(INVOICE, &invoice).await.assert_refused(sentence);
    }
}

#[tokio::test]
async fn an_invoice_waits_for_its_order_and_for_its_stock() {
    let bench = Bench::start().await;
    let purchase = bench.purchase_with(r#"{"Approach": "STOCK"}"#).await;
    let invoice = bill_invoice(&purchase, GOODS, COST);
    let answer = bench.post(INVOICE, &invoice).await;
    answer.assert_refused("Order status must be AUTHORISED");
    let purchase = bench.ordered_purchase(r#"{"Approach": "STOCK"}"#).await;
    let invoice = bill_invoice(&purchase, GOODS, COST);
    let answer = bench.post(INVOICE, &invoice).await;
    answer.assert_refused("Stock Received status must be AUTHORISED");
    let id = purchase.parse().unwrap();
    assert!(bench.stand_in.receive_stock(&bench.keys, id));
    bench.make(INVOICE, &invoice).await;
}

#[tokio::test]
async fn a_service_purchase_holds_its_lines_as_charges() {
    let bench = Bench::start().await;
    let purchase = bench.ordered_purchase(SERVICE).await;
    let line = with(
        GOODS,
        r#"{"SKU": "FB-SERVICE", "Name": "Imported service", "Comment": "Design"}"#,
    );
    let invoice = bill_invoice(&purchase, &line, COST);
    let answer = bench.make(INVOICE, &invoice).await;
    assert_eq!(answer.json()["Invoices"][0]["Lines"], serde_json::json!([]));
    assert_eq!(
        answer.at("/Invoices/0/AdditionalCharges/1/Reference"),
        "Design"
    );
    let path = format!("advanced-purchase?ID={purchase}&CombineAdditionalCharges=true");
    let combined = bench.get(&path).await;
    assert_eq!(combined.at("/Invoice/0/Lines/1/Comment"), "Design");
    assert_eq!(combined.at("/Invoice/0/AdditionalCharges"), "[]");
    let goods = bench.ordered_purchase(SERVICE).await;
    let answer = bench.post(INVOICE, &bill_invoice(&goods, GOODS, "")).await;
    answer.assert_refused("Product 'WIDGET-1' is not a service");
}

#[tokio::test]
async fn services_and_blind_receipts_skip_the_order_by_quirks() {
    let blind = r#"{"BlindReceipt": true}"#;
    for (change, charges) in [(SERVICE, COST), (blind, COST)] {
        let bench = Bench::start().await;
        let purchase = bench.purchase_with(change).await;
        let invoice = bill_invoice(&purchase, "", charges);
        let answer = bench.post(INVOICE, &invoice).await;
        answer.assert_refused("Order status must be AUTHORISED");
        bench.stand_in.change_account(&bench.keys, |account| {
            account.quirks.purchases.invoices_service_without_order = true;
            account
                .quirks
                .purchases
                .invoices_blind_receipts_without_order = true;
        });
        bench.make(INVOICE, &invoice).await;
    }
}

#[tokio::test]
async fn a_task_may_have_an_id_of_its_own_and_numbers_may_be_generated() {
    let bench = Bench::quirky_purchases(|quirks| {
        quirks.tasks_have_ids_of_their_own = true;
        quirks.generates_invoice_numbers = true;
        quirks.invoice_converts_simple_purchases = true;
    })
    .await;
    let purchase = bench.ordered_purchase("{}").await;
    let whole = bench.get(&format!("advanced-purchase?ID={purchase}")).await;
    let task = whole.at("/Invoice/0/TaskID");
    assert_ne!(task, purchase);
    let invoice = bill_invoice(&purchase, GOODS, COST);
    let answer = bench.post(INVOICE, &invoice).await;
    answer.assert_refused("Invoice task with specified ID not found");
    let invoice = with(&invoice, &format!(r#"{{"TaskID": "{task}"}}"#));
    let answer = bench.make(INVOICE, &invoice).await;
    assert_eq!(answer.at("/Invoices/0/InvoiceNumber"), "BILL-00001");
    let stored = bench.stored_purchase(&purchase);
    assert_eq!(stored.purchase_type, PurchaseType::Advanced);
}

#[tokio::test]
async fn the_zero_task_opens_another_invoice_on_an_advanced_purchase_only() {
    let zero = r#"{"TaskID": "00000000-0000-0000-0000-000000000000"}"#;
    let bench = Bench::start().await;
    let simple = bench.ordered_purchase("{}").await;
    let answer = bench
        .post(INVOICE, &with(&bill_invoice(&simple, GOODS, COST), zero))
        .await;
    answer.assert_refused("Invoice task with specified ID not found");
    let advanced = bench
        .ordered_purchase(r#"{"PurchaseType": "Advanced"}"#)
        .await;
    let invoice = with(&bill_invoice(&advanced, "", COST), zero);
    bench.make(INVOICE, &invoice).await;
    bench.make(INVOICE, &invoice).await;
    assert_eq!(bench.stored_purchase(&advanced).invoices.len(), 3);
    let whole = bench.get(&format!("advanced-purchase?ID={advanced}")).await;
    assert_eq!(whole.at("/Status"), "PARTIALLY INVOICED");
}

#[tokio::test]
async fn a_draft_is_changed_in_part_and_an_empty_list_empties_it() {
    let bench = Bench::start().await;
    let purchase = bench.ordered_purchase("{}").await;
    let draft = with(
        &bill_invoice(&purchase, GOODS, COST),
        r#"{"Status": "DRAFT"}"#,
    );
    bench.make(INVOICE, &draft).await;
    let change = |change: &str| {
        with(
            &format!(r#"{{"PurchaseID": "{purchase}", "TaskID": "{purchase}"}}"#),
            change,
        )
    };
    let answer = bench.put(INVOICE, &change(r#"{"Lines": []}"#)).await;
    assert_eq!(answer.at("/Invoices/0/Total"), "88.0");
    assert_eq!(answer.at("/Invoices/0/InvoiceNumber"), "FB-BILL-321");
    let answer = bench
        .put(INVOICE, &change(r#"{"Status": "AUTHORISED"}"#))
        .await;
    assert_eq!(answer.at("/Invoices/0/Status"), "AUTHORISED");
}

#[tokio::test]
async fn a_bill_in_a_locked_period_is_refused() {
    let bench = Bench::start().await;
    let purchase = bench.ordered_purchase("{}").await;
    let lock_date = Some("2026-03-02".parse().unwrap());
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.lock_date = lock_date);
    let answer = bench
        .post(INVOICE, &bill_invoice(&purchase, GOODS, COST))
        .await;
    answer.assert_refused(
        "InvoiceDate 2026-03-02 is within the locked period (Lock Date 2026-03-02)",
    );
}
