//! Cin7's copy of a purchase, kept whole.

use super::compare::{self, Difference, quoted};
use super::summary::{self, UNREADABLE, sent_summary};
use super::{is_told_without_status, stands};
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
        let Ok(invoice) = Node::read(sent) else {
            return vec![self.unreadable("invoice")];
        };
        let Some(ours) = self.place_of(invoice.text_of("TaskID")) else {
            return vec![Difference::missing("invoice", quoted(&sent_summary(sent)))];
        };
        let mut differences = Vec::new();
        for (place, shown) in self.invoices().iter().enumerate() {
            if place == ours {
                differences.extend(compare::content(&invoice, shown));
            } else if stands(shown) {
                let number = shown.text_of("InvoiceNumber").to_owned();
                differences.push(Difference::added("another invoice", number));
            }
        }
        differences
    }

    /// What differs between an order as it was sent, the very text of
    /// [`crate::purchase_order_request`], and as it stands now.
    #[must_use]
    pub fn order_differences(&self, sent: &str) -> Vec<Difference> {
        let Ok(order) = Node::read(sent) else {
            return vec![self.unreadable("order")];
        };
        match self.copy.field("Order") {
            Some(shown) => compare::content(&order, shown),
            None => vec![Difference::missing("order", quoted(&sent_summary(sent)))],
        }
    }

    /// What differs between a header as it was sent, the very text of
    /// [`crate::purchase_header_request`], and as it stands now: supplier, note, terms, location,
    /// approach and rate.
    #[must_use]
    pub fn header_differences(&self, sent: &str) -> Vec<Difference> {
        let Ok(header) = Node::read(sent) else {
            return vec![self.unreadable("header")];
        };
        compare::fields(&HEADER, &header, &self.copy)
    }

    /// What else stands on the purchase and would be hurt if it were undone. Payments are not among
    /// them: they are read apart.
    #[must_use]
    pub fn dependents(&self) -> Vec<String> {
        let mut dependents: Vec<String> = many(self.copy.field("CreditNote"))
            .iter()
            .filter(|note| stands(note) || is_told_without_status(note))
            .map(|note| match note.text_of("CreditNoteNumber") {
                "" => "a credit note".to_owned(),
                number => format!("credit note {number}"),
            })
            .collect();
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

    /// What was sent cannot be compared. That is a difference: without knowing, nothing is overwritten.
    fn unreadable(&self, what: &str) -> Difference {
        Difference {
            what: what.to_owned(),
            sent: UNREADABLE.to_owned(),
            shown: quoted(&self.summary()),
        }
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
