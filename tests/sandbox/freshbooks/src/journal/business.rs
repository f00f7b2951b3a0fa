//! The gate of what stands below a business, where the accounting gate stands below an account.

use axum::Json;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::gate;
use crate::refusal::{Family, Refusal, ledger_error};
use crate::world::{Shared, View};

/// What `look` finds in the books of a business, for a caller who may see them.
pub(super) fn answer(
    shared: &Shared,
    headers: &HeaderMap,
    business_uuid: &str,
    scope: &str,
    look: impl FnOnce(&View<'_>) -> Result<Value, Refusal>,
) -> Response {
    let world = shared.lock();
    let mut accounts = world.accounts.values();
    let account_id = accounts
        .find(|books| books.account.business_uuid == business_uuid)
        .map_or("", |books| books.account.account_id.as_str());
    let open = gate::books(&world, headers, account_id, shared.now())
        .and_then(|(books, grant)| gate::scope(grant, scope).map(|()| books));
    match open {
        Err(denied) => denied.answer(Family::Ledger),
        Ok(books) => match look(&shared.view(books)) {
            Ok(body) => Json(body).into_response(),
            Err(refusal) => ledger_error(&refusal),
        },
    }
}
