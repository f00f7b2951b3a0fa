//! Sums of documents.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::record::{Charge, DocumentStatus, Invoice, Line, Sale};

/// The sums of an order or an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Without tax.
    pub(crate) before_tax: Decimal,
    /// Tax money.
    pub(crate) tax: Decimal,
    /// With tax.
    pub(crate) total: Decimal,
}

/// The sums of lines and charges.
pub(super) fn totals(lines: &[Line], charges: &[Charge], tax_inclusive: bool) -> Totals {
    let line_sums = lines.iter().map(|line| (line.total, line.tax));
    let charge_sums = charges.iter().map(|charge| (charge.total, charge.tax));
    totals_of(line_sums.chain(charge_sums), tax_inclusive)
}

/// The sums of rows, each a total and its tax.
pub(crate) fn totals_of(
    rows: impl Iterator<Item = (Decimal, Decimal)>,
    tax_inclusive: bool,
) -> Totals {
    let (sum, tax) = rows.fold(
        (Decimal::ZERO, Decimal::ZERO),
        |(sum, taxes), (total, tax)| (sum + total, taxes + tax),
    );
    let before_tax = if tax_inclusive { sum - tax } else { sum };
    Totals {
        before_tax,
        tax,
        total: before_tax + tax,
    }
}

impl Sale {
    /// What an invoice comes to, tax included, in the sale's currency.
    #[must_use]
    pub fn invoice_total(&self, invoice: &Invoice) -> Decimal {
        totals(&invoice.lines, &invoice.charges, self.tax_inclusive).total
    }

    /// What was paid towards a task, in the sale's currency.
    #[must_use]
    pub fn paid(&self, task_id: Uuid) -> Decimal {
        let of_task = self
            .payments
            .iter()
            .filter(|payment| payment.task_id == task_id);
        of_task.map(|payment| payment.amount).sum()
    }

    /// What all payments come to.
    pub(super) fn paid_in_all(&self) -> Decimal {
        self.payments.iter().map(|payment| payment.amount).sum()
    }

    /// What the authorised invoices come to.
    pub(super) fn invoiced(&self) -> Decimal {
        self.authorised_invoices()
            .map(|invoice| self.invoice_total(invoice))
            .sum()
    }

    /// The authorised invoices.
    pub(crate) fn authorised_invoices(&self) -> impl Iterator<Item = &Invoice> {
        self.invoices
            .iter()
            .filter(|invoice| invoice.status == DocumentStatus::Authorised)
    }
}
