//! Suppliers, purchases and their payments.

use super::{Writer, echo};
use crate::call::{Call, Verb};
use crate::request::{
    Deletion, deprecation_request, payment_request, payment_update_request,
    purchase_header_request, purchase_invoice_request, purchase_order_request, supplier_request,
};
use crate::wire::{Deleted, PaymentRow, PurchaseDocument, created_supplier};
use crate::{
    Echo, Error, NewPurchasePayment, NewSupplier, Purchase, PurchaseHeader, PurchaseInvoice,
    PurchaseOrder, PurchasePayment, Supplier,
};

const HEADER: &str = "advanced-purchase";
/// There is no newer address for orders (docs/cin7-api.md, purchases).
const ORDER: &str = "purchase/order";
const INVOICE: &str = "advanced-purchase/invoice";
const PAYMENT: &str = "advanced-purchase/payment";

impl Writer {
    /// Makes a supplier. What is sent is [`supplier_request`].
    ///
    /// # Errors
    /// [`Error::Refused`] for a name that is taken; [`Error::Uncertain`] when the answer shows no
    /// supplier id; else as [`Error`] says.
    pub async fn create_supplier(&self, supplier: &NewSupplier) -> Result<Echo<Supplier>, Error> {
        self.post("supplier", supplier_request(supplier), created_supplier)
            .await
    }

    /// Deprecates a supplier, which stays in Cin7 and is offered no more: suppliers are not deleted. What is
    /// left out of the request stays as it is (docs/cin7-api.md, customers and suppliers).
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no supplier id; else as [`Error`] says.
    pub async fn deprecate_supplier(&self, id: &str, name: &str) -> Result<Echo<Supplier>, Error> {
        let path = "supplier";
        let response = self
            .endpoint
            .put(path, deprecation_request(id, name))
            .await?;
        echo(Call::Write(Verb::Put, path), response, created_supplier)
    }

    /// Makes a purchase without lines. What is sent is [`purchase_header_request`].
    ///
    /// The note in the echo is for the caller to compare.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no purchase id; else as [`Error`] says.
    pub async fn create_purchase(&self, header: &PurchaseHeader) -> Result<Echo<Purchase>, Error> {
        self.post(HEADER, purchase_header_request(header), |answer| {
            serde_json::from_str(answer).map(PurchaseDocument::purchase)
        })
        .await
    }

    /// Authorises the order of a purchase, replacing its lines. What is sent is
    /// [`purchase_order_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another purchase, or no authorised order, or one
    /// without lines and charges; else as [`Error`] says.
    pub async fn post_purchase_order(
        &self,
        purchase_id: &str,
        order: &PurchaseOrder,
    ) -> Result<Echo<Purchase>, Error> {
        let request = purchase_order_request(purchase_id, order);
        let echo = self.post(ORDER, request, |answer| {
            serde_json::from_str(answer).map(PurchaseDocument::with_authorised_order)
        });
        of_purchase(purchase_id, Call::Write(Verb::Post, ORDER), echo.await?)
    }

    /// Authorises the invoice of a purchase, at the task that [`Purchase::invoice_task`] names. What is
    /// sent is [`purchase_invoice_request`].
    ///
    /// Compare the number in the echo: Cin7 may have numbered the invoice itself.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another purchase, or no authorised invoice of this
    /// task; else as [`Error`] says.
    pub async fn post_purchase_invoice(
        &self,
        purchase_id: &str,
        task_id: &str,
        invoice: &PurchaseInvoice,
    ) -> Result<Echo<Purchase>, Error> {
        let request = purchase_invoice_request(purchase_id, task_id, invoice);
        let echo = self.post(INVOICE, request, |answer| {
            serde_json::from_str(answer).map(|document: PurchaseDocument| {
                document.with_authorised_invoice(purchase_id, task_id)
            })
        });
        of_purchase(purchase_id, Call::Write(Verb::Post, INVOICE), echo.await?)
    }

