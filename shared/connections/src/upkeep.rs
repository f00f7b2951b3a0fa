//! What is done for every connection unasked, so that nothing it stands on lapses.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Hook, HookState, State, Status};
use schedules::Put;
use vault::TokenVault;

use crate::{Desk, Error};

/// Callbacks are looked at, and the Cin7 account is read, this often.
const DAILY: Duration = Duration::from_secs(24 * 3600);

/// Keeps connections alive: the poller's part.
#[derive(Debug, Clone)]
pub struct Upkeep {
    desk: Desk,
}

/// What an upkeep of all connections came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Connections that were looked at.
    pub kept: usize,
    /// Connections that something could not be done for; the log says what.
    pub failed: usize,
}

impl Upkeep {
    /// The upkeep of what is on this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }

    /// Keeps every connection alive. One that fails does not keep the others back.
    ///
    /// # Errors
    /// The list of connections could not be read.
    pub async fn keep_all(&self, owner: &str, patience: Timestamp) -> Result<Kept, Error> {
        let mut sum = Kept::default();
        for id in self.desk.ledger.connections().await? {
            let one = self.keep_one(&id, owner, patience).await;
            sum.kept += one.kept;
            sum.failed += one.failed;
        }
        Ok(sum)
    }

    /// Keeps one connection alive; what could not be done is in the log.
    pub async fn keep_one(&self, id: &ConnectionId, owner: &str, patience: Timestamp) -> Kept {
        let failed = self.keep(id, owner, patience).await.err();
        if let Some(error) = &failed {
            tracing::warn!(event = "connection_trouble", trouble = "upkeep_failed", connection = %id, error = %error, "a connection could not be kept alive");
        }
        let failed = usize::from(failed.is_some());
        Kept {
            kept: 1 - failed,
            failed,
        }
    }

    /// Keeps one connection alive: what was done within the last day is not done again.
    ///
    /// # Errors
    /// The first thing that could not be done, after all were tried.
    pub async fn keep(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
    ) -> Result<(), Error> {
        let connection = self.desk.connection(id).await?;
        let scheduled = self.schedule(&connection).await;
        let kept = match connection.status {
            Status::Paused | Status::Removed => Ok(()),
            // Neither is asked of FreshBooks without a consent.
            Status::NeedsConsent => self.keys(id, patience).await,
            Status::KeysRefused => self
                .keys(id, patience)
                .await
                .and(self.freshbooks(&connection, owner).await),
            Status::Active => self
                .freshbooks(&connection, owner)
                .await
                .and(self.account(id, patience).await)
                .and(self.wake(id, owner).await),
        };
        kept.and(scheduled)
    }

    /// Makes the connection's schedule be what is stored, and says so where it was not. One that was made
    /// before there were schedules has none yet.
    async fn schedule(&self, connection: &Connection) -> Result<(), Error> {
        let (desk, id) = (&self.desk, &connection.id);
        let put = desk.put_schedule(connection).await?;
        if connection.schedule.is_none() {
            desk.change(id, |connection| {
                connection.schedule.get_or_insert_with(schedules::usual);
                Ok(())
            })
            .await?;
            tracing::info!(event = "schedule_made", connection = %id, "a connection is polled on a schedule of its own");
        } else if put != Put::Stands {
            tracing::warn!(
                event = "connection_trouble", trouble = "schedule_repaired",
                connection = %id,
                was_missing = put == Put::Made,
                "a connection's schedule was missing or another, and was put right"
            );
        }
        Ok(())
    }

    /// Removes the schedule of a connection that there is no more: whoever removed it may have died
    /// before, or a repair came after. Returns whether it was one.
    ///
    /// # Errors
    /// The table or `EventBridge` did not answer; the schedule's next turn tries again.
    pub async fn retire(&self, id: &ConnectionId) -> Result<bool, Error> {
        let known = self.desk.ledger.connection(id).await?;
        let is_gone = known.is_none_or(|connection| connection.status == Status::Removed);
        if is_gone {
            self.desk.schedules.remove(id).await?;
            tracing::info!(event = "schedule_retired", connection = %id, "the schedule of a connection that is no more was removed");
        }
        Ok(is_gone)
    }

    /// Looks whether Cin7 accepts keys again that it refused; a person may have enabled them there.
    async fn keys(&self, id: &ConnectionId, patience: Timestamp) -> Result<(), Error> {
        let desk = &self.desk;
        let refused = desk.connection(id).await?.status == Status::KeysRefused;
        if !refused || desk.ledger.secret(id, "cin7").await?.is_none() {
            return Ok(());
        }
        if desk.cin7.accepts(id, patience).await? {
            desk.settle(id, Status::KeysRefused).await?;
        }
        Ok(())
    }

    async fn freshbooks(&self, connection: &Connection, owner: &str) -> Result<(), Error> {
        let (desk, id) = (&self.desk, &connection.id);
        let quiet = TokenVault::KEEP_ALIVE;
        desk.tokens.keep_alive(id, owner, quiet).await?;
        // First what handshakes brought: asking for another one would make it worthless.
        desk.settle_offers(id).await?;
        if self.is_due(connection).await? {
            desk.repair(id).await?;
            desk.settle_offers(id).await?;
        }
        Ok(())
    }

    /// Whether a callback was not found as it should be within the last day. Where somebody registered
    /// them by hand nothing is registered unasked.
    async fn is_due(&self, connection: &Connection) -> Result<bool, Error> {
        let now = self.desk.clock().now();
        let hooks = self.desk.ledger.hooks(&connection.id).await?;
        let by_hand = |hook: &Hook| hook.state == HookState::Given && hook.current.is_some();
        if hooks.iter().any(|(_, hook)| by_hand(hook)) {
            return Ok(false);
        }
        let wanted = self.desk.wanted(connection).await?;
        let is_there = |noun: &&str| hooks.iter().any(|(known, _)| known == noun);
        let unwanted = |(known, _): &(String, Hook)| !wanted.contains(&known.as_str());
        let unchecked =
            |(_, hook): &(String, Hook)| hook.checked_at.is_none_or(|at| later(at, DAILY) <= now);
        Ok(!wanted.iter().all(is_there)
            || hooks.iter().any(|hook| unwanted(hook) || unchecked(hook)))
    }

    /// Looks again at what waits for the connection to work, although it does: whoever let it work may
    /// have died before every record was told, or not have found one that had only just begun to wait.
    async fn wake(&self, id: &ConnectionId, owner: &str) -> Result<(), Error> {
        let ledger = &self.desk.ledger;
        let waiting = ledger.in_state(id, State::Waiting, usize::MAX).await?;
        let forgotten = waiting.iter().filter(|record| {
            let what = record.waiting_for.as_deref().unwrap_or_default();
            what.starts_with("connection:") && record.due_at.is_none()
        });
        for record in forgotten {
            let because = "its connection works";
            ledger.release(&record.key, owner, because).await?;
        }
        Ok(())
    }

    async fn account(&self, id: &ConnectionId, patience: Timestamp) -> Result<(), Error> {
        let read = self.desk.cin7.keep_facts(id, DAILY, patience).await;
        read.map_err(|words| {
            Error::Unavailable(format!(
                "The Cin7 account of {id} could not be read: {words}."
            ))
        })
    }
}
