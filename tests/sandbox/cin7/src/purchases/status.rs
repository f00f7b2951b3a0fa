//! The statuses that follow from a purchase's documents (docs/cin7-api.md, status values).

use rust_decimal::Decimal;

use super::record::{Approach, Purchase, PurchaseInvoice, PurchaseType};
use super::totals::totals;
use crate::quirks::PurchaseQuirks;
use crate::sales::DocumentStatus;
use crate::sales::list::document_status;

impl Purchase {
    /// The purchase's `Status`.
    pub(super) fn status(&self) -> &'static str {
        if self.voided {
            return "VOIDED";
        }
        let received = self.stock_received == DocumentStatus::Authorised;
        if self.authorised_invoices().next().is_some() {
            let settled = self.paid_in_all() >= self.invoiced();
            let nothing_to_come = received || self.purchase_type == PurchaseType::Service;
            return match (self.is_partly_invoiced(), settled && nothing_to_come) {
                (true, _) => "PARTIALLY INVOICED",
                (false, true) => "COMPLETED",
                (false, false) => "INVOICED",
            };
        }
        match self.order.status {
            DocumentStatus::Authorised if received => "RECEIVED",
            DocumentStatus::Authorised => "ORDERED",
            DocumentStatus::Draft => "ORDERING",
            DocumentStatus::NotAvailable | DocumentStatus::Voided => "DRAFT",
        }
    }

    /// Why an invoice may not be posted, if it may not.
    pub(super) fn obstacle_to_invoice(&self, quirks: &PurchaseQuirks) -> Option<&'static str> {
        let needs_no_order = self.purchase_type == PurchaseType::Service
            && quirks.invoices_service_without_order
            || self.blind_receipt && quirks.invoices_blind_receipts_without_order;
        if self.voided {
            return Some("Purchase is VOIDED");
        }
        if self.order.status != DocumentStatus::Authorised && !needs_no_order {
            return Some("Order status must be AUTHORISED");
        }
        let stock_first = self.approach == Approach::Stock;
        (stock_first && self.stock_received != DocumentStatus::Authorised)
            .then_some("Stock Received status must be AUTHORISED")
    }

    /// An invoice's status, `PAID` included.
    pub(super) fn invoice_status(&self, invoice: &PurchaseInvoice) -> &'static str {
        let authorised = invoice.status == DocumentStatus::Authorised;
        if authorised && self.paid(invoice.task_id) >= self.invoice_total(invoice) {
            return "PAID";
        }
        document_status(invoice.status)
    }

    /// `CombinedInvoiceStatus`, which has no value for void.
    pub(super) fn combined_invoice_status(&self) -> &'static str {
        let ordered = self.order.status == DocumentStatus::Authorised;
        let invoiced = self.authorised_invoices().next().is_some();
        match (invoiced, ordered) {
            _ if self.voided => "NOT AVAILABLE",
            (true, _) if self.is_partly_invoiced() => "PARTIALLY INVOICED",
            (true, _) => "INVOICED",
            (false, true) => "NOT INVOICED",
            (false, false) => "NOT AVAILABLE",
        }
    }

    /// `CombinedPaymentStatus`.
    pub(super) fn combined_payment_status(&self) -> &'static str {
        let (paid, invoiced) = (self.paid_in_all(), self.invoiced());
        let has_invoice = self.authorised_invoices().next().is_some();
        match paid > Decimal::ZERO {
            _ if self.voided => "VOIDED",
            true if !has_invoice => "PREPAID",
            true if paid > invoiced => "OVERPAID / CREDITED",
            true if paid < invoiced => "PARTIALLY PAID",
            true => "PAID",
            false => "UNPAID",
        }
    }

    /// `CombinedReceivingStatus`.
    pub(super) fn receiving_status(&self) -> &'static str {
        let ordered = self.order.status == DocumentStatus::Authorised;
        match self.stock_received {
            _ if self.voided => "VOIDED",
            DocumentStatus::Authorised => "FULLY RECEIVED",
            _ if ordered && self.purchase_type != PurchaseType::Service => "NOT RECEIVED",
            _ => "NOT AVAILABLE",
        }
    }

    fn is_partly_invoiced(&self) -> bool {
        let order = &self.order;
        let ordered = totals(&order.lines, &order.charges, self.tax_inclusive).total;
        self.purchase_type == PurchaseType::Advanced && self.invoiced() < ordered
    }
}
