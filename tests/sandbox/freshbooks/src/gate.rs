//! Who may see what: the token, the account, the subscription, the scope, in this order.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::response::Response;
use jiff::Timestamp;

use crate::oauth::Grant;
use crate::refusal::{Family, Refusal};
use crate::world::{Books, World};

/// Why a call may not go on.
#[derive(Debug)]
pub(crate) enum Denied {
    /// No token, an unknown or an expired one: 401.
    Unauthenticated,
    /// A good token that may not do this: 403.
    Forbidden(Refusal),
}

impl Denied {
    /// The answer in the words of the path's family.
    pub(crate) fn answer(&self, family: Family) -> Response {
        match self {
            Self::Unauthenticated => family.unauthenticated(),
            Self::Forbidden(refusal) => family.forbidden(refusal),
        }
    }
}

/// The grant that the call's bearer token speaks for.
pub(crate) fn grant<'w>(
    world: &'w World,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<&'w Grant, Denied> {
    headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| world.grants.by_access_token(token, now))
        .ok_or(Denied::Unauthenticated)
}

/// The books of an account, with the grant that opens them.
pub(crate) fn books<'w>(
    world: &'w World,
    headers: &HeaderMap,
    account_id: &str,
    now: Timestamp,
) -> Result<(&'w Books, &'w Grant), Denied> {
    let grant = grant(world, headers, now)?;
    let books = world
        .accounts
        .get(account_id)
        .filter(|books| books.account.identity_id == grant.identity_id)
        .ok_or_else(|| forbidden(1003, "You do not have access to this account."))?;
    if books.quirks.lapsed {
        return Err(forbidden(1042, "This account is inactive."));
    }
    Ok((books, grant))
}

/// Whether the grant holds a scope. The message names the scopes held and the one needed; the JSON
/// around it is unconfirmed, so it is the accounting family's usual error.
pub(crate) fn scope(grant: &Grant, needed: &str) -> Result<(), Denied> {
    if grant.scopes.iter().any(|held| held == needed) {
        return Ok(());
    }
    let held = grant.scopes.join(" ");
    let message = format!("Your token has the scopes: {held}. This action needs: {needed}.");
    Err(forbidden(1003, &message))
}

fn forbidden(errno: u32, message: &str) -> Denied {
    Denied::Forbidden(Refusal::forbidden(errno, message.to_owned()))
}
