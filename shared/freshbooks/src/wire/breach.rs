//! How a document breaks the API's contract.

use std::fmt;

/// The end of a sentence about the document: `the total is missing`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Breach(String);

impl Breach {
    pub(super) fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    pub(super) fn missing(what: impl fmt::Display) -> Self {
        Self(format!("the {what} is missing"))
    }

    /// `found` is shown shortened: a field may hold anything.
    pub(super) fn odd(what: impl fmt::Display, found: &str, expected: &str) -> Self {
        let found: String = found.chars().take(40).collect();
        Self(format!("the {what} is {found:?}, not {expected}"))
    }
}
