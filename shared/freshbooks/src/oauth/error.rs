//! What a failed call of the token endpoints means for the stored pair.

/// What to do about a failed exchange, refresh or revocation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The refresh token, or the code of a consent, is spent or revoked. Of a refresh token, read the stored pair once more, in case another
    /// writer renewed it; otherwise only a new consent helps.
    #[error("{0}")]
    InvalidGrant(String),
    /// FreshBooks refuses the app itself, such as a wrong client secret, or the app is not set up to
    /// ask at all; the token is untouched.
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
