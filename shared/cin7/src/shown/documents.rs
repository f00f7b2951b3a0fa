//! What the copies of sales and purchases have in common: header, order, invoices, credit notes.

use super::compare::{self, Difference, quoted};
use super::summary::{UNREADABLE, sent_summary};
use super::{is_told_without_status, stands};
use crate::node::Node;

/// What differs between an invoice as it was sent and as it stands among `invoices`, where `place_of`
/// tells its place by its task. Another invoice that counts is a difference.
pub(super) fn invoice_differences(
    sent: &str,
    invoices: &[Node],
    place_of: impl FnOnce(&str) -> Option<usize>,
    summary: impl FnOnce() -> String,
) -> Vec<Difference> {
    let Ok(invoice) = Node::read(sent) else {
        return vec![unreadable("invoice", &summary())];
    };
    let Some(ours) = place_of(invoice.text_of("TaskID")) else {
        return vec![Difference::missing("invoice", quoted(&sent_summary(sent)))];
    };
    let mut differences = Vec::new();
    for (place, shown) in invoices.iter().enumerate() {
        if place == ours {
            differences.extend(compare::content(&invoice, shown));
        } else if stands(shown) {
            let number = shown.text_of("InvoiceNumber");
            differences.push(Difference::added("another invoice", number.to_owned()));
        }
    }
    differences
}

/// What differs between an order as it was sent and as the copy shows it.
pub(super) fn order_differences(
    sent: &str,
    copy: &Node,
    summary: impl FnOnce() -> String,
) -> Vec<Difference> {
    let Ok(order) = Node::read(sent) else {
        return vec![unreadable("order", &summary())];
    };
    match copy.field("Order") {
        Some(shown) => compare::content(&order, shown),
        None => vec![Difference::missing("order", quoted(&sent_summary(sent)))],
    }
}

/// What differs in the named fields between a header as it was sent and as the copy shows it.
pub(super) fn header_differences(
    names: &[&str],
    sent: &str,
    copy: &Node,
    summary: impl FnOnce() -> String,
) -> Vec<Difference> {
    match Node::read(sent) {
        Ok(header) => compare::fields(names, &header, copy),
        Err(_) => vec![unreadable("header", &summary())],
    }
}

/// The credit notes that stand, in words.
pub(super) fn credit_notes(notes: &[Node]) -> Vec<String> {
    let notes = notes.iter();
    notes
        .filter(|note| stands(note) || is_told_without_status(note))
        .map(|note| match note.text_of("CreditNoteNumber") {
            "" => "a credit note".to_owned(),
            number => format!("credit note {number}"),
        })
        .collect()
}

/// What was sent cannot be compared. That is a difference: without knowing, nothing is overwritten.
fn unreadable(what: &str, summary: &str) -> Difference {
    Difference {
        what: what.to_owned(),
        sent: UNREADABLE.to_owned(),
        shown: quoted(summary),
    }
}
