//! Entries of the ledger as Cin7 shows them (docs/cin7-api.md, ledger).

use serde::Deserialize;

use crate::lenient::{Amount, Text};
use crate::pages::Row;
use crate::{LedgerEntry, day};

/// A row of `GET /transactions`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct TransactionRow {
    #[serde(rename = "TaskID")]
    task_id: Text,
    debit_account_code: Text,
    credit_account_code: Text,
    amount: Amount,
    effective_date: Text,
    reference: Text,
    #[serde(rename = "Type")]
    kind: Text,
}

impl Row for TransactionRow {
    const PATH: &'static str = "transactions";
    const LIST: &'static str = "Transactions";

    /// The task's, which several entries share.
    fn id(&self) -> &str {
        &self.task_id.0
    }
}

impl TransactionRow {
    /// The entry, or what the row lacks.
    pub(crate) fn entry(self) -> Result<LedgerEntry, &'static str> {
        Ok(LedgerEntry {
            task_id: self.task_id.0,
            debit: self.debit_account_code.0,
            credit: self.credit_account_code.0,
            amount: self.amount.0.ok_or("its amount")?,
            date: day::read(&self.effective_date.0).ok_or("its date")?,
            reference: self.reference.0,
            kind: self.kind.0,
        })
    }
}
