//! The ledger: its accounts, what every document posts to them, and entries that a person makes
//! (docs/freshbooks-api.md, journals and accounts).

mod accounts;
mod business;
mod details;
mod entries;
mod ledger;
mod posting;

use std::sync::Arc;

use axum::Router;

pub(crate) use accounts::Chart;
pub use accounts::{AccountType, NewLedgerAccount};
pub use entries::{JournalLine, NewJournalEntry};

use crate::refusal::Refusal;
use crate::world::Shared;

/// The lists of both generations.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .merge(details::routes())
        .merge(entries::routes())
        .merge(ledger::routes())
}

/// What an account answers that does not serve a list.
fn not_served() -> Refusal {
    Refusal {
        status: axum::http::StatusCode::NOT_FOUND,
        errno: 404,
        field: String::new(),
        message: "Requested resource could not be found.".to_owned(),
        object: String::new(),
        value: String::new(),
    }
}
