//! The money of a bill, and where it stands.
//!
//! A bill line shows the money of its taxes, so each is rounded to cents on its line, halves away
//! from zero.

use rust_decimal::Decimal;

use super::form::{NewBill, NewBillLine};
use crate::money::cents;
use crate::resource::LineTax;
use crate::shelf::Kept;
use crate::world::{Books, View};

/// What a bill comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Before tax.
    pub(crate) amount: Decimal,
    /// The taxes.
    pub(crate) tax: Decimal,
    /// What its live payments come to.
    pub(crate) paid: Decimal,
    /// Never below zero.
    pub(crate) outstanding: Decimal,
}

impl Totals {
    pub(crate) fn of(kept: &Kept<NewBill>, books: &Books) -> Self {
        let (amount, tax) = (kept.content.amount(), kept.content.tax());
        let payments = books.bill_payments.newest_first();
        let paid = payments
            .filter(|payment| payment.is_live() && payment.content.bill_id == kept.id)
            .map(|payment| cents(payment.content.amount))
            .sum();
        Self {
            amount,
            tax,
            paid,
            outstanding: (amount + tax - paid).max(Decimal::ZERO),
        }
    }

    /// With tax.
    pub(crate) fn total(&self) -> Decimal {
        self.amount + self.tax
    }

    /// `overdue` comes with the day and moves no timestamp; that it hides `partial` is our reading.
    pub(super) fn status(&self, bill: &NewBill, view: &View<'_>) -> &'static str {
        if self.outstanding.is_zero() && !self.paid.is_zero() {
            "paid"
        } else if view.eastern.day(view.now) > bill.due() {
            "overdue"
        } else if self.paid.is_zero() {
            "unpaid"
        } else {
            "partial"
        }
    }
}

impl NewBill {
    /// What it comes to before tax.
    pub(crate) fn amount(&self) -> Decimal {
        self.lines.iter().map(line_amount).sum()
    }

    /// Its taxes.
    pub(crate) fn tax(&self) -> Decimal {
        self.lines.iter().map(line_tax).sum()
    }
}

/// Quantity times unit cost, in cents, before tax.
pub(super) fn line_amount(line: &NewBillLine) -> Decimal {
    cents(line.quantity * line.unit_cost)
}

/// The money of one tax of a line.
pub(super) fn tax_amount(line: &NewBillLine, tax: &LineTax) -> Decimal {
    cents(line_amount(line) * tax.rate / Decimal::ONE_HUNDRED)
}

/// The money of both taxes.
pub(super) fn line_tax(line: &NewBillLine) -> Decimal {
    let taxes = line.tax1.iter().chain(&line.tax2);
    taxes.map(|tax| tax_amount(line, tax)).sum()
}
