//! What can go wrong with a secret.

/// A secret that cannot be had. No variant carries any part of a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The table.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// KMS did not answer, or refused.
    #[error("the key service could not be used: {0}")]
    Kms(String),
    /// A ciphertext that does not open here: altered, or moved from another connection.
    #[error("the {what} of connection {connection} cannot be opened: {why}")]
    Sealed {
        /// Which secret.
        what: &'static str,
        /// Whose.
        connection: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nothing is stored.
    #[error("connection {connection} has no {what} stored")]
    Missing {
        /// Which secret.
        what: &'static str,
        /// Whose.
        connection: String,
    },
    /// FreshBooks no longer accepts the refresh token: a person has to consent again. A whole sentence.
    #[error("{0}")]
    NeedsConsent(String),
    /// The token could not be refreshed now; try again.
    #[error("the FreshBooks token could not be refreshed: {0}")]
    Token(String),
}
