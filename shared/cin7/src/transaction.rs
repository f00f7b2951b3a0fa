//! Entries of the ledger.

use jiff::civil::Date;
use money::Decimal;
use serde::Serialize;

/// A row of `GET /transactions`: an amount that moved from one account to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerEntry {
    /// Cin7's id of the task that made it: an invoice's task, a journal, a money operation. An entry
    /// has no id of its own.
    pub task_id: String,
    /// Code of the account that is debited.
    pub debit: String,
    /// Code of the account that is credited.
    pub credit: String,
    /// In the base currency, up to 4 decimals.
    pub amount: Decimal,
    /// The day it counts for.
    pub date: Date,
    /// What the document is referred to by.
    pub reference: String,
    /// `Purchase`, `Sale`, `Journal`, `MoneySpend` …; open set, compare without case.
    pub kind: String,
}
