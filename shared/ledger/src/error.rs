//! What can go wrong with the table.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// A failed ledger operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Somebody else wrote the item since it was read; read it again and decide anew.
    #[error("{0} was changed by another worker in the meantime")]
    Conflict(String),
    /// What was to be changed is not there, or was removed.
    #[error("{0} does not exist or was removed")]
    Absent(String),
    /// The table did not answer, or refused for load; nothing is known of the write. Try again.
    #[error("the ledger table could not be reached: {0}")]
    Unavailable(String),
    /// An item does not hold what it should; a person has to look at it.
    #[error("the ledger item {item} cannot be read: {why}")]
    Corrupt {
        /// Which item.
        item: String,
        /// What is wrong with it.
        why: String,
    },
}

impl Error {
    pub(crate) fn corrupt(item: &str, why: impl std::fmt::Display) -> Self {
        Self::Corrupt {
            item: item.to_owned(),
            why: why.to_string(),
        }
    }

    /// The error of a call that carries no condition.
    pub(crate) fn unavailable<E, R>(error: &SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug,
    {
        Self::Unavailable(describe(error))
    }
}

/// The service's own code and message, or the kind of failure where there was no answer.
pub(crate) fn describe<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match error {
        SdkError::ServiceError(service) => {
            let meta = service.err().meta();
            format!(
                "{}: {}",
                meta.code().unwrap_or("error"),
                meta.message().unwrap_or("no message")
            )
        }
        SdkError::TimeoutError(_) => "no answer in time".to_owned(),
        SdkError::DispatchFailure(_) => "no connection".to_owned(),
        SdkError::ResponseError(_) => "the answer could not be read".to_owned(),
        _ => "the request could not be built".to_owned(),
    }
}
