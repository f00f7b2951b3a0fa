//! What a DELETE says. It has no body: its address is what is recorded before it is sent.

use url::form_urlencoded::Serializer;

use crate::call::{Call, Verb};

/// A DELETE, the same for the record and for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deletion<'a> {
    pub(crate) path: &'static str,
    pub(crate) query: Vec<(&'static str, &'a str)>,
}

impl<'a> Deletion<'a> {
    pub(crate) fn of_payment(id: &'a str) -> Self {
        Self {
            path: "sale/payment",
            query: vec![("ID", id)],
        }
    }

    /// Undoes to draft, or voids (docs/cin7-api.md, undo and void). `Void` is always said: what
    /// leaving it out means is one default too many to rely on.
    pub(crate) fn of_sale(id: &'a str, void: bool) -> Self {
        Self {
            path: "sale",
            query: vec![("ID", id), ("Void", if void { "true" } else { "false" })],
        }
    }

    /// Undoes to draft.
    pub(crate) fn of_invoice(task_id: &'a str) -> Self {
        Self {
            path: "sale/invoice",
            query: vec![("TaskID", task_id), ("Void", "false")],
        }
    }

    pub(crate) fn call(&self) -> Call {
        Call::Write(Verb::Delete, self.path)
    }

    pub(super) fn text(&self) -> String {
        let query = Serializer::new(String::new())
            .extend_pairs(&self.query)
            .finish();
        format!("{}?{query}", self.call())
    }
}

/// What takes a payment off its invoice: `DELETE /sale/payment?ID=…`.
#[must_use]
pub fn delete_payment_request(id: &str) -> String {
    Deletion::of_payment(id).text()
}

/// What takes a sale back to draft: `DELETE /sale?ID=…&Void=false`.
#[must_use]
pub fn undo_sale_request(sale_id: &str) -> String {
    Deletion::of_sale(sale_id, false).text()
}

/// What voids a sale: `DELETE /sale?ID=…&Void=true`.
#[must_use]
pub fn void_sale_request(sale_id: &str) -> String {
    Deletion::of_sale(sale_id, true).text()
}

/// What takes one invoice back to draft: `DELETE /sale/invoice?TaskID=…&Void=false`.
#[must_use]
pub fn undo_invoice_request(task_id: &str) -> String {
    Deletion::of_invoice(task_id).text()
}
