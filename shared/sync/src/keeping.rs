//! What upkeep asks of Cin7 for a connection.

use std::time::Duration;

use jiff::Timestamp;
use ledger::ConnectionId;

use crate::access::Cin7Access;
use crate::facts::{self, Failed, Known};

/// What upkeep could not ask; one sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAsked(String);

impl Cin7Access {
    /// Whether Cin7 takes the stored keys. One call; what is cached is not trusted.
    ///
    /// # Errors
    /// They could not be opened, or Cin7 did not say.
    pub async fn accepts(&self, id: &ConnectionId, patience: Timestamp) -> Result<bool, NotAsked> {
        self.keys()
            .after_refusal(id, u64::MAX)
            .await
            .map_err(not_asked)?;
        let opened = self.reader(id, patience).await.map_err(not_asked)?;
        match opened.handle.company().await {
            Ok(_) => Ok(true),
            Err(cin7::Error::Unauthorized(_)) => Ok(false),
            Err(error) => Err(not_asked(error)),
        }
    }

    /// Reads base currency, lock date, accounts, taxes, terms, locations and products anew if the last
    /// reading is older than `span`.
    ///
    /// # Errors
    /// They could not be read; the last reading stays.
    pub async fn keep_facts(
        &self,
        id: &ConnectionId,
        span: Duration,
        patience: Timestamp,
    ) -> Result<(), NotAsked> {
        let opened = self.reader(id, patience).await.map_err(not_asked)?;
        let (ledger, reader) = (self.ledger(), &opened.handle);
        let kept = facts::keep(ledger, id, span, reader, &opened.pace).await;
        kept.map_err(failed)
    }

    /// Reads the same anew, however old the last reading is, and keeps it for whoever plans next.
    ///
    /// # Errors
    /// They could not be read; the last reading stays.
    pub async fn read_facts(
        &self,
        id: &ConnectionId,
        patience: Timestamp,
    ) -> Result<Known, NotAsked> {
        let opened = self.reader(id, patience).await.map_err(not_asked)?;
        let (ledger, reader) = (self.ledger(), &opened.handle);
        let read = facts::read_account(ledger, id, reader, Some(&opened.pace)).await;
        read.map_err(failed)
    }
}

fn failed(failed: Failed) -> NotAsked {
    match failed {
        Failed::Ledger(error) => not_asked(error),
        Failed::Cin7(error) => not_asked(error),
    }
}

fn not_asked(error: impl std::fmt::Display) -> NotAsked {
    NotAsked(error.to_string().trim_end_matches('.').to_owned())
}
