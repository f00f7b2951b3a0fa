//! Sales and invoices taken back to draft, and sales voided (docs/cin7-api.md, undo and void).

use super::{Writer, echo, of_sale};
use crate::request::Deletion;
use crate::wire::SaleDocument;
use crate::{Echo, Error, Sale};

impl Writer {
    /// Takes a whole sale back to draft, order and invoice alike. What is sent is
    /// [`crate::undo_sale_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another sale, an invoice that still counts, or no
    /// list of invoices at all; else as [`Error`] says.
    pub async fn undo_sale(&self, sale_id: &str) -> Result<Echo<Sale>, Error> {
        let deletion = Deletion::of_sale(sale_id, false);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(SaleDocument::sale_undone)
        });
        of_sale(sale_id, deletion.call(), echo.await?)
    }

    /// Voids a whole sale, for good. What is sent is [`crate::void_sale_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another sale, or one that is not voided; else as
    /// [`Error`] says.
    pub async fn void_sale(&self, sale_id: &str) -> Result<Echo<Sale>, Error> {
        let deletion = Deletion::of_sale(sale_id, true);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(SaleDocument::sale_voided)
        });
        of_sale(sale_id, deletion.call(), echo.await?)
    }

    /// Takes one invoice back to draft; the order stays authorised. What is sent is
    /// [`crate::undo_invoice_request`]. Documented for advanced sales only.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another sale, or does not show that this invoice is
    /// open again: read the sale then. Else as [`Error`] says.
    pub async fn undo_invoice(&self, sale_id: &str, task_id: &str) -> Result<Echo<Sale>, Error> {
        let deletion = Deletion::of_invoice(task_id);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer)
                .map(|sale: SaleDocument| sale.sale_with_invoice_undone(sale_id, task_id))
        });
        of_sale(sale_id, deletion.call(), echo.await?)
    }

    pub(super) async fn delete<T>(
        &self,
        deletion: &Deletion<'_>,
        read: impl FnOnce(&str) -> Result<Result<T, &'static str>, serde_json::Error>,
    ) -> Result<Echo<T>, Error> {
        let response = self.endpoint.delete(deletion.path, &deletion.query).await?;
        echo(deletion.call(), response, read)
    }
}
