//! OAuth 2.0 with single-use refresh tokens (docs/freshbooks-api.md, OAuth).

mod endpoints;
mod grants;

pub(crate) use endpoints::routes;
pub(crate) use grants::{Grant, Grants};

use crate::account::{Account, App};
use crate::stand_in::StandIn;
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
    pub fn authorize(&self, app: &App, account: &Account, redirect_uri: &str) -> String {
        let mut world = self.shared.lock();
        let code = world.mint.hex64();
        world.grants.add_code(Code {
            code: code.clone(),
            client_id: app.client_id.clone(),
            identity_id: account.identity_id,
            scopes: owned(ALL_SCOPES),
            redirect_uri: redirect_uri.to_owned(),
            made: self.shared.now(),
        });
        code
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

fn owned(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|&scope| scope.to_owned()).collect()
}
