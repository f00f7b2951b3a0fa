//! Bills, from the supplier to the payment and back.

use cin7::{Error, PurchaseKind};
use money::Decimal;

use crate::bench::{Bench, MARK, header, invoice, order, payment, supplier};

const KINDS: [PurchaseKind; 2] = [PurchaseKind::Simple, PurchaseKind::Service];

#[tokio::test]
async fn a_bill_is_posted_paid_and_found_by_each_of_its_marks() {
    for (kind, total) in KINDS.into_iter().zip([19800, 8800]) {
        let bench = Bench::start().await;
        let purchase = bench.billed(kind).await;
        let paying = payment(purchase.invoice_task());
        let paid = bench.writer.create_purchase_payment(&paying).await;
        let reader = bench.reader();
        let payments = reader.purchase_payments(&purchase.id).await.unwrap();
        assert_eq!(payments, [paid.unwrap().value]);
        assert_eq!(payments[0].differences(&cin7::payment_request(&paying)), []);

        let rows = reader.purchases_numbered("FB-BILL-321").await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].purchase_id, purchase.id);
        assert_eq!(rows[0].invoice_amount, Some(Decimal::new(total, 2)));
        assert_eq!(rows[0].paid_amount, Some(Decimal::new(5000, 2)));
        let supplier = rows[0].supplier_id.clone().unwrap();
        let since = "2026-03-10T08:00:00Z".parse().unwrap();
        let marked = reader.purchases_marked(MARK, &supplier, since).await;
        assert_eq!(marked.unwrap()[0].id, purchase.id);
        let nobody = reader.purchases_numbered("FB-BILL").await;
        assert_eq!(nobody, Ok(Vec::new()), "a beginning is not the number");
    }
}

#[tokio::test]
async fn what_stands_is_what_was_sent_until_a_person_changes_it() {
    for kind in KINDS {
        let bench = Bench::start().await;
        let purchase = bench.billed(kind).await;
        let task = purchase.invoice_task();
        let sent_order = cin7::purchase_order_request(&purchase.id, &order(kind));
        let sent_invoice = cin7::purchase_invoice_request(&purchase.id, task, &invoice(kind));
        let supplier = purchase.supplier_id.clone().unwrap();
        let sent_header = cin7::purchase_header_request(&header(&supplier, kind));
        let reader = bench.reader();
        let shown = reader.shown_purchase(&purchase.id).await.unwrap().unwrap();
        assert_eq!(shown.header_differences(&sent_header), []);
        assert_eq!(shown.order_differences(&sent_order), []);
        assert_eq!(shown.invoice_differences(&sent_invoice), []);
        assert_eq!(shown.dependents(), Vec::<String>::new());

        let id = purchase.id.parse().unwrap();
        bench.stand_in.change_purchase(&bench.keys, id, |purchase| {
            purchase.invoices[0].charges[1].account = Some("404".to_owned());
            purchase.header.note = "by hand".to_owned();
        });
        bench.stand_in.receive_stock(&bench.keys, id);
        let shown = reader.shown_purchase(&purchase.id).await.unwrap().unwrap();
        let told: Vec<String> = shown
            .invoice_differences(&sent_invoice)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, ["charge 2 Account 400 → 404"]);
        assert_eq!(shown.header_differences(&sent_header)[0].what, "Note");
        assert_eq!(shown.dependents(), ["received stock"]);
        assert!(!shown.purchase().is_marked(MARK));
    }
}

