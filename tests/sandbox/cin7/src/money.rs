//! `/moneyOperation` and `/moneyTaskList`.

mod answer;
pub(crate) mod list;
mod record;
mod write;

pub use record::{MoneyLine, MoneyOperation, TaskType};

pub(crate) use write::{change, create, undo_or_void};

use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::refusal::Refusal;

/// `GET /moneyOperation`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("TaskID")?;
    let operation = account
        .money_operations
        .seen(id, account.horizon(ask.at))
        .ok_or_else(not_found)?;
    Ok(answer::operation(account, operation))
}

fn newest(account: &AccountState, id: Option<Uuid>) -> Result<MoneyOperation, Refusal> {
    id.and_then(|id| account.money_operations.newest(id))
        .cloned()
        .ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::invalid("Money task with specified ID not found")
}
