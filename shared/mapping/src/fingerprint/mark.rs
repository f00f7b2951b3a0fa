//! The marks under which what was posted is found again in Cin7.
//!
//! A document whose posting was voided and that crosses again is of the next generation: the voided
//! one keeps its mark in Cin7. Generations 0 and 1 are both the first.

/// The mark of an invoice's sale (`ExternalID`).
#[must_use]
pub fn sale_mark(account_id: &str, invoice_id: &str, generation: u32) -> String {
    mark(account_id, "invoice", invoice_id, generation)
}

/// The mark of a payment (`Reference`); generations are of payments that were taken back.
#[must_use]
pub fn payment_mark(account_id: &str, payment_id: &str, generation: u32) -> String {
    mark(account_id, "payment", payment_id, generation)
}

/// The mark of a bill's purchase, first word of its note; the number of its invoice where the vendor
/// has none.
#[must_use]
pub fn bill_mark(account_id: &str, bill_id: &str, generation: u32) -> String {
    mark(account_id, "bill", bill_id, generation)
}

/// The mark of a bill payment (`Reference`).
#[must_use]
pub fn bill_payment_mark(account_id: &str, payment_id: &str, generation: u32) -> String {
    mark(account_id, "bill_payment", payment_id, generation)
}

/// The mark of an expense: of its purchase and of the purchase's payment, or of its money operation
/// (`Reference`).
#[must_use]
pub fn expense_mark(account_id: &str, expense_id: &str, generation: u32) -> String {
    mark(account_id, "expense", expense_id, generation)
}

/// The mark of a journal entry (`Narration`).
#[must_use]
pub fn journal_mark(account_id: &str, entry_id: &str, generation: u32) -> String {
    mark(account_id, "journal", entry_id, generation)
}

/// The mark of other income's money operation (`Reference`).
#[must_use]
pub fn other_income_mark(account_id: &str, income_id: &str, generation: u32) -> String {
    mark(account_id, "other_income", income_id, generation)
}

fn mark(account_id: &str, noun: &str, id: &str, generation: u32) -> String {
    let first = format!("freshbooks:{account_id}:{noun}:{id}");
    if generation < 2 {
        return first;
    }
    format!("{first}:{generation}")
}
