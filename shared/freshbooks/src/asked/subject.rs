//! One document that is read.

use std::fmt;

use reqwest::StatusCode;
use serde_json::Value;

use super::Asked;
use crate::Error;
use crate::http::NoAnswer;

/// A document. It is shown as `invoice 987654`, and every sentence names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// As a sentence calls it.
    pub(crate) noun: &'static str,
    /// Its key in the answer.
    pub(crate) key: &'static str,
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
}

impl Asked for Subject<'_> {
    /// Reading changes nothing, so it may simply be done again.
    fn unanswered(&self, none: &NoAnswer) -> Error {
        Error::Transient(format!(
            "FreshBooks could not be asked for {self}: {}.",
            none.cause()
        ))
    }

    fn unaskable(&self, why: fmt::Arguments<'_>) -> Error {
        Error::Refused(format!("FreshBooks cannot be asked for {self}: {why}."))
    }

    fn odd(&self, what: fmt::Arguments<'_>) -> Error {
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

    fn broken(&self, breach: fmt::Arguments<'_>) -> Error {
        Error::Refused(format!(
            "FreshBooks' {self} cannot be read: {breach}. \
             Open it in FreshBooks, save it again, then replay this record."
        ))
    }

    fn is_answered_by(&self, body: &Value) -> bool {
        body.get("response")
            .and_then(|response| response.get("result"))
            .and_then(|result| result.get(self.key))
            .is_some_and(Value::is_object)
    }

    fn sought(&self) -> &str {
        self.noun
    }
}
