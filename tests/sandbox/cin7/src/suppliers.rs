//! `/supplier`.

mod record;
mod write;

pub use record::Supplier;

pub(crate) use write::{change, create};

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// The list's name in the envelope.
const LIST: &str = "SupplierList";

/// `GET /supplier`. `Search` is no parameter here and is ignored, as seen live
/// (docs/cin7-api.md, suppliers).
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let modified_since = ask.instant("ModifiedSince")?;
    let with_deprecated = id.is_some() || ask.truth("IncludeDeprecated")?.unwrap_or(false);
    let name = ask.parameter("Name");
    let is_asked_for = |row: &&Supplier| {
        id.is_none_or(|id| row.id == id)
            && name.is_none_or(|name| starts_with(&row.name, name))
            && modified_since.is_none_or(|since| row.last_modified_on >= since)
            && (with_deprecated || row.status == "Active")
    };
    let rows: Vec<_> = account
        .suppliers
        .all_seen(account.horizon(ask.at))
        .filter(is_asked_for)
        .collect();
    page(ask, LIST, &rows)
}
