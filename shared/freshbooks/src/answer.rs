//! What an answer to a call with a token means, decided in one place.

use std::time::Duration;

use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::Value;

use crate::Error;
use crate::asked::Asked;
use crate::http::Answer;
use crate::quote::quote;
use crate::wire::Failure;

/// How long to stay away after a 429 that does not say.
const USUAL_WAIT: Duration = Duration::from_secs(60);
/// The least and the most that a 429 is believed.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// The body of an answer that holds what was asked for; `None` where FreshBooks says that it is gone.
/// `secrets` are those that were sent: FreshBooks' words are repeated without them.
///
/// Status first, because bodies differ by service family; then the error shapes, because an error
/// may come with HTTP 200 (docs/freshbooks-api.md, errors).
pub(crate) fn judge(
    answer: Answer,
    asked: &impl Asked,
    secrets: &[&SecretString],
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
        secrets,
    );
    if is_passing(status) {
        return Err(asked.odd(format_args!("HTTP {} ({reason})", status.as_u16())));
    }
    if failure
        .as_ref()
        .is_some_and(|failure| failure.says_gone(status.as_u16()))
    {
        return Ok(None);
    }
    if status == StatusCode::FORBIDDEN {
        return Err(asked.forbidden(&reason));
    }
    if status.is_success() && asked.is_answered_by_silence() && is_blank(&answer.body) {
        return Ok(Some(answer.body));
    }
    match (body, failure) {
        (None, _) => Err(asked.odd(format_args!("something that is not JSON, or not all of it"))),
        (_, Some(failure)) if failure.is_passing() => Err(asked.odd(format_args!("{reason}"))),
        (_, Some(_)) => Err(asked.refused(status, &reason)),
        (Some(body), None) if status.is_success() && asked.is_answered_by(&body) => {
            Ok(Some(answer.body))
        }
        (Some(_), None) => Err(asked.odd(format_args!(
            "HTTP {} and neither the {} nor a known error",
            status.as_u16(),
            asked.sought()
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

fn is_blank(body: &[u8]) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
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
