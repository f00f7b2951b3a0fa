//! What takes back purchases, their payments, journals and money operations.

use super::Deletion;

impl<'a> Deletion<'a> {
    /// The documented address for payments of both families (docs/cin7-api.md, purchase payments).
    pub(crate) fn of_purchase_payment(id: &'a str) -> Self {
        Self {
            path: "purchase/payment",
            query: vec![("ID", id)],
        }
    }

    pub(crate) fn of_purchase(id: &'a str, void: bool) -> Self {
        Self::of_document("advanced-purchase", "ID", id, void)
    }

    /// Undoes to draft. Not available for simple purchases.
    pub(crate) fn of_purchase_invoice(task_id: &'a str) -> Self {
        Self::of_document("advanced-purchase/invoice", "TaskID", task_id, false)
    }

    pub(crate) fn of_journal(task_id: &'a str, void: bool) -> Self {
        Self::of_document("journal", "ID", task_id, void)
    }

    pub(crate) fn of_money_operation(task_id: &'a str, void: bool) -> Self {
        Self::of_document("moneyOperation", "ID", task_id, void)
    }

    fn of_document(path: &'static str, name: &'static str, id: &'a str, void: bool) -> Self {
        let void = if void { "true" } else { "false" };
        Self {
            path,
            query: vec![(name, id), ("Void", void)],
        }
    }
}

/// What takes a payment off its purchase: `DELETE /purchase/payment?ID=…`.
#[must_use]
pub fn delete_purchase_payment_request(id: &str) -> String {
    Deletion::of_purchase_payment(id).text()
}

/// What takes a purchase back to draft: `DELETE /advanced-purchase?ID=…&Void=false`.
#[must_use]
pub fn undo_purchase_request(purchase_id: &str) -> String {
    Deletion::of_purchase(purchase_id, false).text()
}

/// What voids a purchase: `DELETE /advanced-purchase?ID=…&Void=true`.
#[must_use]
pub fn void_purchase_request(purchase_id: &str) -> String {
    Deletion::of_purchase(purchase_id, true).text()
}

/// What takes one invoice back to draft: `DELETE /advanced-purchase/invoice?TaskID=…&Void=false`.
#[must_use]
pub fn undo_purchase_invoice_request(task_id: &str) -> String {
    Deletion::of_purchase_invoice(task_id).text()
}

/// What takes a journal back to draft: `DELETE /journal?ID=…&Void=false`.
#[must_use]
pub fn undo_journal_request(task_id: &str) -> String {
    Deletion::of_journal(task_id, false).text()
}

/// What voids a journal: `DELETE /journal?ID=…&Void=true`.
#[must_use]
pub fn void_journal_request(task_id: &str) -> String {
    Deletion::of_journal(task_id, true).text()
}

/// What takes a money operation back to draft: `DELETE /moneyOperation?ID=…&Void=false`.
#[must_use]
pub fn undo_money_operation_request(task_id: &str) -> String {
    Deletion::of_money_operation(task_id, false).text()
}

/// What voids a money operation: `DELETE /moneyOperation?ID=…&Void=true`.
#[must_use]
pub fn void_money_operation_request(task_id: &str) -> String {
    Deletion::of_money_operation(task_id, true).text()
}
