//! What was asked of FreshBooks, and what to say when the answer is something else.

mod subject;
mod task;

use std::fmt;

use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

pub(crate) use subject::Subject;
pub(crate) use task::{Sought, Task};

use crate::http::{NoAnswer, send};
use crate::{Error, answer};

/// The sentences about one call, and how its answer is known.
pub(crate) trait Asked {
    /// There was no answer.
    fn unanswered(&self, none: &NoAnswer) -> Error;

    /// The request cannot even be made.
    fn unaskable(&self, why: fmt::Arguments<'_>) -> Error;

    /// The answer says nothing about what was asked.
    fn odd(&self, what: fmt::Arguments<'_>) -> Error;

    /// 403, most often for a missing scope, which the sentence names.
    fn forbidden(&self, reason: &str) -> Error;

    /// FreshBooks said no.
    fn refused(&self, status: StatusCode, reason: &str) -> Error;

    /// The answer breaks the API's contract; the breach reads on after a colon.
    fn broken(&self, breach: fmt::Arguments<'_>) -> Error;

    /// Whether a body that is no error holds what was asked for.
    fn is_answered_by(&self, body: &Value) -> bool;

    /// Whether a success needs no body at all.
    fn is_answered_by_silence(&self) -> bool {
        false
    }

    /// What the body should have held, in a word.
    fn sought(&self) -> &str;
}

/// Sends a request with the token; the body that answers it, or `None` where FreshBooks says that
/// what it is about is gone. `secrets` stand in the request beside the token.
pub(crate) async fn ask(
    request: RequestBuilder,
    asked: &impl Asked,
    token: &SecretString,
    secrets: &[&SecretString],
) -> Result<Option<Vec<u8>>, Error> {
    let answer = send(request.bearer_auth(token.expose_secret()))
        .await
        .map_err(|none| asked.unanswered(&none))?;
    let secrets: Vec<&SecretString> = [token].into_iter().chain(secrets.iter().copied()).collect();
    answer::judge(answer, asked, &secrets)
}
