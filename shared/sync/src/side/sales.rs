//! The side of sales.

use cin7::{
    Echo, Error, Reader, Sale, SaleInvoice, SaleOrder, SalePayment, ShownSale, Writer,
    invoice_request, order_request, undo_invoice_request, undo_sale_request, void_sale_request,
};
use ledger::Evidence;

use super::{Papers, Side, papers, shown_as};

/// What is sold.
pub(crate) struct Sales;

impl Side for Sales {
    const NOUN: &'static str = "sale";
    const HEADER: &'static str = "sale";
    const ORDER: &'static str = "order";
    const KEPT_ORDER: &'static str = "order kept";
    const INVOICE: &'static str = "invoice";
    const UNDO: &'static str = "undo";
    const VOID: &'static str = "void";

    type Order = SaleOrder;
    type Invoice = SaleInvoice;
    type Shown = ShownSale;

    fn id(evidence: &Evidence) -> Option<&str> {
        evidence.sale_id.as_deref()
    }

    fn order_request(id: &str, order: &SaleOrder) -> String {
        order_request(id, order)
    }

    fn invoice_request(id: &str, invoice: &SaleInvoice) -> String {
        invoice_request(id, invoice)
    }

    fn undo_request(id: &str) -> String {
        undo_sale_request(id)
    }

    fn undo_invoice_request(task_id: &str) -> String {
        undo_invoice_request(task_id)
    }

    fn void_request(id: &str) -> String {
        void_sale_request(id)
    }

    async fn shown(reader: &Reader, id: &str) -> Result<Option<ShownSale>, Error> {
        reader.shown_sale(id).await
    }

    async fn payments(reader: &Reader, id: &str) -> Result<Vec<SalePayment>, Error> {
        reader.sale_payments(id).await
    }

    async fn post_order(
        writer: &Writer,
        id: &str,
        order: &SaleOrder,
    ) -> Result<Echo<Papers>, Error> {
        writer.post_order(id, order).await.map(papers)
    }

    async fn post_invoice(
        writer: &Writer,
        id: &str,
        invoice: &SaleInvoice,
    ) -> Result<Echo<Papers>, Error> {
        writer.post_invoice(id, invoice).await.map(papers)
    }

    async fn undo(writer: &Writer, id: &str) -> Result<Echo<Papers>, Error> {
        writer.undo_sale(id).await.map(papers)
    }

    async fn undo_invoice(writer: &Writer, id: &str, task_id: &str) -> Result<Echo<Papers>, Error> {
        writer.undo_invoice(id, task_id).await.map(papers)
    }

    async fn void(writer: &Writer, id: &str) -> Result<Echo<Papers>, Error> {
        writer.void_sale(id).await.map(papers)
    }
}

impl From<Sale> for Papers {
    fn from(sale: Sale) -> Self {
        Self {
            id: sale.id,
            status: sale.status,
            order_number: sale.order_number,
            order_status: sale.order_status,
            invoices: sale.invoices,
        }
    }
}

shown_as!(ShownSale, sale, customer_id);
