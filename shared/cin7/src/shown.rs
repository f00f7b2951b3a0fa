//! Cin7's copy of a sale, kept whole: whether it is still as we left it, what else stands on it, and
//! how it reads.

mod compare;
mod documents;
mod entry;
mod purchase;
mod rebooked;
mod summary;

use jiff::civil::Date;

use crate::node::Node;
use crate::{Sale, day};

pub use self::compare::Difference;
pub use self::entry::ShownEntry;
pub use self::purchase::ShownPurchase;
pub use self::rebooked::{Booked, Rebooking, rebookings};
pub use self::summary::sent_summary;

/// What of a header people see and change.
const HEADER: [&str; 6] = [
    "CustomerID",
    "CustomerReference",
    "Note",
    "SaleOrderDate",
    "Terms",
    "Location",
];

/// The day that a request was sent with in `field`, such as `InvoiceDate`.
#[must_use]
pub fn sent_day(sent: &str, field: &str) -> Option<Date> {
    day::read(Node::read(sent).ok()?.text_of(field))
}

/// A sale as `GET /sale?ID=` showed it, with everything that it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSale {
    sale: Sale,
    copy: Node,
}

impl ShownSale {
    pub(crate) fn new(sale: Sale, copy: Node) -> Self {
        Self { sale, copy }
    }

    /// The sale, as [`crate::Reader::sale`] gives it.
    #[must_use]
    pub fn sale(&self) -> &Sale {
        &self.sale
    }

    /// What differs between an invoice as it was sent, the very text of [`crate::invoice_request`],
    /// and as it stands now; nothing where a person has not touched it.
    ///
    /// Compared is every field that we sent and that the copy shows: numbers by value, days by
    /// calendar day, texts without regard to case and blanks, lines by position. What the copy leaves
    /// out or shows as null is not compared, except that lines have to be shown. Ids, statuses and
    /// modes are not content. Charges that we never sent and a second invoice that counts are
    /// differences, and so is an invoice that is not there.
    #[must_use]
    pub fn invoice_differences(&self, sent: &str) -> Vec<Difference> {
        documents::invoice_differences(
            sent,
            self.copy.items_of("Invoices"),
            |task_id| self.place_of(task_id),
            || self.summary(),
        )
    }

    /// What differs between an order as it was sent, the very text of [`crate::order_request`], and
    /// as it stands now; by the same rules as [`ShownSale::invoice_differences`].
    #[must_use]
    pub fn order_differences(&self, sent: &str) -> Vec<Difference> {
        documents::order_differences(sent, &self.copy, || self.summary())
    }

    /// What differs between a header as it was sent, the very text of [`crate::header_request`], and as
    /// it stands now: customer, reference, note, day, terms and location, which Cin7 shows as they were
    /// sent (docs/cin7-api.md, what a sale shows).
    #[must_use]
    pub fn header_differences(&self, sent: &str) -> Vec<Difference> {
        documents::header_differences(&HEADER, sent, &self.copy, || self.summary())
    }

    /// What else stands on the sale and would be hurt if it were undone, in words such as
    /// `credit note CN-00001`. Payments are not among them: they are read apart.
    #[must_use]
    pub fn dependents(&self) -> Vec<String> {
        let mut dependents = documents::credit_notes(self.copy.items_of("CreditNotes"));
        let mut fulfilments = self.copy.items_of("Fulfilments").iter();
        if fulfilments.any(is_under_way) {
            dependents.push("a shipment".to_owned());
        }
        // One object with a status in the reference; a list of them is read as well.
        let journals = self.copy.field("ManualJournals");
        if journals.is_some_and(|one| stands(one) || one.items().iter().any(stands)) {
            dependents.push("a manual journal".to_owned());
        }
        dependents
    }

    /// The copy for people, in one line of at most 400 characters: status, invoice date, total, lines.
    #[must_use]
    pub fn summary(&self) -> String {
        let invoices = self.copy.items_of("Invoices");
        let is_voided = |invoice: &Node| {
            let status = invoice.text_of("Status");
            status.eq_ignore_ascii_case("VOIDED")
        };
        let shown = invoices.iter().position(|invoice| !is_voided(invoice));
        let place = shown.unwrap_or_default();
        match (invoices.get(place), self.sale.invoices.get(place)) {
            (Some(invoice), Some(posted)) => summary::of_invoice(invoice, posted.total),
            _ => summary::without_invoice(&self.sale.status, self.copy.field("Order")),
        }
    }

    /// The place of an invoice by its task. A simple sale has one invoice at most, so one that stands
    /// alone is it, whatever its task (docs/cin7-api.md, sale types).
    fn place_of(&self, task_id: &str) -> Option<usize> {
        let mut invoices = self.sale.invoices.iter();
        let by_task = invoices.position(|invoice| invoice.task_id.eq_ignore_ascii_case(task_id));
        by_task.or((self.sale.invoices.len() == 1).then_some(0))
    }
}

/// Whether a document counts, by its status. The set is open, so only the known statuses of what does
/// not count are believed (docs/cin7-api.md, status values).
fn stands(document: &Node) -> bool {
    let status = document.text_of("Status").to_uppercase();
    // `NOT AVAILABLE`, and by analogy `NOT PICKED` and the like.
    let is_nothing = status.is_empty() || status.starts_with("NOT ");
    !is_nothing && !["DRAFT", "VOIDED"].contains(&status.as_str())
}

/// A credit note that shows a number or a line, and no status at all.
fn is_told_without_status(note: &Node) -> bool {
    let told = !note.text_of("CreditNoteNumber").is_empty() || !note.items_of("Lines").is_empty();
    note.text_of("Status").is_empty() && told
}

/// Whether anything of a fulfilment has been picked, packed or shipped.
fn is_under_way(fulfilment: &Node) -> bool {
    ["Pick", "Pack", "Ship"]
        .iter()
        .filter_map(|stage| fulfilment.field(stage))
        .any(stands)
}

#[cfg(test)]
mod tests;
