//! What a failed refresh means for the stored pair.

use std::fmt;

/// What to do about a failed refresh.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The refresh token is spent or revoked. Read the stored pair once more, in case another
    /// writer renewed it; otherwise only a new consent helps.
    #[error("{0}")]
    InvalidGrant(String),
    /// FreshBooks refuses the app itself, such as a wrong client secret; the token is untouched.
    #[error("{0}")]
    Refused(String),
    /// The request may have been served and its answer is lost: the stored refresh token may be
    /// spent. Record it, then try the stored token again; [`Error::InvalidGrant`] settles it.
    #[error("{0}")]
    Uncertain(String),
    /// No pair was issued: no connection, a limit, or a refusal that passes. Try again later.
    #[error("{0}")]
    Transient(String),
}

impl Error {
    pub(super) fn lost(cause: impl fmt::Display) -> Self {
        Self::Uncertain(format!(
            "FreshBooks was asked for new tokens and its answer is lost ({cause}): \
             the stored refresh token may be spent."
        ))
    }
}
