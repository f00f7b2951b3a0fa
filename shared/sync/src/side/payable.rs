//! Payments of sales and of purchases: the same figures, at addresses and under steps of their own.

use cin7::{
    Echo, Error, NewSalePayment, SalePayment, Writer, delete_payment_request,
    delete_purchase_payment_request,
};
use ledger::Evidence;

use super::{Purchases, Sales, Side};

/// A side whose documents are paid.
pub(crate) trait Payable: Side {
    /// What people call the document in FreshBooks.
    const PAID: &'static str;
    /// What is over, where more is paid than is open.
    const REST: &'static str;
    /// The step that makes a payment.
    const PAYMENT: &'static str;
    /// The step that changes it.
    const PAYMENT_UPDATE: &'static str;
    /// The step that takes it away.
    const PAYMENT_REMOVAL: &'static str;

    /// Keeps the id of the document that a payment stands on.
    fn keep_id(evidence: &mut Evidence, id: &str);

    /// What takes a payment away.
    fn removal_request(payment_id: &str) -> String;
    /// Enters a payment.
    fn create_payment(
        writer: &Writer,
        payment: &NewSalePayment,
    ) -> impl Future<Output = Result<Echo<SalePayment>, Error>> + Send;
    /// Changes a payment.
    fn update_payment(
        writer: &Writer,
        id: &str,
        payment: &NewSalePayment,
    ) -> impl Future<Output = Result<Echo<SalePayment>, Error>> + Send;
    /// Takes a payment away.
    fn delete_payment(
        writer: &Writer,
        id: &str,
    ) -> impl Future<Output = Result<Echo<()>, Error>> + Send;
}

impl Payable for Sales {
    const PAID: &'static str = "invoice";
    const REST: &'static str = "a credit of the customer";
    const PAYMENT: &'static str = "payment";
    const PAYMENT_UPDATE: &'static str = "update";
    const PAYMENT_REMOVAL: &'static str = "removal";

    fn keep_id(evidence: &mut Evidence, id: &str) {
        evidence.sale_id = Some(id.to_owned());
    }

    fn removal_request(payment_id: &str) -> String {
        delete_payment_request(payment_id)
    }

    async fn create_payment(
        writer: &Writer,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        writer.create_payment(payment).await
    }

    async fn update_payment(
        writer: &Writer,
        id: &str,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        writer.update_payment(id, payment).await
    }

    async fn delete_payment(writer: &Writer, id: &str) -> Result<Echo<()>, Error> {
        writer.delete_payment(id).await
    }
}

impl Payable for Purchases {
    const PAID: &'static str = "bill";
    const REST: &'static str = "a deposit with the supplier";
    const PAYMENT: &'static str = "purchase payment";
    const PAYMENT_UPDATE: &'static str = "purchase payment update";
    const PAYMENT_REMOVAL: &'static str = "purchase payment removal";

    fn keep_id(evidence: &mut Evidence, id: &str) {
        evidence.purchase_id = Some(id.to_owned());
    }

    fn removal_request(payment_id: &str) -> String {
        delete_purchase_payment_request(payment_id)
    }

    async fn create_payment(
        writer: &Writer,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        writer.create_purchase_payment(payment).await
    }

    async fn update_payment(
        writer: &Writer,
        id: &str,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        writer.update_purchase_payment(id, payment).await
    }

    async fn delete_payment(writer: &Writer, id: &str) -> Result<Echo<()>, Error> {
        writer.delete_purchase_payment(id).await
    }
}
