//! What an answer of the accounting API means, decided in one place.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::Value;

use crate::Error;
use crate::http::{Answer, NoAnswer};
use crate::quote::quote;
use crate::wire::Failure;

/// How long to stay away after a 429 that does not say.
const USUAL_WAIT: Duration = Duration::from_secs(60);
/// The least and the most that a 429 is believed.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// What was asked for. It is shown as `invoice 987654`, and every sentence names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The noun, which is also the document's key in the answer.
    pub(crate) noun: &'static str,
    /// The scope that reading it takes (docs/freshbooks-api.md, OAuth).
    pub(crate) scope: &'static str,
    pub(crate) id: &'a str,
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.noun, self.id)
    }
}

impl Subject<'_> {
    /// There was no answer: reading changes nothing, so it may simply be done again.
    pub(crate) fn unanswered(&self, none: &NoAnswer) -> Error {
        Error::Transient(format!(
            "FreshBooks could not be asked for {self}: {}.",
            none.cause()
        ))
    }

    /// The request cannot even be made.
    pub(crate) fn unaskable(&self, why: impl fmt::Display) -> Error {
        Error::Refused(format!("FreshBooks cannot be asked for {self}: {why}."))
    }

    /// The document breaks the API's contract; the breach reads on after a colon.
    pub(crate) fn broken(&self, breach: impl fmt::Display) -> Error {
        Error::Refused(format!(
            "FreshBooks' {self} cannot be read: {breach}. \
             Open it in FreshBooks, save it again, then replay this record."
        ))
    }

    /// Guards against an answer to another question, which a cache on the way could give.
    pub(crate) fn check_id(&self, answered: &str) -> Result<(), Error> {
        if answered == self.id {
            return Ok(());
        }
        Err(self.broken(format_args!(
            "FreshBooks answered with {} {answered}",
            self.noun
        )))
    }

    fn odd(&self, what: impl fmt::Display) -> Error {
        Error::Transient(format!(
            "FreshBooks answered the request for {self} with {what}."
        ))
    }

    fn forbidden(&self, reason: &str) -> Error {
        Error::Forbidden(format!(
            "FreshBooks does not let this connection read {self}: {reason}. \
             Probably the scope {} is missing: enable it for the app in FreshBooks' developer \
             portal, then connect the account again.",
            self.scope
        ))
    }

    fn refused(&self, status: StatusCode, reason: &str) -> Error {
        Error::Refused(format!(
            "FreshBooks refused the request for {self} (HTTP {}): {reason}. \
             Put it right in FreshBooks, then replay this record.",
            status.as_u16()
        ))
    }
}

/// The body of an answer that holds the document; `None` where FreshBooks says that it is gone.
///
/// Status first, because bodies differ by service family; then the error shapes, because an error
/// may come with HTTP 200 (docs/freshbooks-api.md, errors).
pub(crate) fn judge(
    answer: Answer,
    subject: &Subject<'_>,
    token: &SecretString,
) -> Result<Option<Vec<u8>>, Error> {
    let status = answer.status;
    if status == StatusCode::UNAUTHORIZED {
        return Err(Error::Unauthenticated);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Err(Error::Throttled {
            wait: wait(answer.retry_after.as_deref()),
        });
    }
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let failure = body.as_ref().and_then(Failure::find);
    let reason = quote(
        failure.as_ref().map_or("", |failure| &failure.message),
        &[token],
    );
    if is_passing(status) {
        return Err(subject.odd(format_args!("HTTP {} ({reason})", status.as_u16())));
    }
    if failure
        .as_ref()
        .is_some_and(|failure| failure.says_gone(status.as_u16()))
    {
        return Ok(None);
    }
    if status == StatusCode::FORBIDDEN {
        return Err(subject.forbidden(&reason));
    }
    match (body, failure) {
        (None, _) => Err(subject.odd("something that is not JSON, or not all of it")),
        (_, Some(failure)) if failure.is_passing() => Err(subject.odd(reason)),
        (_, Some(_)) => Err(subject.refused(status, &reason)),
        (Some(body), None) if status.is_success() && holds(&body, subject) => Ok(Some(answer.body)),
        (Some(_), None) => Err(subject.odd(format_args!(
            "HTTP {} and neither the {} nor a known error",
            status.as_u16(),
            subject.noun
        ))),
    }
}

/// Statuses that say nothing about the document: redirects are off on purpose, a 5xx is FreshBooks'
/// own trouble, 408, 409 and 425 ask for another try.
fn is_passing(status: StatusCode) -> bool {
    status.is_redirection()
        || status.is_server_error()
        || matches!(status.as_u16(), 408 | 409 | 425)
}

fn holds(body: &Value, subject: &Subject<'_>) -> bool {
    body.get("response")
        .and_then(|response| response.get("result"))
        .and_then(|result| result.get(subject.noun))
        .is_some_and(Value::is_object)
}

/// The leading digits of `Retry-After`, in seconds, within reason: 0 would hammer a server that is
/// pleading for a pause, and a day would stall the connection on one header.
fn wait(retry_after: Option<&str>) -> Duration {
    let text = retry_after.unwrap_or_default().trim_start();
    let digits = text
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let wait = digits.parse().map_or(USUAL_WAIT, Duration::from_secs);
    wait.clamp(SHORTEST_WAIT, LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_the_leading_digits_or_a_minute_and_from_1_to_300_seconds() {
        for (header, seconds) in [
            (Some("7"), 7),
            (Some(" 30 Seconds"), 30),
            (Some("0"), 1),
            (Some("300"), 300),
            (Some("86400"), 300),
            (Some("Wed, 21 Oct 2026 07:28:00 GMT"), 60),
            (Some(""), 60),
            (Some("99999999999999999999999"), 60),
            (None, 60),
        ] {
            assert_eq!(wait(header), Duration::from_secs(seconds), "{header:?}");
        }
    }
}
