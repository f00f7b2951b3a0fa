//! A journal as it is stored and answered.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::json::{day, exact};

/// A manual journal (docs/cin7-api.md, journals).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Journal {
    /// The id.
    #[serde(rename = "TaskID")]
    pub task_id: Uuid,
    /// `JR-00001` and so on.
    pub journal_number: String,
    /// Its state.
    pub status: LedgerStatus,
    /// The currency of the amounts.
    pub currency: String,
    /// Base units per unit of the currency.
    #[serde(serialize_with = "exact")]
    pub currency_conversion_rate: Decimal,
    /// The day it counts for.
    #[serde(serialize_with = "day")]
    pub effective_date: Date,
    /// The caller's own mark.
    pub narration: String,
    /// Remarks.
    pub notes: String,
    /// The pairs.
    pub lines: Vec<JournalLine>,
    /// Never any.
    pub attachments: [u8; 0],
}

/// One amount that moves from one account to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct JournalLine {
    /// The code of the account that is debited.
    pub debit: String,
    /// The code of the account that is credited.
    pub credit: String,
    /// In the journal's currency.
    #[serde(serialize_with = "exact")]
    pub amount: Decimal,
    /// In the base currency.
    #[serde(serialize_with = "exact")]
    pub base_amount: Decimal,
    /// Free text.
    pub reference: String,
}

/// The state of a journal or a money operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LedgerStatus {
    /// Can be changed and counts for nothing.
    Draft,
    /// Booked.
    Completed,
    /// Void.
    Voided,
}

impl LedgerStatus {
    /// The status as it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Completed => "COMPLETED",
            Self::Voided => "VOIDED",
        }
    }
}
