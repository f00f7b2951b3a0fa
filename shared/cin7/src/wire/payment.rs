//! Payments of sales as Cin7 shows them (docs/cin7-api.md, sale payments).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Error as _;
use serde_json::value::RawValue;

use crate::lenient::{Amount, Flag, Text};
use crate::{NewSalePayment, SalePayment, day};

/// A payment, alone as `POST` and `PUT` answer it or as a row of `GET /sale/payment`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PaymentRow {
    #[serde(rename = "ID")]
    id: Text,
    #[serde(rename = "SaleID", alias = "PurchaseID")]
    sale_id: Text,
    #[serde(rename = "TaskID")]
    task_id: Text,
    #[serde(rename = "Type")]
    kind: Text,
    reference: Text,
    amount: Amount,
    date_paid: Text,
    account: Text,
    currency_rate: Amount,
}

impl PaymentRow {
    /// Whether it may be of this sale: a server that ignores the parameter sends those of others,
    /// and says so in each row (docs/cin7-api.md, answers).
    pub(crate) fn may_be_of(&self, sale_id: &str) -> bool {
        let shown = self.sale_id.0.trim();
        shown.is_empty() || shown.eq_ignore_ascii_case(sale_id)
    }

    /// The payment, or what it lacks.
    pub(crate) fn payment(self) -> Result<SalePayment, &'static str> {
        Ok(SalePayment {
            id: self.id.filled().ok_or("the id of the payment")?,
            sale_id: self.sale_id.filled(),
            task_id: self.task_id.filled(),
            kind: self.kind.0,
            reference: self.reference.0,
            amount: self.amount.0.ok_or("the amount of the payment")?,
            paid_on: day::read(&self.date_paid.0),
            account: self.account.0,
            currency_rate: self.currency_rate.0,
        })
    }

    /// The payment of an answer to a write, or what the answer lacks to be believed.
    pub(crate) fn echo_of(self, sent: &NewSalePayment) -> Result<SalePayment, &'static str> {
        let payment = self.payment()?;
        if payment.reference.trim() != sent.reference.trim() {
            return Err("the reference it was sent with");
        }
        if payment.amount != sent.amount {
            return Err("the amount it was sent with");
        }
        Ok(payment)
    }
}

/// The answer to `DELETE /sale/payment`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Deleted {
    success: Flag,
}

impl Deleted {
    /// Nothing, or what the answer lacks to be believed.
    pub(crate) fn confirmed(&self) -> Result<(), &'static str> {
        if self.success.is_set() {
            Ok(())
        } else {
            Err("a word of success")
        }
    }
}

/// The rows of `GET /sale/payment`: a bare array, or the one list of an envelope such as other
/// resources send (docs/cin7-api.md, answers).
///
/// # Errors
/// When the text holds no such list, or says that there is more than it holds.
pub(crate) fn payments(text: &str) -> Result<Vec<PaymentRow>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text);
    }
    let envelope: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    let mut lists = envelope
        .values()
        .filter(|value| value.get().starts_with('['));
    let (Some(list), None) = (lists.next(), lists.next()) else {
        return Err(serde_json::Error::custom("no list of payments"));
    };
    let rows: Vec<PaymentRow> = serde_json::from_str(list.get())?;
    let total = match envelope.get("Total") {
        Some(total) => serde_json::from_str::<Amount>(total.get())?.0,
        None => None,
    };
    if total.is_some_and(|total| total > rows.len().into()) {
        return Err(serde_json::Error::custom("not all payments are shown"));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
