//! Backfills: older documents are brought across below the pace of live events.
//!
//! All messages of a connection are worked on in order, so what stands before a live event is what this
//! queued. That is never more than nine tenths of a minute's calls: the rest of the pace is the live
//! event's, and the queue is dry again before the next minute.

mod listing;
mod progress;
mod queueing;
mod room;

use std::time::Duration;

use clock::later;
use freshbooks::Api;
use jiff::Timestamp;
use ledger::{Backfill, BackfillState, ConnectionId, Error, Ledger, Pace, Sample, Status};
use queue::Queue;
use vault::TokenVault;

pub use progress::{Progress, progress};

use crate::watch::Failed;

/// A poller has a backfill for so long; one that died is followed by another after that. Longer than an
/// invocation.
const LEASE: Duration = Duration::from_secs(330);
/// How far back the rate is measured, in passes.
const SAMPLES: usize = 16;

/// Works on backfills: the poller's part. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Backfills {
    ledger: Ledger,
    queue: Queue,
    freshbooks: Api,
    tokens: TokenVault,
    pace: Pace,
}

/// What a pass over all backfills came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backfilled {
    /// Documents that were listed.
    pub found: usize,
    /// Documents that were put on the queue.
    pub queued: usize,
}

impl Backfills {
    /// Backfills on these clients; nothing is read. `pace` is the allowance of each Cin7 key.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        queue: Queue,
        freshbooks: Api,
        tokens: TokenVault,
        pace: Pace,
    ) -> Self {
        Self {
            ledger,
            queue,
            freshbooks,
            tokens,
            pace,
        }
    }

    /// Goes on with every backfill that runs, a minute's worth each. One that fails keeps none of the
    /// others back.
    ///
    /// # Errors
    /// The list could not be read; otherwise the first failure, after all were tried.
    pub async fn pass(&self, owner: &str, patience: Timestamp) -> Result<Backfilled, Failed> {
        let (mut sum, mut failed) = (Backfilled::default(), None);
        for backfill in self.ledger.backfills().await? {
            let id = backfill.connection.clone();
            match self.one(backfill, owner, patience).await {
                Ok(done) => {
                    sum.found += done.found;
                    sum.queued += done.queued;
                }
                // Somebody paused or stopped it, or another pass has it.
                Err(Failed::Ledger(Error::Conflict(_))) => {}
                Err(error) => {
                    tracing::warn!(connection = %id, error = %error, "a backfill pass ended early");
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(sum), Err)
    }

    async fn one(
        &self,
        mut backfill: Backfill,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Backfilled, Failed> {
        let now = self.ledger.clock().now();
        let is_free = backfill.busy_until.is_none_or(|until| until <= now);
        let goes_on = backfill.state == BackfillState::Running && is_free;
        if !goes_on || !self.works(&backfill.connection).await? {
            return Ok(Backfilled::default());
        }
        // Two passes at once would queue twice as much.
        backfill.busy_until = Some(later(now, LEASE));
        self.ledger.put_backfill(&mut backfill).await?;
        self.follow(&mut backfill).await?;
        let before = backfill.found;
        self.list(&mut backfill, owner, patience).await?;
        let queued = self.queue_some(&mut backfill, owner).await?;
        let now = self.ledger.clock().now();
        backfill.samples.push(Sample {
            at: now,
            settled: backfill.settled,
        });
        let old = backfill.samples.len().saturating_sub(SAMPLES);
        backfill.samples.drain(..old);
        backfill.busy_until = None;
        if is_through(&backfill) {
            backfill.state = BackfillState::Ended;
            backfill.ended_at = Some(now);
        }
        self.ledger.put_backfill(&mut backfill).await?;
        if backfill.state == BackfillState::Ended {
            tracing::info!(
                event = "backfill_ended",
                connection = %backfill.connection,
                found = backfill.found,
                queued = backfill.queued,
                "everything that was found has come to an end or waits for a person"
            );
        }
        Ok(Backfilled {
            found: usize::try_from(backfill.found - before).unwrap_or(usize::MAX),
            queued,
        })
    }

    async fn works(&self, id: &ConnectionId) -> Result<bool, Error> {
        let connection = self.ledger.connection(id).await?;
        Ok(connection.is_some_and(|connection| connection.status == Status::Active))
    }
}

/// Nothing is left to list or to queue, and nothing is on its way.
fn is_through(backfill: &Backfill) -> bool {
    let on_its_way = |state| room::in_the_queue(state) || room::is_tried_again(state);
    let mut followed = backfill.followed.iter();
    backfill.unlisted.is_none()
        && backfill.backlog.is_empty()
        && !followed.any(|one| on_its_way(one.state))
}
