//! The bodies of journals (docs/cin7-api.md, journals).

use money::Currency;
use serde::Serialize;

use super::{NOTE, json};
use crate::day::Day;
use crate::limit::cut;
use crate::number::Number;
use crate::{EntryStatus, JournalLine, NewJournal};

const REFERENCE: usize = 256;

/// The body of `POST /journal`. The mark is sent whole.
#[must_use]
pub fn journal_request(journal: &NewJournal) -> String {
    json(&body(None, journal))
}

/// The body of `PUT /journal`: the whole draft again, under its id.
#[must_use]
pub fn journal_update_request(task_id: &str, journal: &NewJournal) -> String {
    json(&body(Some(task_id), journal))
}

/// How a status is sent.
pub(super) fn status_words(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Completed => "COMPLETED",
        EntryStatus::Draft => "DRAFT",
    }
}

fn body<'a>(task_id: Option<&'a str>, journal: &'a NewJournal) -> JournalBody<'a> {
    JournalBody {
        task_id,
        status: status_words(journal.status),
        currency: journal.currency,
        currency_conversion_rate: Number(journal.currency_rate),
        effective_date: Day(journal.date),
        narration: &journal.narration,
        notes: cut(&journal.notes, NOTE),
        lines: journal.lines.iter().map(line_body).collect(),
    }
}

fn line_body(line: &JournalLine) -> LineBody<'_> {
    LineBody {
        debit: &line.debit,
        credit: &line.credit,
        amount: Number(line.amount),
        base_amount: Number(line.base_amount),
        reference: cut(&line.reference, REFERENCE),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct JournalBody<'a> {
    #[serde(rename = "TaskID", skip_serializing_if = "Option::is_none")]
    task_id: Option<&'a str>,
    status: &'static str,
    currency: Currency,
    currency_conversion_rate: Number,
    effective_date: Day,
    narration: &'a str,
    notes: &'a str,
    lines: Vec<LineBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LineBody<'a> {
    debit: &'a str,
    credit: &'a str,
    amount: Number,
    base_amount: Number,
    reference: &'a str,
}
