//! Consent, and the pair of tokens that comes of it.
//!
//! A person consents in the browser at [`authorize_url`], comes back with a code, and the code is
//! [exchanged](exchange) for the first pair; from then on the pair is [renewed](refresh).
//!
//! A refresh token works once, and every new pair kills all earlier refresh tokens of the same
//! person and app (docs/freshbooks-api.md, OAuth). One writer refreshes, and stores the new pair
//! before using it; both are the caller's part. This module's part is to say, when something goes
//! wrong, whether the pair may have rotated.

mod answer;
mod authorize;
mod error;
mod grant;

use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::http::{NoAnswer, endpoint, send};
use answer::Purpose;
pub use authorize::authorize_url;
pub use error::Error;
use grant::Grant;

/// The app as registered in FreshBooks' developer portal.
#[derive(Debug, Clone)]
pub struct App {
    /// The public id.
    pub client_id: String,
    /// The secret; FreshBooks asks for it on every grant.
    pub client_secret: SecretString,
    /// The address consent returns to. Consent and its code take it. A refresh sends it where it is
    /// known: whether one works without it is not documented, and FreshBooks' own SDKs send it
    /// (docs/freshbooks-api.md, OAuth).
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

impl App {
    fn required_redirect_uri(&self) -> Result<&str, Error> {
        self.redirect_uri.as_deref().ok_or_else(|| {
            Error::Refused(
                "The app has no redirect address, so FreshBooks could send nobody back after \
                 consent. Register one in FreshBooks' developer portal and name it to the \
                 connector."
                    .to_owned(),
            )
        })
    }
}

impl TokenPair {
    /// When the access token ends. Counted from `created_at`, because a refresh may answer with a
    /// token that is already running (docs/freshbooks-api.md, OAuth).
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        clock::later(self.created_at, self.expires_in)
    }
}

/// Trades the code that consent came back with for the first pair. A code works once, for 5 minutes.
///
/// The new pair ends every earlier refresh token of the same person and app, as a refresh does.
/// `now` dates the pair if FreshBooks does not.
///
/// # Errors
/// See [`Error`]. After anything but [`Error::Transient`] only another consent helps;
/// [`Error::Uncertain`] leaves open whether tokens given out earlier still work.
pub async fn exchange(
    http: &reqwest::Client,
    base: &Url,
    app: &App,
    code: &SecretString,
    now: Timestamp,
) -> Result<TokenPair, Error> {
    let grant = Grant {
        grant_type: "authorization_code",
        client_id: &app.client_id,
        client_secret: app.client_secret.expose_secret(),
        refresh_token: None,
        code: Some(code.expose_secret()),
        redirect_uri: Some(app.required_redirect_uri()?),
    };
    let secrets = [&app.client_secret, code];
    grant
        .send(http, base, Purpose::Exchange, &secrets, now)
        .await
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
        refresh_token: Some(refresh_token.expose_secret()),
        code: None,
        redirect_uri: app.redirect_uri.as_deref(),
    };
    let secrets = [&app.client_secret, refresh_token];
    grant
        .send(http, base, Purpose::Refresh, &secrets, now)
        .await
}

/// Ends a token, either of a pair; one that is dead already is fine.
///
/// # Errors
/// [`Error::Refused`] where FreshBooks refuses the app, else [`Error::Transient`]: revoking may be
/// done again whatever became of the first time.
pub async fn revoke(
    http: &reqwest::Client,
    base: &Url,
    app: &App,
    token: &SecretString,
) -> Result<(), Error> {
    let fields = [
        ("client_id", app.client_id.as_str()),
        ("client_secret", app.client_secret.expose_secret()),
        ("token", token.expose_secret()),
    ];
    // A form: JSON was not tried here by anybody (docs/freshbooks-api.md, OAuth).
    let request = http.post(endpoint(base, "auth/oauth/revoke")).form(&fields);
    match send(request).await {
        Ok(answer) => answer::judge_revocation(&answer, &[&app.client_secret, token]),
        Err(NoAnswer::NotSent(cause) | NoAnswer::Lost(cause)) => Err(Error::Transient(format!(
            "FreshBooks could not be asked to end a token: {cause}."
        ))),
    }
}
