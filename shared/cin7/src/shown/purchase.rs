//! Cin7's copy of a purchase, kept whole.

use super::compare::Difference;
use super::{documents, stands, summary};
use crate::Purchase;
use crate::node::Node;

/// What of a header people see and change.
const HEADER: [&str; 6] = [
    "SupplierID",
    "Note",
    "Terms",
    "Location",
    "Approach",
    "CurrencyRate",
];

/// A purchase as `GET /advanced-purchase?ID=` showed it, with everything that it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPurchase {
    purchase: Purchase,
    copy: Node,
}

impl ShownPurchase {
    pub(crate) fn new(purchase: Purchase, copy: Node) -> Self {
        Self { purchase, copy }
    }

    /// The purchase, as [`crate::Reader::purchase`] gives it.
    #[must_use]
    pub fn purchase(&self) -> &Purchase {
        &self.purchase
    }

    /// What differs between an invoice as it was sent, the very text of
    /// [`crate::purchase_invoice_request`], and as it stands now; by the same rules as
    /// [`crate::ShownSale::invoice_differences`]. Another invoice that counts is a difference.
    #[must_use]
    pub fn invoice_differences(&self, sent: &str) -> Vec<Difference> {
        documents::invoice_differences(
            sent,
            self.invoices(),
            |task_id| self.place_of(task_id),
            || self.summary(),
        )
    }

    /// What differs between an order as it was sent, the very text of
    /// [`crate::purchase_order_request`], and as it stands now.
    #[must_use]
    pub fn order_differences(&self, sent: &str) -> Vec<Difference> {
        documents::order_differences(sent, &self.copy, || self.summary())
    }

    /// What differs between a header as it was sent, the very text of
    /// [`crate::purchase_header_request`], and as it stands now: supplier, note, terms, location,
    /// approach and rate.
    #[must_use]
    pub fn header_differences(&self, sent: &str) -> Vec<Difference> {
        documents::header_differences(&HEADER, sent, &self.copy, || self.summary())
    }

    /// What else stands on the purchase and would be hurt if it were undone. Payments are not among
    /// them: they are read apart.
    #[must_use]
    pub fn dependents(&self) -> Vec<String> {
        let mut dependents = documents::credit_notes(many(self.copy.field("CreditNote")));
        let any = |name: &str| many(self.copy.field(name)).iter().any(stands);
        if any("StockReceived") || any("PutAway") {
            dependents.push("received stock".to_owned());
        }
        if any("ManualJournals") {
            dependents.push("a manual journal".to_owned());
        }
        dependents
    }

    /// The copy for people, in one line of at most 400 characters: status, invoice date, total, lines.
    #[must_use]
    pub fn summary(&self) -> String {
        let invoices = self.invoices();
        let shown = invoices.iter().position(stands).unwrap_or_default();
        match (invoices.get(shown), self.purchase.invoices.get(shown)) {
            (Some(invoice), Some(posted)) if stands(invoice) => {
                summary::of_invoice(invoice, posted.total)
            }
            _ => summary::without_invoice(&self.purchase.status, self.copy.field("Order")),
        }
    }

    fn invoices(&self) -> &[Node] {
        many(self.copy.field("Invoice"))
    }

    fn place_of(&self, task_id: &str) -> Option<usize> {
        let mut invoices = self.purchase.invoices.iter();
        invoices.position(|invoice| invoice.task_id.eq_ignore_ascii_case(task_id))
    }
}

/// A list, or one object as a simple purchase shows it, or nothing.
fn many(field: Option<&Node>) -> &[Node] {
    match field {
        Some(Node::List(items)) => items,
        Some(one @ Node::Fields(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}
