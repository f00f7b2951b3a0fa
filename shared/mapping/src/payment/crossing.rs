//! Whether a payment crosses at all, before anything else is known.

use freshbooks::Payment;
use money::{Decimal, Money, cents};

use super::{dated, undated};
use crate::dates;
use crate::held::Held;
use crate::settings::Settings;

/// What keeps a payment out, whatever its invoice and the Cin7 account are.
///
/// # Errors
/// [`Held`], the first reason: a credit applied, before the start date, tied to no
/// invoice, not above nothing, or with more decimals than Cin7 keeps.
pub fn payment_crosses(payment: &Payment, settings: &Settings) -> Result<(), Held> {
    credit(payment)?;
    dates::start_date(&undated(payment), payment.paid_on, settings)?;
    tied_to_an_invoice(payment)?;
    amount_is_a_payment(&dated(payment), payment.amount)
}

/// The money came in with the payment or the credit note that made the credit
/// (docs/freshbooks-api.md, payments).
fn credit(payment: &Payment) -> Result<(), Held> {
    if !payment.from_credit {
        return Ok(());
    }
    let sentence = format!(
        "{} is a credit applied, not new money, so nothing of it is posted; apply the credit in \
         Cin7 by hand if the invoice should count as paid there.",
        dated(payment)
    );
    Err(Held::skipped("credit", sentence))
}

fn tied_to_an_invoice(payment: &Payment) -> Result<(), Held> {
    if payment.invoice_id.is_some() {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} is tied to no invoice, and in Cin7 a payment belongs to one; apply it to its \
             invoice in FreshBooks, or enter its {} in Cin7 by hand.",
            dated(payment),
            payment.amount
        ),
    })
}

/// Checks that an amount can be a payment in Cin7; `record` is what the sentence starts with.
pub(crate) fn amount_is_a_payment(record: &str, amount: Money) -> Result<(), Held> {
    let why = if amount.amount <= Decimal::ZERO {
        "Cin7 takes only payments above 0; enter it in Cin7 by hand if it is a refund, or correct \
         it in FreshBooks"
    } else if cents(amount.amount) != amount.amount {
        "Cin7 keeps two decimals; enter it in Cin7 by hand"
    } else {
        return Ok(());
    };
    Err(Held::Attention {
        sentence: format!("{record} comes to {amount}, and {why}."),
    })
}
