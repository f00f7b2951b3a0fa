//! What tells a document and its content apart: the mark and the hash.

mod bought;
mod mark;

use std::fmt::Write;

use freshbooks::{CreditNote, Invoice, Line, Payment, Stage, Visibility};
use money::Decimal;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use bought::{bill_hash, bill_payment_hash, expense_hash, journal_hash, other_income_hash};
pub use mark::{
    Marked, bill_mark, bill_payment_mark, expense_mark, journal_mark, other_income_mark,
    payment_mark, read_mark, sale_mark,
};

/// A hash, in lower-case hex, of what of an invoice matters to Cin7.
///
/// Statuses after issue, the version and archiving do not matter: an invoice that was only viewed
/// or paid hashes as before. Amounts are taken by value, so `5` and `5.00` are the same.
#[must_use]
pub fn content_hash(invoice: &Invoice) -> String {
    // Arrays, because the order of an object's keys would depend on how serde_json is built.
    let content = json!([
        "invoice 1",
        invoice.number,
        invoice.client_id,
        invoice.issued_on.to_string(),
        invoice.due_on.to_string(),
        invoice.due_offset_days,
        invoice.currency.code(),
        number(invoice.total.amount),
        number(invoice.discount.percent),
        invoice.discount.amount.map(number),
        invoice.lines.iter().map(line).collect::<Vec<_>>(),
        invoice.stage == Stage::Draft,
        invoice.visibility == Visibility::Deleted,
    ]);
    hash(&content)
}

/// A hash, in lower-case hex, of what of a payment matters to Cin7; amounts are taken by value.
///
/// The change marker and the credit that an overpayment made do not matter.
#[must_use]
pub fn payment_hash(payment: &Payment) -> String {
    hash(&json!([
        "payment 1",
        payment.invoice_id,
        number(payment.amount.amount),
        payment.amount.currency.code(),
        payment.paid_on.to_string(),
        payment.kind,
        payment.from_credit,
    ]))
}

/// A hash, in lower-case hex, of what of a credit note matters; what was used of it does not.
#[must_use]
pub fn credit_note_hash(note: &CreditNote) -> String {
    hash(&json!([
        "credit note 1",
        note.number,
        note.client_id,
        note.kind,
        note.issued_on.to_string(),
        note.currency.code(),
        number(note.total.amount),
        note.stage == Stage::Draft,
    ]))
}

fn hash(content: &Value) -> String {
    let digest = Sha256::digest(content.to_string());
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

fn line(line: &Line) -> Value {
    let taxes = line.taxes.iter();
    json!([
        line.name,
        line.description,
        number(line.quantity),
        number(line.unit_cost),
        number(line.amount),
        taxes
            .map(|tax| json!([tax.name, number(tax.percent)]))
            .collect::<Vec<_>>(),
        line.compounded,
    ])
}

fn number(amount: Decimal) -> String {
    amount.normalize().to_string()
}
