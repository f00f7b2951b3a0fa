//! A FreshBooks bill payment as a payment of a Cin7 purchase.

use freshbooks::BillPayment;
use money::Money;

use crate::dates;
use crate::facts::Facts;
use crate::held::Held;
use crate::payment::{Paid, PaymentPlan, amount_is_a_payment, of_document, plan_paid};
use crate::settings::Settings;

/// What has to be known of the bill that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBill {
    /// The vendor's number; may be empty.
    pub number: String,
    /// What is left to pay before this payment, in the currency of the bill.
    pub open: Money,
}

/// What keeps a bill payment out, whatever its bill and the Cin7 account are. One that an expense from
/// the bank was matched with crosses; it is the expense that stays out.
///
/// # Errors
/// [`Held`], the first reason: before the start date, not above nothing, or with more decimals than
/// Cin7 keeps.
pub fn bill_payment_crosses(payment: &BillPayment, settings: &Settings) -> Result<(), Held> {
    dates::start_date(&undated(payment), payment.paid_on, settings)?;
    amount_is_a_payment(&dated(payment), payment.amount)
}

/// Plans the payment of a purchase.
///
/// # Errors
/// [`Held`], the first reason for which the payment does not cross: what [`bill_payment_crosses`]
/// says, another currency than the bill's, more than is open, a locked period, then an account or a
/// rate that the settings lack.
pub fn plan_bill_payment(
    payment: &BillPayment,
    bill: &PaidBill,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<PaymentPlan, Held> {
    bill_payment_crosses(payment, settings)?;
    let of_bill = of_document("bill", &bill.number);
    let paid = Paid {
        record: dated(payment) + &of_bill,
        undated: undated(payment) + &of_bill,
        noun: "payment",
        document: "bill",
        kind: &payment.kind,
        amount: payment.amount,
        day: payment.paid_on,
        owed_in: bill.open.currency,
    };
    not_too_much(&paid, bill)?;
    plan_paid(&paid, settings, facts)
}

fn not_too_much(paid: &Paid<'_>, bill: &PaidBill) -> Result<(), Held> {
    let same_currency = paid.amount.currency == bill.open.currency;
    if !same_currency || paid.amount.amount <= bill.open.amount {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} is of {}, and only {} is open; correct it in FreshBooks, or enter what is over as \
             a deposit in Cin7 by hand.",
            paid.record, paid.amount, bill.open
        ),
    })
}

fn dated(payment: &BillPayment) -> String {
    format!("{} of {}", undated(payment), payment.paid_on)
}

fn undated(payment: &BillPayment) -> String {
    format!("Bill payment {}", payment.id)
}
