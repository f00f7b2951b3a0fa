//! The side of purchases.

use cin7::{
    Echo, Error, Purchase, PurchaseInvoice, PurchaseOrder, Reader, SalePayment, ShownPurchase,
    Writer, purchase_invoice_request, purchase_order_request, undo_purchase_invoice_request,
    undo_purchase_request, void_purchase_request,
};
use ledger::Evidence;

use super::{Papers, Side, papers, shown_as};

/// What is bought.
pub(crate) struct Purchases;

/// An invoice, and the task that it is posted to (docs/cin7-api.md, purchase invoice).
pub(crate) struct PlacedInvoice {
    pub(crate) task_id: String,
    pub(crate) invoice: PurchaseInvoice,
}

impl Side for Purchases {
    const NOUN: &'static str = "purchase";
    const HEADER: &'static str = "purchase";
    const ORDER: &'static str = "purchase order";
    const KEPT_ORDER: &'static str = "purchase order kept";
    const INVOICE: &'static str = "purchase invoice";
    const UNDO: &'static str = "purchase undo";
    const VOID: &'static str = "purchase void";

    type Order = PurchaseOrder;
    type Invoice = PlacedInvoice;
    type Shown = ShownPurchase;

    fn id(evidence: &Evidence) -> Option<&str> {
        evidence.purchase_id.as_deref()
    }

    fn order_request(id: &str, order: &PurchaseOrder) -> String {
        purchase_order_request(id, order)
    }

    fn invoice_request(id: &str, placed: &PlacedInvoice) -> String {
        purchase_invoice_request(id, &placed.task_id, &placed.invoice)
    }

    fn undo_request(id: &str) -> String {
        undo_purchase_request(id)
    }

    fn undo_invoice_request(task_id: &str) -> String {
        undo_purchase_invoice_request(task_id)
    }

    fn void_request(id: &str) -> String {
        void_purchase_request(id)
    }

    async fn shown(reader: &Reader, id: &str) -> Result<Option<ShownPurchase>, Error> {
        reader.shown_purchase(id).await
    }

    async fn payments(reader: &Reader, id: &str) -> Result<Vec<SalePayment>, Error> {
        reader.purchase_payments(id).await
    }

    async fn post_order(
        writer: &Writer,
        id: &str,
        order: &PurchaseOrder,
    ) -> Result<Echo<Papers>, Error> {
        writer.post_purchase_order(id, order).await.map(papers)
    }

    async fn post_invoice(
        writer: &Writer,
        id: &str,
        placed: &PlacedInvoice,
    ) -> Result<Echo<Papers>, Error> {
        let posted = writer.post_purchase_invoice(id, &placed.task_id, &placed.invoice);
        posted.await.map(papers)
    }

    async fn undo(writer: &Writer, id: &str) -> Result<Echo<Papers>, Error> {
        writer.undo_purchase(id).await.map(papers)
    }

    async fn undo_invoice(writer: &Writer, id: &str, task_id: &str) -> Result<Echo<Papers>, Error> {
        let undone = writer.undo_purchase_invoice(id, task_id);
        undone.await.map(papers)
    }

    async fn void(writer: &Writer, id: &str) -> Result<Echo<Papers>, Error> {
        writer.void_purchase(id).await.map(papers)
    }
}

impl From<Purchase> for Papers {
    fn from(purchase: Purchase) -> Self {
        Self {
            id: purchase.id,
            status: purchase.status,
            order_number: purchase.order_number,
            order_status: purchase.order_status,
            invoices: purchase.invoices,
        }
    }
}

shown_as!(ShownPurchase, purchase, supplier_id);
