//! Journals as Cin7 shows them (docs/cin7-api.md, journals).

use money::Decimal;
use serde::Deserialize;

use crate::lenient::{Amount, Text};
use crate::pages::{Row, first_of_envelope};
use crate::{Journal, NewJournal, day};

/// A journal: a row of `GET /journal`, and of the envelope that a write is answered with.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct JournalRow {
    #[serde(rename = "TaskID")]
    task_id: Text,
    journal_number: Text,
    status: Text,
    narration: Text,
    effective_date: Text,
    lines: Option<Vec<Pair>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Pair {
    amount: Amount,
    base_amount: Amount,
}

impl Row for JournalRow {
    const PATH: &'static str = "journal";
    const LIST: &'static str = "Journals";

    fn id(&self) -> &str {
        &self.task_id.0
    }
}

impl From<JournalRow> for Journal {
    fn from(row: JournalRow) -> Self {
        let lines = row.lines.unwrap_or_default();
        Self {
            task_id: row.task_id.0,
            number: row.journal_number.filled(),
            status: row.status.0,
            narration: row.narration.0,
            date: day::read(&row.effective_date.0),
            amount: sum(lines.iter().map(|line| line.amount.0)),
            base_amount: sum(lines.iter().map(|line| line.base_amount.0)),
        }
    }
}

/// The sum; none where there is nothing, or one is missing.
pub(super) fn sum(amounts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts
        .reduce(|sum, next| sum?.checked_add(next?))
        .flatten()
}

/// The journal that a write was answered with, or what the answer lacks to be believed: its id, our
/// mark, and the amounts, which it always shows but for a voided one.
///
/// # Errors
/// When the text is no such answer.
pub(crate) fn written_journal(
    text: &str,
    sent: Option<&NewJournal>,
) -> Result<Result<Journal, &'static str>, serde_json::Error> {
    let row: Option<JournalRow> = first_of_envelope(text)?;
    let Some(row) = row.filter(|row| !row.task_id.0.trim().is_empty()) else {
        return Ok(Err("the id of the journal"));
    };
    let journal = Journal::from(row);
    let Some(sent) = sent else {
        return Ok(Ok(journal));
    };
    let amount = sum(sent.lines.iter().map(|line| Some(line.amount)));
    Ok(if journal.narration.trim() != sent.narration.trim() {
        Err("the narration it was sent with")
    } else if journal.amount != amount {
        Err("the amounts it was sent with")
    } else {
        Ok(journal)
    })
}
