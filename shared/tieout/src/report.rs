//! The tie-out of a month as it is stored, sent and shown.

use jiff::Timestamp;
use money::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Kind, Month};

/// The tie-out of a connection's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieOut {
    /// Whose.
    pub connection: String,
    /// Of which month.
    pub month: Month,
    /// When it was made.
    pub at: Timestamp,
    /// Each kind in each currency, of which there is anything to say.
    pub kinds: Vec<KindTotals>,
    /// Kinds that are not in it, because FreshBooks did not show them.
    pub unread: Vec<Unread>,
}

/// What one kind comes to in one currency. Amounts are decimal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTotals {
    /// The kind.
    pub kind: Kind,
    /// ISO 4217 code.
    pub currency: String,
    /// What FreshBooks accounts for: issued and not deleted, dated in the month.
    pub freshbooks: Decimal,
    /// What Cin7 holds of it: booked, dated in the month.
    pub cin7: Decimal,
    /// FreshBooks less Cin7.
    pub difference: Decimal,
    /// What of the difference has no cause; has to be zero.
    pub unexplained: Decimal,
    /// Every cause, with what of the difference is its.
    pub causes: Vec<CauseTotal>,
    /// The documents that have no cause.
    pub unexplained_documents: Vec<Difference>,
}

/// What of a difference has one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseTotal {
    /// Its name, such as `on_its_way` or `waiting:settings.taxes."HST 13"`.
    pub cause: String,
    /// What it means, in a few words.
    pub meaning: String,
    /// FreshBooks less Cin7, of the documents behind it.
    pub amount: Decimal,
    /// Their records, such as `invoice/987654`.
    pub records: Vec<String>,
    /// Each of them with its figures.
    pub documents: Vec<Difference>,
}

/// A document whose figures differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its record, such as `invoice/987654`.
    pub record: String,
    /// Its number, as people know it.
    pub number: Option<String>,
    /// What FreshBooks accounts for.
    pub freshbooks: Decimal,
    /// What Cin7 holds.
    pub cin7: Decimal,
}

/// A kind that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The kind.
    pub kind: Kind,
    /// Why, as a sentence.
    pub why: String,
}

impl TieOut {
    /// Whether every cent has a cause.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.kinds.iter().all(KindTotals::is_explained)
    }

    /// What is not explained, without regard to sign or currency: for an alarm.
    #[must_use]
    pub fn unexplained(&self) -> Decimal {
        let amounts = self.kinds.iter().flat_map(|kind| {
            let documents = kind.unexplained_documents.iter();
            documents.map(|document| (document.freshbooks - document.cin7).abs())
        });
        amounts.sum()
    }
}

impl KindTotals {
    /// Whether every cent has a cause: two that cancel each other out have none all the same.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.unexplained.is_zero() && self.unexplained_documents.is_empty()
    }
}
