//! What an answer of the token endpoints means.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;

use super::{Error, TokenPair};
use crate::http::Answer;
use crate::quote::quote;
use crate::wire::Failure;

/// Life of an access token where the answer does not say (docs/freshbooks-api.md, OAuth). A wrong
/// guess costs one 401; refusing the pair over it would cost a new consent.
const USUAL_LIFE: Duration = Duration::from_hours(12);

/// What a grant is for, which is what the sentences differ by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// The first pair, for a code.
    Exchange,
    /// The next pair, for a refresh token.
    Refresh,
}

impl Purpose {
    fn invalid_grant(self, reason: &str) -> Error {
        Error::InvalidGrant(match self {
            Self::Exchange => format!(
                "FreshBooks does not accept the code that consent came back with: {reason}. \
                 It works once and for 5 minutes. Connect the account again."
            ),
            Self::Refresh => format!(
                "FreshBooks no longer accepts the stored refresh token: {reason}. \
                 Connect the account again."
            ),
        })
    }

    /// The request may have been served and nobody knows what it gave.
    pub(super) fn lost(self, cause: impl fmt::Display) -> Error {
        Error::Uncertain(match self {
            Self::Exchange => format!(
                "FreshBooks was asked for the first tokens and its answer is lost ({cause}): \
                 the code may be spent, and tokens stored earlier with it. \
                 Connect the account again."
            ),
            Self::Refresh => format!(
                "FreshBooks was asked for new tokens and its answer is lost ({cause}): \
                 the stored refresh token may be spent."
            ),
        })
    }
}

/// The pair in an answer, or what went wrong. `secrets` are those that were sent: FreshBooks' words
/// are repeated without them.
pub(super) fn judge(
    answer: &Answer,
    purpose: Purpose,
    now: Timestamp,
    secrets: &[&SecretString],
) -> Result<TokenPair, Error> {
    let status = answer.status.as_u16();
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status.is_success() {
        return pair(&body, now).ok_or_else(|| {
            purpose.lost(format_args!(
                "HTTP {status} without a complete pair of tokens"
            ))
        });
    }
    let error = text(&body, "error");
    let failure = Failure::find(&body);
    let reason = quote(
        failure.as_ref().map_or("", |failure| &failure.message),
        secrets,
    );
    let is_refusal = failure.is_some_and(|failure| !failure.is_passing());
    match status {
        408 | 429 | 300..=399 => Err(passing(status, &reason)),
        400..=499 if error == Some("invalid_grant") => Err(purpose.invalid_grant(&reason)),
        400..=499 if is_refusal => Err(refuses_the_app(status, &reason)),
        // A page from something in front of the token service, which was not reached.
        400..=499 => Err(passing(status, &reason)),
        // Gateways: the service behind them may have finished its work.
        502 | 504 => Err(purpose.lost(format_args!("HTTP {status}"))),
        // The service's own refusal, in the words of RFC 6749.
        500..=599 if error.is_some() => Err(passing(status, &reason)),
        _ => Err(purpose.lost(format_args!("HTTP {status}"))),
    }
}

/// Whether a token was ended. Nothing hangs on the body of a success.
pub(super) fn judge_revocation(answer: &Answer, secrets: &[&SecretString]) -> Result<(), Error> {
    if answer.status.is_success() {
        return Ok(());
    }
    let status = answer.status.as_u16();
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let failure = Failure::find(&body);
    let message = failure.as_ref().map_or("", |failure| &failure.message);
    let reason = quote(message, secrets);
    let is_refusal = failure.is_some_and(|failure| !failure.is_passing());
    if is_refusal && (400..500).contains(&status) && !matches!(status, 408 | 429) {
        return Err(refuses_the_app(status, &reason));
    }
    Err(Error::Transient(format!(
        "FreshBooks did not end a token (HTTP {status}): {reason}."
    )))
}

fn refuses_the_app(status: u16, reason: &str) -> Error {
    Error::Refused(format!(
        "FreshBooks refuses the app (HTTP {status}): {reason}. \
         Check the app's client id, client secret and redirect address."
    ))
}

fn passing(status: u16, reason: &str) -> Error {
    Error::Transient(format!(
        "FreshBooks gave no new tokens (HTTP {status}): {reason}."
    ))
}

/// The pair, as long as both tokens are there; everything else about it can be made good.
fn pair(body: &Value, now: Timestamp) -> Option<TokenPair> {
    let created_at = number(body, "created_at").and_then(|at| Timestamp::from_second(at).ok());
    let expires_in = number(body, "expires_in").and_then(|life| u64::try_from(life).ok());
    Some(TokenPair {
        access_token: text(body, "access_token")?.into(),
        refresh_token: text(body, "refresh_token")?.into(),
        created_at: created_at.unwrap_or(now),
        expires_in: expires_in.map_or(USUAL_LIFE, Duration::from_secs),
        scope: text(body, "scope").unwrap_or_default().to_owned(),
    })
}

fn text<'a>(body: &'a Value, field: &str) -> Option<&'a str> {
    body.get(field)?.as_str().filter(|text| !text.is_empty())
}

/// A whole number, written as number or text.
fn number(body: &Value, field: &str) -> Option<i64> {
    let value = body.get(field)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}
