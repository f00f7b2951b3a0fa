//! A document of the day, by the kind that it is and its FreshBooks id.

use ledger::RecordKey;
use serde_json::Value;

use super::office::Office;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Document {
    Invoice(i64),
    Payment(i64),
}

impl Document {
    /// FreshBooks' noun for its kind.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Invoice(_) => "invoice",
            Self::Payment(_) => "payment",
        }
    }

    pub(super) fn id(self) -> i64 {
        match self {
            Self::Invoice(id) | Self::Payment(id) => id,
        }
    }

    /// The key of its record.
    pub(super) fn key(self) -> Option<RecordKey> {
        RecordKey::parse("acme", self.noun(), &self.id().to_string()).ok()
    }

    /// The document whose mark a text in Cin7 is, of whatever generation; `None` where it is nobody's.
    pub(super) fn of_mark(account_id: &str, mark: &str) -> Option<Self> {
        let parts: Vec<&str> = mark.split(':').collect();
        let ["freshbooks", account, noun, id, ..] = parts.as_slice() else {
            return None;
        };
        let id = id.parse().ok().filter(|_| *account == account_id)?;
        match *noun {
            "invoice" => Some(Self::Invoice(id)),
            "payment" => Some(Self::Payment(id)),
            _ => None,
        }
    }
}

impl Office {
    /// How people call a document: by its number, or by its id where it has none.
    pub(super) fn name(&self, document: Document) -> String {
        let Document::Invoice(id) = document else {
            return format!("payment {}", document.id());
        };
        let shown = self.freshbooks.invoice(&self.account, id);
        let number = shown.as_ref().map(|invoice| &invoice["invoice_number"]);
        let number = number.and_then(Value::as_str).unwrap_or("without a number");
        format!("invoice {number}")
    }
}
