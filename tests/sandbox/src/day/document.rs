//! A document of the month, by the kind that it is and its FreshBooks id.

use ledger::RecordKey;
use serde_json::Value;

use super::office::Office;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Document {
    Invoice(i64),
    Payment(i64),
    Bill(i64),
    BillPayment(i64),
    Expense(i64),
    OtherIncome(i64),
    CreditNote(i64),
    JournalEntry(i64),
}

/// A kind of documents: the kind of their records, the noun of their marks, and how one of an id is made.
type Kind = (&'static str, &'static str, fn(i64) -> Document);

const KINDS: [Kind; 8] = [
    ("invoice", "invoice", Document::Invoice),
    ("payment", "payment", Document::Payment),
    ("bill", "bill", Document::Bill),
    ("bill_payment", "bill_payment", Document::BillPayment),
    ("expense", "expense", Document::Expense),
    ("other_income", "other_income", Document::OtherIncome),
    ("credit_note", "credit_note", Document::CreditNote),
    ("journal_entry", "journal", Document::JournalEntry),
];

impl Document {
    /// The kind of its record, which is FreshBooks' noun where it announces such documents.
    pub(super) fn kind(self) -> &'static str {
        let id = self.id();
        let mut kinds = KINDS.iter();
        let found = kinds.find(|(_, _, made)| made(id) == self);
        found.map_or("", |(kind, _, _)| kind)
    }

    pub(super) fn id(self) -> i64 {
        match self {
            Self::Invoice(id)
            | Self::Payment(id)
            | Self::Bill(id)
            | Self::BillPayment(id)
            | Self::Expense(id)
            | Self::OtherIncome(id)
            | Self::CreditNote(id)
            | Self::JournalEntry(id) => id,
        }
    }

    /// The keys that its record may have: a journal entry has two names.
    pub(super) fn keys(self) -> Vec<RecordKey> {
        let mut ids = vec![self.id().to_string()];
        if let Self::JournalEntry(id) = self {
            ids.push(format!("5eaf0000-0000-4000-8000-{id:012}"));
        }
        let keys = ids.iter();
        keys.filter_map(|id| RecordKey::parse("acme", self.kind(), id).ok())
            .collect()
    }

    /// The document whose mark a text in Cin7 is, of whatever generation; `None` where it is nobody's.
    pub(super) fn of_mark(account_id: &str, mark: &str) -> Option<Self> {
        let parts: Vec<&str> = mark.split(':').collect();
        let ["freshbooks", account, noun, id, ..] = parts.as_slice() else {
            return None;
        };
        // A journal entry may go by its name in the newer generation, which ends in its id.
        let id = id.rsplit('-').next().and_then(|id| id.parse().ok());
        let id = id.filter(|_| *account == account_id)?;
        let mut kinds = KINDS.iter();
        let (_, _, made) = kinds.find(|(_, known, _)| known == noun)?;
        Some(made(id))
    }
}

impl Office {
    /// How people call a document: by its number, or by its id where it has none.
    pub(super) fn name(&self, document: Document) -> String {
        let (freshbooks, account, id) = (&self.freshbooks, &self.account, document.id());
        let (shown, field) = match document {
            Document::Invoice(_) => (freshbooks.invoice(account, id), "invoice_number"),
            Document::Bill(_) => (freshbooks.bill(account, id), "bill_number"),
            Document::CreditNote(_) => (freshbooks.credit_note(account, id), "credit_number"),
            _ => (None, ""),
        };
        let kind = document.kind().replace('_', " ");
        let number = shown.as_ref().map(|shown| &shown[field]);
        match number.and_then(Value::as_str) {
            Some(number) if !number.is_empty() => format!("{kind} {number}"),
            _ => format!("{kind} {id}"),
        }
    }
}
