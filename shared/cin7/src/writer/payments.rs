//! Payments: made, changed, taken away.

use super::{Writer, echo};
use crate::call::{Call, Verb};
use crate::request::{Deletion, payment_request, payment_update_request};
use crate::wire::{Deleted, PaymentRow};
use crate::{Echo, Error, NewSalePayment, SalePayment};

const PATH: &str = "sale/payment";

impl Writer {
    /// Enters a payment of an authorised invoice. What is sent is [`payment_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no id, or another reference or amount than was
    /// sent; else as [`Error`] says.
    pub async fn create_payment(
        &self,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        let read =
            |answer: &str| serde_json::from_str(answer).map(|row: PaymentRow| row.echo_of(payment));
        self.post(PATH, payment_request(payment), read).await
    }

    /// Changes a payment: amount, day, account, rate and reference. Its task and type stay as they
    /// are. What is sent is [`payment_update_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another payment, reference or amount than was
    /// sent; else as [`Error`] says.
    pub async fn update_payment(
        &self,
        id: &str,
        payment: &NewSalePayment,
    ) -> Result<Echo<SalePayment>, Error> {
        let call = Call::Write(Verb::Put, PATH);
        let request = payment_update_request(id, payment);
        let response = self.endpoint.put(PATH, request).await?;
        let echo = echo(call, response, |answer| {
            serde_json::from_str(answer).map(|row: PaymentRow| row.echo_of(payment))
        })?;
        let shown = &echo.value.id;
        if shown.eq_ignore_ascii_case(id) {
            return Ok(echo);
        }
        Err(call.without_outcome(format!(
            "sent for payment {id}, it was answered with payment {shown}"
        )))
    }

    /// Takes a payment away. What is sent is [`crate::delete_payment_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer does not say that it succeeded; else as [`Error`] says.
    pub async fn delete_payment(&self, id: &str) -> Result<Echo<()>, Error> {
        let deletion = Deletion::of_payment(id);
        self.delete(&deletion, |answer| {
            serde_json::from_str(answer).map(|deleted: Deleted| deleted.confirmed())
        })
        .await
    }
}
