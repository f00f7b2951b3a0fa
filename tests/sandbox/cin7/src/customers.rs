//! `/customer`.

mod contacts;
mod record;
mod write;

pub use contacts::{Address, Contact};
pub use record::Customer;

pub(crate) use contacts::{read_address, read_contact, read_typed_address};
pub(crate) use write::{change, create, no_active_term};

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// The list's name in the envelope.
const LIST: &str = "CustomerList";

/// `GET /customer`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let modified_since = ask.instant("ModifiedSince")?;
    let with_deprecated = id.is_some() || ask.truth("IncludeDeprecated")?.unwrap_or(false);
    let rows: Vec<_> = account
        .customers
        .all_seen(account.horizon(ask.at))
        .filter(|row| id.is_none_or(|id| row.id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.name, name))
        })
        .filter(|row| {
            ask.parameter("ContactFilter")
                .is_none_or(|filter| row.has_contact(filter))
        })
        .filter(|row| modified_since.is_none_or(|since| row.last_modified_on >= since))
        .filter(|row| with_deprecated || row.status == "Active")
        .collect();
    page(ask, LIST, &rows)
}
