//! What a failed call means for whoever made it.

use std::time::Duration;

/// What to do about a failed call. Only [`Error::Refused`] is for a person at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The limit was reached, ours or Cin7's; the call was not executed. Wait, then try again.
    #[error("Cin7's call limit is reached; next call in {} s", .wait.as_secs())]
    Throttled {
        /// How long to stay away.
        wait: Duration,
    },
    /// A read failed, or a write that certainly did not arrive. Try again on the schedule.
    #[error("{0}")]
    Transient(String),
    /// A write was sent and nobody knows whether it was applied. Look for its mark before writing again.
    #[error("{0}")]
    Uncertain(String),
    /// The keys were refused; nothing was executed.
    #[error("Cin7 refused the API keys ({0})")]
    Unauthorized(String),
    /// Cin7 understood and said no; nothing was executed.
    #[error("{0}")]
    Refused(String),
}
