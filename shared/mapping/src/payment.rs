//! A FreshBooks payment as a payment of a Cin7 sale.

mod account;
mod crossing;

use freshbooks::Payment;
use jiff::civil::Date;
use money::{Currency, Decimal, Money, round};
use serde::Serialize;

use crate::facts::Facts;
use crate::held::Held;
use crate::settings::Settings;
use crate::text::flat;
use crate::{dates, rate};
pub(crate) use account::EXPENSE;
pub(crate) use crossing::amount_is_a_payment;
pub use crossing::payment_crosses;

/// What has to be known of the invoice that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidInvoice {
    /// The number people see; may be empty.
    pub number: String,
    /// The currency of the invoice, and so of its sale.
    pub currency: Currency,
}

/// A payment of a sale or a purchase, planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentPlan {
    /// What was paid, in the currency of what it pays: above 0, in cents.
    pub amount: Money,
    /// Calendar day of the payment.
    pub paid_on: Date,
    /// Code of the account the money came in on, or went out from.
    pub account: String,
    /// Base currency units per unit of the payment's currency, 4 decimals.
    pub currency_rate: Decimal,
}

/// Money that went one way or the other, whatever it paid.
#[derive(Debug)]
pub(crate) struct Paid<'a> {
    /// What sentences start with.
    pub record: String,
    /// The same without the day, for sentences that go on to tell it.
    pub undated: String,
    /// What it is called: `payment`, `expense`.
    pub noun: &'static str,
    /// What its document is called: `invoice`, `bill`.
    pub document: &'static str,
    /// The type by which the settings choose its account; may be empty.
    pub kind: &'a str,
    pub amount: Money,
    pub day: Date,
    /// The currency of the document it pays.
    pub owed_in: Currency,
}

/// What a payment is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    paid: &'a Paid<'a>,
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

/// Plans the payment of a sale.
///
/// # Errors
/// [`Held`], the first reason for which the payment does not cross: what [`payment_crosses`] says,
/// another currency than the invoice's, a locked period, then an account or a rate that the
/// settings lack.
pub fn plan_payment(
    payment: &Payment,
    invoice: &PaidInvoice,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<PaymentPlan, Held> {
    payment_crosses(payment, settings)?;
    let of_invoice = of_document("invoice", &invoice.number);
    let paid = Paid {
        record: dated(payment) + &of_invoice,
        undated: undated(payment) + &of_invoice,
        noun: "payment",
        document: "invoice",
        kind: &payment.kind,
        amount: payment.amount,
        day: payment.paid_on,
        owed_in: invoice.currency,
    };
    plan_paid(&paid, settings, facts)
}

/// Plans a payment that crosses: its currency, its day, its account and its rate.
pub(crate) fn plan_paid(
    paid: &Paid<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<PaymentPlan, Held> {
    same_currency(paid)?;
    dates::lock_date(&paid.undated, paid.day, facts)?;
    let account = account::account(&Source {
        paid,
        settings,
        facts,
    })?;
    let currency = paid.amount.currency;
    let rate = rate::currency_rate(&paid.record, currency, paid.day, settings, facts)?;
    Ok(PaymentPlan {
        amount: paid.amount,
        paid_on: paid.day,
        account,
        currency_rate: round(rate, 4).normalize(),
    })
}

/// What the settings say is paid from, not looked up in the chart of accounts.
pub(crate) fn paid_from_as_written(
    paid: &Paid<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<String, Held> {
    account::as_written(&Source {
        paid,
        settings,
        facts,
    })
}

/// The document of a payment, as sentences go on with it; nothing where it has no number.
pub(crate) fn of_document(noun: &str, number: &str) -> String {
    let number = flat(number);
    if number.is_empty() {
        return String::new();
    }
    format!(" for {noun} {number}")
}

/// Cin7 takes the amount as one in the document's currency, whatever was meant
/// (docs/cin7-api.md, sale payments).
fn same_currency(paid: &Paid<'_>) -> Result<(), Held> {
    if paid.amount.currency == paid.owed_in {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} is of {}, and the {} is in {}; correct it in FreshBooks, or enter it in Cin7 by \
             hand.",
            paid.record, paid.amount, paid.document, paid.owed_in
        ),
    })
}

/// FreshBooks shows people no number of a payment, so its day goes with it.
fn dated(payment: &Payment) -> String {
    format!("{} of {}", undated(payment), payment.paid_on)
}

fn undated(payment: &Payment) -> String {
    format!("Payment {}", payment.id)
}
