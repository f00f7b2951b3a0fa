//! The errors that KMS answers with.

use axum::http::StatusCode;

use crate::server::Answer;

/// An error answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum KmsError {
    #[error("{0} does not exist")]
    NotFound(String),
    #[error("{0} is disabled.")]
    Disabled(String),
    /// Changed, cut short, or sealed under another context; KMS gives no reason, and neither does
    /// this, so that code under test cannot lean on one.
    #[error("")]
    InvalidCiphertext,
    #[error("The key ID in the request does not identify a CMK that can perform this operation.")]
    IncorrectKey,
    #[error(
        "The ciphertext refers to a customer master key that does not exist, does not exist in \
         this region, or you are not allowed to access."
    )]
    ForeignCiphertext,
    #[error("An alias with the name {0} already exists")]
    AliasExists(String),
    #[error("{0}")]
    Validation(String),
    #[error("no such operation in this emulator")]
    UnknownOperation,
    #[error("{0}")]
    Internal(String),
}

impl KmsError {
    const fn kind(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "NotFoundException",
            Self::Disabled(_) => "DisabledException",
            Self::InvalidCiphertext => "InvalidCiphertextException",
            Self::IncorrectKey => "IncorrectKeyException",
            Self::ForeignCiphertext => "AccessDeniedException",
            Self::AliasExists(_) => "AlreadyExistsException",
            Self::Validation(_) => "ValidationException",
            Self::UnknownOperation => "UnknownOperationException",
            Self::Internal(_) => "KMSInternalException",
        }
    }

    pub(super) fn into_answer(self) -> Answer {
        let status = match self {
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Answer::error(status, self.kind(), &self.to_string())
    }
}

impl From<rusqlite::Error> for KmsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<ring::error::Unspecified> for KmsError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Internal("the random source failed".to_owned())
    }
}
