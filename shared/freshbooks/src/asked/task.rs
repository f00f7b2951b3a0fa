//! Anything but one document: a list, the identity, a change to a callback.

use std::fmt;

use reqwest::StatusCode;
use serde_json::Value;

use super::Asked;
use crate::Error;
use crate::http::NoAnswer;

/// Something FreshBooks is asked to do. It is shown as `list the taxes`.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    /// A phrase that reads on after "asked to".
    pub(crate) doing: String,
    /// What a 403 probably lacks, as it reads in a sentence: `the scope user:taxes:read`.
    pub(crate) scope: String,
    /// A sentence that says what to do about a refusal.
    pub(crate) remedy: &'static str,
    /// How the answer is known.
    pub(crate) sought: Sought,
}

/// What a body holds that answers a [`Task`].
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sought {
    /// An object of this name below `response.result`.
    Object(&'static str),
    /// A list of this name below `response.result`.
    List(&'static str),
    /// A list of this name below `response`, without the `result` level
    /// (docs/freshbooks-api.md, identity).
    BareList(&'static str),
    /// A list under any of these names, without an envelope around it: of the newer journal entries
    /// no answer is documented (docs/freshbooks-api.md, journals and accounts).
    AnyList(&'static [&'static str]),
    /// Nothing in particular: that there is no error is the answer.
    Nothing,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)
    }
}

impl Task {
    /// FreshBooks says that what the task is about does not exist.
    pub(crate) fn gone(&self) -> Error {
        Error::Refused(format!(
            "FreshBooks was asked to {self} and says that there is no such thing. {}",
            self.remedy
        ))
    }

    /// A list that has no end, or none that anybody could wait for.
    pub(crate) fn endless(&self, pages: u64) -> Error {
        Error::Refused(format!(
            "FreshBooks was asked to {self} and shows more than {pages} pages, \
             which is more than are read. {}",
            self.remedy
        ))
    }

    /// The list was another one on every page.
    pub(crate) fn restless(&self) -> Error {
        Error::Transient(format!(
            "FreshBooks was asked to {self} and the list kept changing while it was read."
        ))
    }
}

impl Asked for Task {
    fn unanswered(&self, none: &NoAnswer) -> Error {
        Error::Transient(format!(
            "FreshBooks could not be asked to {self}: {}.",
            none.cause()
        ))
    }

    fn unaskable(&self, why: fmt::Arguments<'_>) -> Error {
        Error::Refused(format!("FreshBooks cannot be asked to {self}: {why}."))
    }

    fn odd(&self, what: fmt::Arguments<'_>) -> Error {
        Error::Transient(format!(
            "FreshBooks was asked to {self} and answered with {what}."
        ))
    }

    fn forbidden(&self, reason: &str) -> Error {
        Error::Forbidden(format!(
            "FreshBooks does not let this connection {self}: {reason}. \
             Probably {} is missing: enable it for the app in FreshBooks' developer \
             portal, then connect the account again.",
            self.scope
        ))
    }

    fn refused(&self, status: StatusCode, reason: &str) -> Error {
        Error::Refused(format!(
            "FreshBooks refused to {self} (HTTP {}): {reason}. {}",
            status.as_u16(),
            self.remedy
        ))
    }

    fn broken(&self, breach: fmt::Arguments<'_>) -> Error {
        Error::Refused(format!(
            "FreshBooks was asked to {self} and its answer cannot be read: {breach}. {}",
            self.remedy
        ))
    }

    fn is_answered_by(&self, body: &Value) -> bool {
        let response = body.get("response");
        let found = |key| response?.get("result")?.get(key);
        match self.sought {
            Sought::Object(key) => found(key).is_some_and(Value::is_object),
            Sought::List(key) => found(key).is_some_and(Value::is_array),
            Sought::BareList(key) => response
                .and_then(|response| response.get(key))
                .is_some_and(Value::is_array),
            Sought::AnyList(keys) => keys
                .iter()
                .any(|&key| body.get(key).is_some_and(Value::is_array)),
            Sought::Nothing => true,
        }
    }

    fn is_answered_by_silence(&self) -> bool {
        matches!(self.sought, Sought::Nothing)
    }

    fn sought(&self) -> &str {
        match self.sought {
            Sought::Object(key) | Sought::List(key) | Sought::BareList(key) => key,
            Sought::AnyList(_) => "list",
            Sought::Nothing => "outcome",
        }
    }
}
