//! The bodies of payments.

use super::body::PaymentBody;
use super::json;
use crate::day::Day;
use crate::number::Number;
use crate::{NewSalePayment, PaymentType};

/// The body of `POST /sale/payment`. The mark is sent whole, like that of a sale.
#[must_use]
pub fn payment_request(payment: &NewSalePayment) -> String {
    json(&PaymentBody {
        task_id: Some(&payment.task_id),
        kind: Some(match payment.kind {
            PaymentType::Sample => "Payment",
            PaymentType::Capitals => "PAYMENT",
        }),
        ..body(payment)
    })
}

/// The body of `PUT /sale/payment`. Task and type cannot be changed, so neither is sent
/// (docs/cin7-api.md, sale payments).
#[must_use]
pub fn payment_update_request(id: &str, payment: &NewSalePayment) -> String {
    json(&PaymentBody {
        id: Some(id),
        ..body(payment)
    })
}

fn body(payment: &NewSalePayment) -> PaymentBody<'_> {
    PaymentBody {
        id: None,
        task_id: None,
        kind: None,
        amount: Number(payment.amount),
        date_paid: Day(payment.paid_on),
        account: &payment.account,
        currency_rate: Number(payment.currency_rate),
        reference: &payment.reference,
    }
}
