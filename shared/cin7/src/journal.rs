//! Manual journals: what is sent and what comes back.

use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::Serialize;

/// The status that a journal or a money operation is sent with. Whether `COMPLETED` at once is taken is
/// unconfirmed; a draft is completed by sending it again whole (docs/cin7-api.md, journals).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum EntryStatus {
    /// Booked.
    #[default]
    Completed,
    /// Not booked, can be changed.
    Draft,
}

/// A journal to be made, `POST /journal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewJournal {
    /// Draft or booked.
    pub status: EntryStatus,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Base currency units per unit of the currency.
    pub currency_rate: Decimal,
    /// The day it counts for.
    pub date: Date,
    /// Our mark: what finds the journal again after a lost answer.
    pub narration: String,
    /// Free text, up to 1024 characters.
    pub notes: String,
    /// At least one pair.
    pub lines: Vec<JournalLine>,
}

/// One amount that moves from one account to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalLine {
    /// Code of the account that is debited.
    pub debit: String,
    /// Code of the account that is credited.
    pub credit: String,
    /// In the journal's currency, above zero, cents.
    pub amount: Decimal,
    /// In the base currency, cents.
    pub base_amount: Decimal,
    /// Free text, up to 256 characters.
    pub reference: String,
}

/// A journal as Cin7 shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Journal {
    /// Cin7's id.
    pub task_id: String,
    /// Such as `JR-00006`, where it is shown.
    pub number: Option<String>,
    /// `DRAFT`, `COMPLETED`, `VOIDED`; open set, compare without case.
    pub status: String,
    /// Our mark, or what a person wrote there.
    pub narration: String,
    /// The day it counts for, where it is shown.
    pub date: Option<Date>,
    /// Sum of the pairs in the journal's currency; `None` where no pairs are shown.
    pub amount: Option<Decimal>,
    /// Sum of the pairs in the base currency; `None` where no pairs are shown.
    pub base_amount: Option<Decimal>,
}

impl Journal {
    /// Whether it is booked. A write that asked for it may have left a draft.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.status.trim().eq_ignore_ascii_case("COMPLETED")
    }
}