#[tokio::test]
async fn a_bill_goes_through_whichever_way_the_open_questions_are_answered() {
    let bench = Bench::quirky(|quirks| {
        quirks.purchases.tasks_have_ids_of_their_own = true;
        quirks.purchases.generates_invoice_numbers = true;
        quirks.purchases.invoice_converts_simple_purchases = true;
    })
    .await;
    let purchase = bench.billed(PurchaseKind::Simple).await;
    assert_ne!(purchase.invoice_task(), purchase.id);
    let read = bench
        .reader()
        .purchase(&purchase.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.invoices[0].number.as_deref(), Some("BILL-00001"));
    assert_eq!(read.kind, "Advanced Purchase");
    let paying = payment(purchase.invoice_task());
    let paid = bench.writer.create_purchase_payment(&paying).await;
    assert!(paid.is_ok(), "{paid:?}");

    let bench = Bench::quirky(|quirks| {
        quirks.purchases.invoices_service_without_order = true;
        quirks.purchases.refuses_orders_of_services = true;
    })
    .await;
    let purchase = bench.header(PurchaseKind::Service).await;
    let invoice = invoice(PurchaseKind::Service);
    let order = order(PurchaseKind::Service);
    let refused = bench.writer.post_purchase_order(&purchase.id, &order).await;
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    let task = purchase.invoice_task();
    let invoiced = bench
        .writer
        .post_purchase_invoice(&purchase.id, task, &invoice);
    assert_eq!(
        invoiced.await.unwrap().value.invoices[0].total,
        Some(Decimal::from(88))
    );
}

#[tokio::test]
async fn a_bill_is_undone_posted_again_and_voided() {
    let bench = Bench::start().await;
    let purchase = bench.billed(PurchaseKind::Simple).await;
    let paying = payment(&purchase.id);
    let paid = bench.writer.create_purchase_payment(&paying).await;
    let paid = paid.unwrap().value;
    let held = bench.writer.undo_purchase(&purchase.id).await;
    assert!(matches!(held, Err(Error::Refused(_))), "{held:?}");
    let changed = cin7::NewPurchasePayment {
        amount: Decimal::ONE,
        ..paying
    };
    let changed = bench.writer.update_purchase_payment(&paid.id, &changed);
    assert_eq!(changed.await.unwrap().value.amount, Decimal::ONE);
    let deleted = bench.writer.delete_purchase_payment(&paid.id);
    assert!(deleted.await.is_ok());
    assert!(bench.writer.undo_purchase(&purchase.id).await.is_ok());
    let order = order(PurchaseKind::Simple);
    let again = bench.writer.post_purchase_order(&purchase.id, &order);
    assert!(again.await.is_ok());
    let alone = bench
        .writer
        .undo_purchase_invoice(&purchase.id, &purchase.id)
        .await;
    assert!(matches!(alone, Err(Error::Refused(_))), "{alone:?}");
    let voided = bench.writer.void_purchase(&purchase.id).await;
    assert_eq!(voided.unwrap().value.status, "VOIDED");
}

#[tokio::test]
async fn the_invoice_of_a_service_purchase_is_undone_alone() {
    let bench = Bench::start().await;
    let purchase = bench.billed(PurchaseKind::Service).await;
    let undone = bench
        .writer
        .undo_purchase_invoice(&purchase.id, purchase.invoice_task());
    assert_eq!(undone.await.unwrap().value.invoices[0].status, "DRAFT");
}

#[tokio::test]
async fn a_delete_that_answers_200_and_changes_nothing_is_not_believed() {
    let bench = Bench::quirky(|quirks| quirks.purchases.deletes_change_nothing = true).await;
    let purchase = bench.billed(PurchaseKind::Service).await;
    let (id, task) = (purchase.id.as_str(), purchase.invoice_task());
    for result in [
        bench.writer.undo_purchase(id).await,
        bench.writer.void_purchase(id).await,
        bench.writer.undo_purchase_invoice(id, task).await,
    ] {
        assert!(matches!(result, Err(Error::Uncertain(_))), "{result:?}");
    }
}

#[tokio::test]
async fn a_supplier_is_found_by_exactly_its_name() {
    let bench = Bench::start().await;
    bench.header(PurchaseKind::Simple).await;
    let reader = bench.reader();
    let found = reader.suppliers_named(" paper MILL ").await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(reader.suppliers_named("Paper").await, Ok(Vec::new()));
    let again = bench.writer.create_supplier(&supplier()).await;
    assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
}
