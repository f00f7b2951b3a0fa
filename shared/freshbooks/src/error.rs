//! What a failed call means for whoever made it.

use std::time::Duration;

/// What to do about a failed call, most often a read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// 401: the access token has expired or was revoked. Refresh it once, then read again.
    #[error("FreshBooks did not accept the access token")]
    Unauthenticated,
    /// 403: a scope is missing, or the person who consented lost the right. Refreshing never cures
    /// it (docs/freshbooks-api.md, OAuth); a person has to consent again.
    #[error("{0}")]
    Forbidden(String),
    /// 429: the call was not served. Wait, then read again.
    #[error("FreshBooks' request limit is reached; next call in {} s", .wait.as_secs())]
    Throttled {
        /// How long to stay away.
        wait: Duration,
    },
    /// The network, a time-out, a 5xx, or an answer that is not what FreshBooks sends: HTML, a
    /// redirect, JSON cut short. Read again on the schedule. A change may have been made all the same.
    #[error("{0}")]
    Transient(String),
    /// FreshBooks said no, or sent a document that cannot be right. A person has to look.
    #[error("{0}")]
    Refused(String),
}