    /// Takes a whole purchase back to draft, order and invoice alike. What is sent is
    /// [`crate::undo_purchase_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another purchase, an invoice that still counts, or no
    /// invoices at all; else as [`Error`] says.
    pub async fn undo_purchase(&self, purchase_id: &str) -> Result<Echo<Purchase>, Error> {
        let deletion = Deletion::of_purchase(purchase_id, false);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(PurchaseDocument::undone)
        });
        of_purchase(purchase_id, deletion.call(), echo.await?)
    }

    /// Voids a whole purchase, for good. What is sent is [`crate::void_purchase_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another purchase, or one that is not voided; else as
    /// [`Error`] says.
    pub async fn void_purchase(&self, purchase_id: &str) -> Result<Echo<Purchase>, Error> {
        let deletion = Deletion::of_purchase(purchase_id, true);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(PurchaseDocument::voided)
        });
        of_purchase(purchase_id, deletion.call(), echo.await?)
    }

    /// Takes one invoice back to draft; the order stays authorised. What is sent is
    /// [`crate::undo_purchase_invoice_request`]. Not available for simple purchases.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another purchase, or does not show that this invoice
    /// is open again: read the purchase then. Else as [`Error`] says.
    pub async fn undo_purchase_invoice(
        &self,
        purchase_id: &str,
        task_id: &str,
    ) -> Result<Echo<Purchase>, Error> {
        let deletion = Deletion::of_purchase_invoice(task_id);
        let echo = self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(|document: PurchaseDocument| {
                document.with_invoice_undone(purchase_id, task_id)
            })
        });
        of_purchase(purchase_id, deletion.call(), echo.await?)
    }

    /// Enters a payment of an authorised invoice. What is sent is [`payment_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no id, or another reference or amount than was
    /// sent; else as [`Error`] says.
    pub async fn create_purchase_payment(
        &self,
        payment: &NewPurchasePayment,
    ) -> Result<Echo<PurchasePayment>, Error> {
        self.post(PAYMENT, payment_request(payment), |answer| {
            serde_json::from_str(answer).map(|row: PaymentRow| row.echo_of(payment))
        })
        .await
    }

    /// Changes a payment: amount, day, account, rate and reference. What is sent is
    /// [`payment_update_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another payment, reference or amount than was
    /// sent; else as [`Error`] says.
    pub async fn update_purchase_payment(
        &self,
        id: &str,
        payment: &NewPurchasePayment,
    ) -> Result<Echo<PurchasePayment>, Error> {
        let call = Call::Write(Verb::Put, PAYMENT);
        let request = payment_update_request(id, payment);
        let response = self.endpoint.put(PAYMENT, request).await?;
        let echo = echo(call, response, |answer| {
            serde_json::from_str(answer).map(|row: PaymentRow| row.echo_of(payment))
        })?;
        shown_is(call, "payment", id, &echo.value.id)?;
        Ok(echo)
    }

    /// Takes a payment away. What is sent is [`crate::delete_purchase_payment_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer does not say that it succeeded; else as [`Error`] says.
    pub async fn delete_purchase_payment(&self, id: &str) -> Result<Echo<()>, Error> {
        let deletion = Deletion::of_purchase_payment(id);
        self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(|deleted: Deleted| deleted.confirmed())
        })
        .await
    }
}

fn of_purchase(
    purchase_id: &str,
    call: Call,
    echo: Echo<Purchase>,
) -> Result<Echo<Purchase>, Error> {
    shown_is(call, "purchase", purchase_id, &echo.value.id)?;
    Ok(echo)
}

/// Whether a write was answered with the record that it was sent for.
pub(super) fn shown_is(call: Call, what: &str, sent: &str, shown: &str) -> Result<(), Error> {
    if shown.eq_ignore_ascii_case(sent) {
        return Ok(());
    }
    let why = format!("sent for {what} {sent}, it was answered with {what} {shown}");
    Err(call.without_outcome(why))
}
