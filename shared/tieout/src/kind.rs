//! The kinds of documents that are tied out.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of FreshBooks document, by the name that its records have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `invoice`.
    Invoice,
    /// `payment`: of an invoice.
    Payment,
    /// `credit_note`.
    CreditNote,
    /// `other_income`.
    OtherIncome,
    /// `bill`.
    Bill,
    /// `bill_payment`.
    BillPayment,
    /// `expense`.
    Expense,
    /// `journal_entry`: one that a person made.
    JournalEntry,
}

/// A name that no kind has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of document that is tied out has this name")]
pub struct NotAKind;

impl Kind {
    /// Every kind, in the order in which reports show them.
    pub const ALL: [Self; 8] = [
        Self::Invoice,
        Self::Payment,
        Self::CreditNote,
        Self::OtherIncome,
        Self::Bill,
        Self::BillPayment,
        Self::Expense,
        Self::JournalEntry,
    ];

    /// The name, as in records and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Payment => "payment",
            Self::CreditNote => "credit_note",
            Self::OtherIncome => "other_income",
            Self::Bill => "bill",
            Self::BillPayment => "bill_payment",
            Self::Expense => "expense",
            Self::JournalEntry => "journal_entry",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.name() == text).ok_or(NotAKind)
    }
}
