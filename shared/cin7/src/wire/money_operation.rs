//! Money operations as Cin7 shows them (docs/cin7-api.md, expenses).

use serde::Deserialize;

use super::journal::sum;
use crate::lenient::{Amount, Flag, Text};
use crate::pages::Row;
use crate::{MoneyOperation, MoneyTaskRow, NewMoneyOperation, day};

/// A money operation, whole, as `/moneyOperation` gives it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct MoneyDocument {
    #[serde(rename = "TaskID")]
    task_id: Text,
    task_type: Text,
    status: Text,
    reference: Text,
    date: Text,
    tax_inclusive: Flag,
    lines: Option<Vec<Line>>,
    transactions: Option<Vec<Transaction>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Line {
    tax: Amount,
    total: Amount,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Transaction {
    amount: Amount,
}

impl MoneyDocument {
    /// The operation, or what the answer lacks.
    pub(crate) fn operation(self) -> Result<MoneyOperation, &'static str> {
        let contains_tax = self.tax_inclusive.is_set();
        let lines = self.lines.unwrap_or_default();
        let totals = lines.iter().map(|line| match contains_tax {
            true => line.total.0,
            false => line.total.0?.checked_add(line.tax.0?),
        });
        let transactions = self.transactions.unwrap_or_default();
        Ok(MoneyOperation {
            task_id: self.task_id.filled().ok_or("the id of the task")?,
            kind: self.task_type.0,
            status: self.status.0,
            reference: self.reference.0,
            date: day::read(&self.date.0),
            total: sum(totals),
            booked: sum(transactions.iter().map(|entry| entry.amount.0)),
        })
    }

    /// The operation of an answer to a write, or what it lacks to be believed.
    pub(crate) fn echo_of(self, sent: &NewMoneyOperation) -> Result<MoneyOperation, &'static str> {
        let operation = self.operation()?;
        let lines = sent.lines.iter();
        let total = sum(lines.map(|line| line.total.checked_add(line.tax)));
        if operation.reference.trim() != sent.reference.trim() {
            return Err("the reference it was sent with");
        }
        if operation.total != total {
            return Err("the amounts it was sent with");
        }
        Ok(operation)
    }
}

/// A row of `GET /moneyTaskList`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct MoneyTaskListRow {
    #[serde(rename = "TaskID")]
    task_id: Text,
    task_type: Text,
    status: Text,
    reference: Text,
    date: Text,
    total_amount: Amount,
}

impl Row for MoneyTaskListRow {
    const PATH: &'static str = "moneyTaskList";
    const LIST: &'static str = "MoneyTasks";

    fn id(&self) -> &str {
        &self.task_id.0
    }
}

impl From<MoneyTaskListRow> for MoneyTaskRow {
    fn from(row: MoneyTaskListRow) -> Self {
        Self {
            task_id: row.task_id.0,
            kind: row.task_type.0,
            status: row.status.0,
            reference: row.reference.0,
            date: day::read(&row.date.0),
            total: row.total_amount.0,
        }
    }
}
