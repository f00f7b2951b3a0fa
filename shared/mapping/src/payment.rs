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
pub use crossing::payment_crosses;

/// What has to be known of the invoice that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidInvoice {
    /// The number people see; may be empty.
    pub number: String,
    /// The currency of the invoice, and so of its sale.
    pub currency: Currency,
}

/// A payment of a sale, planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentPlan {
    /// What was paid, in the currency of the sale: above 0, in cents.
    pub amount: Money,
    /// Calendar day of the payment.
    pub paid_on: Date,
    /// Code of the account the money came in on.
    pub account: String,
    /// Base currency units per unit of the payment's currency, 4 decimals.
    pub currency_rate: Decimal,
}

/// What a payment is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    payment: &'a Payment,
    invoice: &'a PaidInvoice,
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

impl Source<'_> {
    /// The payment as sentences start with it.
    fn record(&self) -> String {
        dated(self.payment) + &self.of_invoice()
    }

    /// The same without the day, for sentences that go on to tell it.
    fn undated_record(&self) -> String {
        undated(self.payment) + &self.of_invoice()
    }

    fn of_invoice(&self) -> String {
        let number = flat(&self.invoice.number);
        if number.is_empty() {
            return String::new();
        }
        format!(" for invoice {number}")
    }
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
    let source = Source {
        payment,
        invoice,
        settings,
        facts,
    };
    same_currency(&source)?;
    dates::lock_date(&source.undated_record(), payment.paid_on, facts)?;
    let account = account::account(&source)?;
    let currency = payment.amount.currency;
    let rate = rate::currency_rate(&source.record(), currency, payment.paid_on, settings, facts)?;
    Ok(PaymentPlan {
        amount: payment.amount,
        paid_on: payment.paid_on,
        account,
        currency_rate: round(rate, 4).normalize(),
    })
}

/// Cin7 takes the amount as one in the sale's currency, whatever was meant
/// (docs/cin7-api.md, sale payments).
fn same_currency(source: &Source<'_>) -> Result<(), Held> {
    let (paid, owed) = (source.payment.amount, source.invoice.currency);
    if paid.currency == owed {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} is of {paid}, and the invoice is in {owed}; correct it in FreshBooks, or enter it \
             in Cin7 by hand.",
            source.record()
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
