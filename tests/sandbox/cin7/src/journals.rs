//! `/journal`.

mod record;
mod write;

pub use record::{Journal, JournalLine, LedgerStatus};

pub(crate) use write::{change, create, read_completion, undo_or_void};

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{contains, page};
use crate::refusal::Refusal;

/// The list's name in the envelope.
const LIST: &str = "Journals";

/// `GET /journal`: whole journals, lines and all.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let task_id = ask.guid("TaskID")?;
    let status = ask.parameter("Status");
    let search = ask.parameter("Search");
    let is_found = |row: &Journal, text: &str| {
        [
            &row.journal_number,
            row.status.name(),
            &row.narration,
            &row.notes,
        ]
        .into_iter()
        .any(|field| contains(field, text))
    };
    let rows: Vec<_> = account
        .journals
        .all_seen(account.horizon(ask.at))
        .filter(|row| task_id.is_none_or(|id| row.task_id == id))
        .filter(|row| status.is_none_or(|wanted| wanted.eq_ignore_ascii_case(row.status.name())))
        .filter(|row| search.is_none_or(|text| is_found(row, text)))
        .collect();
    page(ask, LIST, &rows)
}
