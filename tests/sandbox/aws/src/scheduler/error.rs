//! The errors that EventBridge Scheduler answers with.

use axum::http::StatusCode;

use crate::server::Answer;

/// An error answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum SchedulerError {
    #[error("Schedule {0} does not exist.")]
    NoSchedule(String),
    #[error("Schedule group {0} does not exist.")]
    NoGroup(String),
    #[error("{0} already exists.")]
    Exists(String),
    #[error("{0}")]
    Validation(String),
    #[error("{0}")]
    Internal(String),
}

impl SchedulerError {
    pub(super) fn into_answer(self) -> Answer {
        let (status, kind) = match self {
            Self::NoSchedule(_) | Self::NoGroup(_) => {
                (StatusCode::NOT_FOUND, "ResourceNotFoundException")
            }
            Self::Exists(_) => (StatusCode::CONFLICT, "ConflictException"),
            Self::Validation(_) => (StatusCode::BAD_REQUEST, "ValidationException"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException"),
        };
        Answer::error(status, kind, &self.to_string())
    }
}

impl From<rusqlite::Error> for SchedulerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
