//! What an answer means. Status alone does not tell: errors, web pages and the rate limit all come
//! with status 200 at times (docs/cin7-api.md, answers).

use std::time::Duration;

use crate::Error;
use crate::body::{Body, Report};
use crate::call::Call;

/// An answer as it came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) retry_after: Option<&'a str>,
    pub(crate) body: &'a str,
}

/// A failed call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What to do about it.
    pub(crate) error: Error,
    /// Whether Cin7 said that what was named does not exist. A wrong address is not that.
    pub(crate) missing: bool,
}

impl Fault {
    /// The same fault in other words.
    pub(crate) fn reworded(self, words: impl Fn(String) -> String) -> Self {
        let error = match self.error {
            Error::Transient(text) => Error::Transient(words(text)),
            Error::Uncertain(text) => Error::Uncertain(words(text)),
            Error::Unauthorized(text) => Error::Unauthorized(words(text)),
            Error::Refused(text) => Error::Refused(words(text)),
            Error::Throttled { wait } => Error::Throttled { wait },
        };
        Self { error, ..self }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self {
            error,
            missing: false,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        fault.error
    }
}

/// Decides whether an answer is the JSON document that was asked for.
///
/// # Errors
/// What to do about it when it is not.
pub(crate) fn judge(call: Call, answer: &Answer<'_>) -> Result<(), Fault> {
    let body = Body::read(answer.content_type, answer.body);
    if is_limit(answer, &body) {
        return Err(Error::Throttled {
            wait: wait(answer.retry_after),
        }
        .into());
    }
    match answer.status {
        200..=299 => judge_success(call, &body),
        401 | 403 => Err(unauthorized(&body, answer.status)),
        400..=499 if answer.status != 408 => Err(refused(call, &body, answer.status)),
        // 408 and 5xx say nothing on whether a write was applied, and redirects are never expected.
        status => {
            let words = body.words();
            let colon = if words.is_empty() { "" } else { ": " };
            Err(call
                .without_outcome(format!("status {status}{colon}{words}"))
                .into())
        }
    }
}

/// Any status may carry the limit; 429 always does (docs/cin7-api.md, limits). A document is read
/// for it only where it came with a failure: an invoice for raising somebody's "API limit" is not
/// a refusal, and sending it twice would be worse than any.
fn is_limit(answer: &Answer<'_>, body: &Body<'_>) -> bool {
    let succeeded = (200..=299).contains(&answer.status);
    let may_tell = match body {
        Body::Document(_) | Body::Broken(_) => !succeeded,
        Body::Empty => false,
        Body::WebPage(_) | Body::Reports(_) | Body::Words(_) => true,
    };
    answer.status == 429
        || succeeded && reported(body, |code| code == 429)
        || may_tell && answer.body.to_ascii_lowercase().contains("api limit")
}

/// Cin7 writes `60 Seconds`, which HTTP does not know: the leading digits count, else a minute.
fn wait(retry_after: Option<&str>) -> Duration {
    let text = retry_after.unwrap_or_default().trim_start();
    let digits = text.len()
        - text
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    let seconds = text
        .get(..digits)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(60);
    Duration::from_secs(u64::clamp(seconds, 1, 300))
}

fn judge_success(call: Call, body: &Body<'_>) -> Result<(), Fault> {
    let why = match body {
        Body::Document(_) => return Ok(()),
        Body::Reports(_) => return Err(judge_reports(call, body)),
        Body::Empty => "the answer was empty".to_owned(),
        Body::Broken(_) => "the answer was cut short".to_owned(),
        Body::WebPage(_) => format!("the answer was a web page ({})", body.words()),
        Body::Words(_) => format!("the answer was not JSON ({})", body.words()),
    };
    Err(call.without_outcome(why).into())
}

/// Errors that came with a success status. Of several, the one that leaves most open counts.
fn judge_reports(call: Call, body: &Body<'_>) -> Fault {
    if reported(body, |code| code == 408 || (500..=599).contains(&code)) {
        return call.without_outcome(body.words()).into();
    }
    if reported(body, |code| code == 401 || code == 403) {
        return Error::Unauthorized(body.words()).into();
    }
    refused(call, body, 200)
}

fn reported(body: &Body<'_>, is: impl Fn(u16) -> bool) -> bool {
    match body {
        Body::Reports(reports) => reports.iter().filter_map(Report::code).any(is),
        _ => false,
    }
}

fn unauthorized(body: &Body<'_>, status: u16) -> Fault {
    let words = body.words();
    Error::Unauthorized(if words.is_empty() {
        format!("status {status}")
    } else {
        words
    })
    .into()
}

fn refused(call: Call, body: &Body<'_>, status: u16) -> Fault {
    let words = body.words();
    if matches!(body, Body::WebPage(_)) && matches!(status, 400 | 404) {
        let sentence = format!(
            "Cin7 has no such address: {call} was answered {status} with a web page ({words})"
        );
        return Error::Refused(sentence).into();
    }
    let error = Error::Refused(if words.is_empty() {
        format!("Cin7 refused {call} with status {status} and no words")
    } else {
        format!("Cin7 refused {call}: {words}")
    });
    Fault {
        error,
        missing: is_missing(body, status, &words),
    }
}

/// A missing record comes as a 404 in the status or in the report, or as a 400 that says so
/// (docs/cin7-api.md, errors).
fn is_missing(body: &Body<'_>, status: u16, words: &str) -> bool {
    let words = words.to_lowercase();
    !matches!(body, Body::WebPage(_))
        && (status == 404
            || reported(body, |code| code == 404)
            || words.contains("not found")
            || words.contains("does not exist"))
}

#[cfg(test)]
mod tests;
