//! Purchases undone and voided.

use cin7_stand_in::DocumentStatus;

use crate::bench::{Bench, payment};
use crate::bills::{COST, SERVICE, bill_invoice, bill_order};

#[tokio::test]
async fn an_undone_purchase_is_open_again_and_can_be_posted_again() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let undone = bench
        .delete(&format!("advanced-purchase?ID={purchase}"))
        .await;
    assert_eq!(undone.at("/Status"), "ORDERING");
    assert_eq!(undone.at("/Invoice/0/Status"), "DRAFT");
    bench
        .make("purchase/order", &bill_order(&purchase, "", COST))
        .await;
    let invoice = bill_invoice(&purchase, "", COST);
    let answer = bench.make("advanced-purchase/invoice", &invoice).await;
    assert_eq!(answer.at("/Invoices/0/Total"), "88.0");
}

#[tokio::test]
async fn a_voided_purchase_stays_void() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    let path = format!("advanced-purchase?ID={purchase}&Void=true");
    let voided = bench.delete(&path).await;
    assert_eq!(voided.at("/Status"), "VOIDED");
    assert_eq!(voided.at("/Invoice/0/Status"), "VOIDED");
    let again = bench.delete(&path).await;
    again.assert_refused("Purchase is already VOIDED");
}

#[tokio::test]
async fn payments_hold_a_purchase_unless_the_quirk_lets_it_go() {
    let bench = Bench::start().await;
    let purchase = bench.billed().await;
    bench
        .make("advanced-purchase/payment", &payment(&purchase, "1"))
        .await;
    let path = format!("advanced-purchase?ID={purchase}");
    let answer = bench.delete(&path).await;
    answer.assert_refused("Purchase has payments and cannot be undone or voided");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.undoes_paid_documents = true;
    });
    assert_eq!(bench.delete(&path).await.at("/Status"), "ORDERING");
}

#[tokio::test]
async fn an_invoice_alone_is_undone_but_not_on_a_simple_purchase() {
    let bench = Bench::start().await;
    let simple = bench.billed().await;
    let path = format!("advanced-purchase/invoice?TaskID={simple}&Void=false");
    let answer = bench.delete(&path).await;
    answer.assert_refused("This method is not available for Simple Purchase");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.purchases.undoes_invoices_of_simple_purchases = true;
    });
    assert_eq!(bench.delete(&path).await.at("/Invoices/0/Status"), "DRAFT");

    let service = bench.ordered_purchase(SERVICE).await;
    let invoice = bill_invoice(&service, "", COST);
    bench.make("advanced-purchase/invoice", &invoice).await;
    let path = format!("advanced-purchase/invoice?TaskID={service}&Void=true");
    assert_eq!(bench.delete(&path).await.at("/Invoices/0/Status"), "VOIDED");
}

#[tokio::test]
async fn a_delete_may_answer_200_and_change_nothing() {
    let bench = Bench::quirky_purchases(|quirks| quirks.deletes_change_nothing = true).await;
    let purchase = bench.billed().await;
    let path = format!("advanced-purchase?ID={purchase}&Void=true");
    assert_eq!(bench.delete(&path).await.status, 200);
    let stored = bench.stored_purchase(&purchase);
    assert_eq!(stored.invoices[0].status, DocumentStatus::Authorised);
}
