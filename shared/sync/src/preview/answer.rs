//! Why nothing is previewed, and what the end of a look would mean for a document.

use crate::facts::Failed;
use crate::stop::{Stop, cin7_stop};

/// Something could not be read. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotPreviewed {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// A token or the keys.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// FreshBooks.
    #[error(transparent)]
    FreshBooks(freshbooks::Error),
    /// Something that passes, or Cin7; a sentence.
    #[error("{0}")]
    Passing(String),
}

impl From<Failed> for NotPreviewed {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Ledger(error) => Self::Ledger(error),
            Failed::Cin7(error) => match cin7_stop("Cin7's reference books", error) {
                Stop::Attention(words) => Self::Passing(words),
                stop => stop.into(),
            },
        }
    }
}

impl From<Stop> for NotPreviewed {
    /// Of a stop that says nothing about the document.
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Ledger(error) => Self::Ledger(error),
            Stop::Throttled { whose, wait } => Self::Passing(format!(
                "{whose}'s call limit is reached; ask again in {} s.",
                wait.as_secs().max(1)
            )),
            Stop::Retry(words)
            | Stop::KeysRefused(words)
            | Stop::Uncertain(words)
            | Stop::Refused(words)
            | Stop::Attention(words) => Self::Passing(words),
            Stop::Later { sentence, .. }
            | Stop::Wait { sentence, .. }
            | Stop::Skip { sentence, .. } => Self::Passing(sentence),
        }
    }
}
