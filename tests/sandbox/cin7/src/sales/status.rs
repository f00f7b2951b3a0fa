//! The statuses that follow from a sale's documents (docs/cin7-api.md, status values).

use rust_decimal::Decimal;

use super::record::{DocumentStatus, Invoice, Sale, SaleType};
use super::totals::totals;
use crate::quirks::Quirks;

impl Sale {
    /// The sale's `Status`; it is never `DRAFT` for a sale made over the API.
    pub(super) fn status(&self, quirks: &Quirks) -> &'static str {
        if self.voided {
            return "VOIDED";
        }
        if self.authorised_invoices().next().is_some() {
            let settled = self.paid_in_all() >= self.invoiced();
            let completed = settled && quirks.completes_without_shipping;
            return if completed { "COMPLETED" } else { "INVOICED" };
        }
        if self.may_be_invoiced() && self.has_draft_invoice() {
            return "INVOICING";
        }
        match self.order.status {
            DocumentStatus::Authorised => "ORDERED",
            DocumentStatus::Draft => "ORDERING",
            DocumentStatus::NotAvailable | DocumentStatus::Voided => match self.quote_status() {
                DocumentStatus::Draft => "ESTIMATING",
                _ => "ESTIMATED",
            },
        }
    }

    /// The quote's status. A skipped quote counts as authorised for the order, yet is not there.
    pub(super) fn quote_status(&self) -> DocumentStatus {
        match (self.voided, self.header.skip_quote) {
            (true, _) => DocumentStatus::Voided,
            (false, true) => DocumentStatus::NotAvailable,
            (false, false) => DocumentStatus::Draft,
        }
    }

    /// Whether the order allows an invoice. A service sale has no order.
    pub(super) fn may_be_invoiced(&self) -> bool {
        let ordered = self.order.status == DocumentStatus::Authorised;
        !self.voided && (ordered || self.sale_type == SaleType::Service)
    }

    /// An invoice's status, `PAID` included.
    pub(super) fn invoice_status(&self, invoice: &Invoice) -> &'static str {
        match invoice.status {
            DocumentStatus::NotAvailable => "NOT AVAILABLE",
            DocumentStatus::Draft => "DRAFT",
            DocumentStatus::Voided => "VOIDED",
            DocumentStatus::Authorised => {
                let paid = self.paid(invoice.task_id) >= self.invoice_total(invoice);
                if paid { "PAID" } else { "AUTHORISED" }
            }
        }
    }

    /// `CombinedInvoiceStatus` with the values of live data, not those of the reference's table.
    pub(super) fn combined_invoice_status(&self) -> &'static str {
        if self.voided {
            return "VOIDED";
        }
        if self.authorised_invoices().next().is_none() {
            return if self.may_be_invoiced() {
                "NOT INVOICED"
            } else {
                "NOT AVAILABLE"
            };
        }
        let ordered = totals(&self.order.lines, &self.order.charges, self.tax_inclusive).total;
        match self.sale_type == SaleType::Advanced && self.invoiced() < ordered {
            true => "PARTIALLY INVOICED",
            false => "INVOICED",
        }
    }

    /// `CombinedPaymentStatus`.
    pub(super) fn combined_payment_status(&self) -> &'static str {
        let paid = self.paid_in_all();
        let invoiced = self.authorised_invoices().next().is_some();
        if self.voided {
            "VOIDED"
        } else if !invoiced {
            if paid > Decimal::ZERO {
                "PREPAID"
            } else {
                "UNPAID"
            }
        } else if paid >= self.invoiced() {
            "PAID"
        } else if paid > Decimal::ZERO {
            "PARTIALLY PAID"
        } else {
            "UNPAID"
        }
    }

    /// The picking, packing and shipping axes: nothing is ever shipped here.
    pub(super) fn shipping_status(&self) -> &'static str {
        if self.voided {
            "VOIDED"
        } else {
            "NOT AVAILABLE"
        }
    }

    fn has_draft_invoice(&self) -> bool {
        self.invoices
            .iter()
            .any(|invoice| invoice.status == DocumentStatus::Draft)
    }
}
