//! What the poller does: re-queue what is due, and ask Cin7 whether what was posted arrived.

mod confirm;
mod sweep;

use std::ops::AddAssign;
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Ledger, Status};
use queue::Queue;

use crate::{Cin7Access, Options, Replay};

/// The poller's handle: it can queue looks and read Cin7, and write nothing there.
#[derive(Debug, Clone)]
pub struct Watch {
    ledger: Ledger,
    queue: Queue,
    cin7: Cin7Access,
    options: Options,
}

/// What a confirm pass came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confirmed {
    /// Seen in Cin7 with the right figures.
    pub confirmed: usize,
    /// Not seen yet, and not late.
    pub pending: usize,
    /// Late, different, voided or doubled, when it was posted or since: now in `attention`.
    pub attention: usize,
}

impl AddAssign for Confirmed {
    fn add_assign(&mut self, passed: Self) {
        self.confirmed += passed.confirmed;
        self.pending += passed.pending;
        self.attention += passed.attention;
    }
}

/// A pass that ended early. What it had done stands; the next pass goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The queue.
    #[error(transparent)]
    Queue(#[from] queue::Error),
    /// Cin7, or its keys.
    #[error("{0}")]
    Cin7(String),
    /// Cin7 refuses the keys.
    #[error("{0}")]
    KeysRefused(String),
    /// One answer of Cin7 that says nothing.
    #[error("{0}")]
    Unreadable(String),
}

impl Watch {
    /// A watch on these clients; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, queue: Queue, cin7: Cin7Access, options: Options) -> Self {
        Self {
            ledger,
            queue,
            cin7,
            options,
        }
    }

    /// Confirms every connection that works. A failure of one does not keep the others back.
    ///
    /// # Errors
    /// The list of connections could not be read; otherwise the first connection's failure, after all
    /// were tried.
    pub async fn confirm_all(&self, owner: &str, patience: Timestamp) -> Result<Confirmed, Failed> {
        let mut sum = Confirmed::default();
        let mut failed = None;
        for id in self.ledger.connections().await? {
            match self.confirm(&id, owner, patience).await {
                Ok(passed) => sum += passed,
                Err(error) => {
                    tracing::warn!(connection = %id, error = %error, "a confirm pass ended early");
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(sum), Err)
    }

    /// Makes records due because a person asks ([`crate::replay`]); a sweep queues them.
    ///
    /// # Errors
    /// The table did not answer.
    pub async fn replay(&self, what: &Replay, who: &str, why: &str) -> Result<usize, Failed> {
        Ok(crate::replay(&self.ledger, what, who, why).await?)
    }

    /// A connection, if it works.
    async fn working(&self, id: &ConnectionId) -> Result<Option<Connection>, ledger::Error> {
        let connection = self.ledger.connection(id).await?;
        // Without a consent nothing new comes, and what was posted is confirmed all the same.
        let works = |status| matches!(status, Status::Active | Status::NeedsConsent);
        Ok(connection.filter(|connection| works(connection.status)))
    }

    fn confirm_within(&self) -> Duration {
        self.options.confirm_within
    }
}
