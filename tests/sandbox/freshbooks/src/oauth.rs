//! OAuth 2.0 with single-use refresh tokens (docs/freshbooks-api.md, OAuth).

mod consent;
mod endpoints;
mod grants;
mod page;
mod portal;
mod scopes;

pub(crate) use endpoints::routes;
pub(crate) use grants::{Grant, Grants};
pub(crate) use portal::RegisteredApp;
pub use portal::{NoRedirect, RedirectHosts};

use jiff::Timestamp;

use crate::account::{Account, App};
use crate::stand_in::StandIn;
use crate::world::World;
use grants::Code;

/// Seconds that an access token lives: 12 hours.
pub(crate) const ACCESS_TOKEN_SECONDS: i64 = 43_200;

/// Every scope that reading takes.
pub const ALL_SCOPES: &[&str] = &[
    "user:profile:read",
    "user:invoices:read",
    "user:payments:read",
    "user:clients:read",
    "user:bills:read",
    "user:bill_payments:read",
    "user:bill_vendors:read",
    "user:expenses:read",
    "user:journal_entries:read",
    "user:account:read",
    "user:taxes:read",
    "user:billable_items:read",
    "user:other_income:read",
    "user:credit_notes:read",
];

/// Whether the access token from before a refresh still works (unconfirmed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PreviousAccessToken {
    /// It dies with the refresh.
    #[default]
    Dies,
    /// It lives out its 12 hours.
    Survives,
}

impl StandIn {
    /// The owner of the account consents to every scope; the first refresh token.
    pub fn consent(&self, app: &App, account: &Account) -> String {
        self.consent_to(app, account, ALL_SCOPES)
    }

    /// The same for some scopes only. Like every new pair it ends the refresh tokens of this person
    /// and app that were given out before.
    pub fn consent_to(&self, app: &App, account: &Account, scopes: &[&str]) -> String {
        let mut world = self.shared.lock();
        let world = &mut *world;
        let grant = world
            .grants
            .open(&app.client_id, account.identity_id, owned(scopes));
        grant
            .renew(
                &mut world.mint,
                self.shared.now(),
                self.shared.previous_access_token,
            )
            .refresh_token
    }

    /// The owner of the account consents in the browser; the code that comes back with the redirect.
    /// The consent screen itself is at `/oauth/authorize`.
    pub fn authorize(&self, app: &App, account: &Account, redirect_uri: &str) -> String {
        let consented = Consented {
            client_id: &app.client_id,
            identity_id: account.identity_id,
            scopes: owned(ALL_SCOPES),
            redirect_uri,
        };
        consented.code(&mut self.shared.lock(), self.shared.now())
    }

    /// The one refresh token of this person and app that is still good.
    #[must_use]
    pub fn live_refresh_token(&self, app: &App, account: &Account) -> Option<String> {
        self.shared
            .lock()
            .grants
            .find(&app.client_id, account.identity_id)?
            .refresh_token
            .clone()
    }

    /// The owner disconnects the app: every token of the pair is dead.
    pub fn disconnect(&self, app: &App, account: &Account) {
        self.shared
            .lock()
            .grants
            .end(&app.client_id, account.identity_id);
    }
}

/// What a person said yes to.
struct Consented<'a> {
    client_id: &'a str,
    identity_id: i64,
    scopes: Vec<String>,
    redirect_uri: &'a str,
}

impl Consented<'_> {
    /// A code for it, good once and for 5 minutes.
    fn code(self, world: &mut World, made: Timestamp) -> String {
        let code = world.mint.hex64();
        world.grants.add_code(Code {
            code: code.clone(),
            client_id: self.client_id.to_owned(),
            identity_id: self.identity_id,
            scopes: self.scopes,
            redirect_uri: self.redirect_uri.to_owned(),
            made,
        });
        code
    }
}

fn owned(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|&scope| scope.to_owned()).collect()
}
