//! `/ref/location`.

use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// A location. Child locations are rows of their own.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Location {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name, by which documents refer to it.
    pub name: String,
    /// Whether it is the default.
    pub is_default: bool,
    /// Whether it is out of use.
    pub is_deprecated: bool,
    /// Its bins.
    pub bins: Vec<Bin>,
}

/// A bin of a location.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Bin {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name.
    pub name: String,
}

/// `GET /ref/location`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let deprecated = ask.truth("Deprecated")?;
    let rows: Vec<_> = account
        .options
        .books
        .locations
        .iter()
        .filter(|row| id.is_none_or(|id| row.id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.name, name))
        })
        .filter(|row| deprecated.is_none_or(|wanted| row.is_deprecated == wanted))
        .collect();
    page(ask, "LocationList", &rows)
}
