//! Renewing the pair of tokens of a connection.
//!
//! A refresh token works once, and every new pair kills all earlier refresh tokens of the same
//! person and app (docs/freshbooks-api.md, OAuth). One writer refreshes, and stores the new pair
//! before using it; both are the caller's part. This module's part is to say, when something goes
//! wrong, whether the pair may have rotated.

mod answer;
mod error;

use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;

use crate::http::{NoAnswer, endpoint, send};
pub use error::Error;

/// The app as registered in FreshBooks' developer portal.
#[derive(Debug, Clone)]
pub struct App {
    /// The public id.
    pub client_id: String,
    /// The secret; FreshBooks asks for it on every grant.
    pub client_secret: SecretString,
    /// The address consent returned to. Sent where it is known: whether a refresh works without it
    /// is not documented, and FreshBooks' own SDKs send it (docs/freshbooks-api.md, OAuth).
    pub redirect_uri: Option<String>,
}

/// What one grant gives.
#[derive(Debug, Clone)]
pub struct TokenPair {
    /// Opens the API for about 12 hours.
    pub access_token: SecretString,
    /// Gives the next pair, once.
    pub refresh_token: SecretString,
    /// When FreshBooks issued the pair, by its clock.
    pub created_at: Timestamp,
    /// How long the access token lives from then on.
    pub expires_in: Duration,
    /// The granted scopes, separated by blanks.
    pub scope: String,
}

impl TokenPair {
    /// When the access token ends. Counted from `created_at`, because a refresh may answer with a
    /// token that is already running (docs/freshbooks-api.md, OAuth).
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        clock::later(self.created_at, self.expires_in)
    }
}

/// The request. JSON and forms are both accepted; JSON needs no second encoder.
#[derive(Serialize)]
struct Grant<'a> {
    grant_type: &'static str,
    client_id: &'a str,
    client_secret: &'a str,
    refresh_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'a str>,
}

/// Trades a refresh token for a new pair.
///
/// `now` dates the pair if FreshBooks does not.
///
/// # Errors
/// See [`Error`]: only [`Error::Uncertain`] leaves open whether `refresh_token` is spent.
pub async fn refresh(
    http: &reqwest::Client,
    base: &Url,
    app: &App,
    refresh_token: &SecretString,
    now: Timestamp,
) -> Result<TokenPair, Error> {
    let grant = Grant {
        grant_type: "refresh_token",
        client_id: &app.client_id,
        client_secret: app.client_secret.expose_secret(),
        refresh_token: refresh_token.expose_secret(),
        redirect_uri: app.redirect_uri.as_deref(),
    };
    let request = http.post(endpoint(base, "auth/oauth/token")).json(&grant);
    match send(request).await {
        Ok(answer) => answer::judge(&answer, now, &[&app.client_secret, refresh_token]),
        Err(NoAnswer::NotSent(cause)) => Err(Error::Transient(format!(
            "FreshBooks could not be asked for new tokens: {cause}."
        ))),
        Err(NoAnswer::Lost(cause)) => Err(Error::lost(cause)),
    }
}
