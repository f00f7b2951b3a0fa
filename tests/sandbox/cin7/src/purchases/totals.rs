//! Sums of a purchase's documents.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::record::{Purchase, PurchaseCharge, PurchaseInvoice};
use crate::sales::totals::{Totals, totals_of};
use crate::sales::{DocumentStatus, Line};

/// The sums of lines and charges.
pub(super) fn totals(lines: &[Line], charges: &[PurchaseCharge], tax_inclusive: bool) -> Totals {
    let lines = lines.iter().map(|line| (line.total, line.tax));
    let charges = charges.iter().map(|charge| (charge.total, charge.tax));
    totals_of(lines.chain(charges), tax_inclusive)
}

impl Purchase {
    /// What an invoice comes to, tax included, in the purchase's currency.
    #[must_use]
    pub fn invoice_total(&self, invoice: &PurchaseInvoice) -> Decimal {
        totals(&invoice.lines, &invoice.charges, self.tax_inclusive).total
    }

    /// What was paid towards a task, in the purchase's currency.
    #[must_use]
    pub fn paid(&self, task_id: Uuid) -> Decimal {
        let payments = self.payments.iter();
        let of_task = payments.filter(|payment| payment.task_id == task_id);
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
    pub(crate) fn authorised_invoices(&self) -> impl Iterator<Item = &PurchaseInvoice> {
        let invoices = self.invoices.iter();
        invoices.filter(|invoice| invoice.status == DocumentStatus::Authorised)
    }
}
