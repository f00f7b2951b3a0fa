//! Queueing documents, and following them to their end.

use std::time::Duration;

use clock::later;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use ledger::audit::Draft;
use ledger::{Backfill, Error, Followed, Record, RecordKey, State};

use super::Backfills;
use super::room::{COSTS, at_once, in_the_queue};
use crate::watch::Failed;

/// Records read at the same time.
const AT_ONCE: usize = 16;
/// The most of the backlog that one pass looks at: most of it may have crossed before.
const LOOKED_AT: usize = 500;
/// The most that are due of a sweep.
const DUE: usize = 5000;
/// With so many that wait or need a person, more would only make more of them.
const HELD: usize = 1000;
/// A look that was queued and never made is queued again after this.
const LOST: Duration = Duration::from_secs(15 * 60);

/// What stands about a document of the backlog.
enum Found {
    /// It was queued, at this version of its record.
    Queued(u64),
    /// There is a record already, in this state.
    Known(State),
}

impl Backfills {
    /// Reads again what it follows, and lets go of what came to an end.
    pub(super) async fn follow(&self, backfill: &mut Backfill) -> Result<(), Failed> {
        let followed = std::mem::take(&mut backfill.followed);
        let keys: Vec<RecordKey> = followed
            .iter()
            .map(|one| backfill.key(&one.document))
            .collect();
        let reading = stream::iter(keys).map(|key| {
            let ledger = self.ledger.clone();
            async move { ledger.record(&key).await }
        });
        let records: Vec<Option<Record>> = reading.buffered(AT_ONCE).try_collect().await?;
        for (one, record) in followed.into_iter().zip(records) {
            let Some(record) = record else {
                continue;
            };
            let state = standing(&record, one.version);
            if has_ended(state) {
                backfill.done += 1;
                backfill.settled += 1;
                backfill.costs.push(record.calls);
            } else {
                backfill.followed.push(Followed { state, ..one });
            }
        }
        let old = backfill.costs.len().saturating_sub(COSTS);
        backfill.costs.drain(..old);
        Ok(())
    }

    /// Queues as many as there is room for. Returns how many.
    pub(super) async fn queue_some(
        &self,
        backfill: &mut Backfill,
        owner: &str,
    ) -> Result<usize, Failed> {
        let mut room = self.room(backfill).await?;
        let (mut queued, mut looked_at) = (0, 0);
        while room > 0 && looked_at < LOOKED_AT && looked_at < backfill.backlog.len() {
            let document = backfill.backlog[looked_at].clone();
            looked_at += 1;
            let (state, version) = match self.enlist(&backfill.key(&document), owner).await? {
                Found::Queued(version) => {
                    room -= 1;
                    queued += 1;
                    backfill.queued += 1;
                    (State::Queued, version)
                }
                Found::Known(state) => (state, 0),
            };
            if has_ended(state) {
                backfill.done += 1;
            } else {
                backfill.followed.push(Followed {
                    document,
                    state,
                    version,
                });
            }
        }
        backfill.backlog.drain(..looked_at);
        Ok(queued)
    }

    /// How many may be queued now: what of it is still in the queue, and what else of the connection is
    /// there or due, stands before them.
    async fn room(&self, backfill: &mut Backfill) -> Result<usize, Failed> {
        let id = &backfill.connection;
        let own = backfill
            .followed
            .iter()
            .filter(|one| in_the_queue(one.state))
            .count();
        if backfill.followed.len() - own >= HELD {
            backfill.trouble = format!(
                "{HELD} of its documents wait or need a person, so no more are queued; settle those first."
            );
            return Ok(0);
        }
        let most = at_once(backfill, self.pace);
        let queued = self.ledger.in_state(id, State::Queued, most).await?.len();
        let now = self.ledger.clock().now();
        let due = self.ledger.due(now, DUE).await?;
        let due = due.iter().filter(|key| key.connection == *id).count();
        Ok(most.saturating_sub(own.max(queued) + due))
    }

    /// Makes a record where there is none, and queues a look at it; of a record that was skipped or waits
    /// too, for what it was measured by may have changed. What crossed, or is under way, is left alone.
    ///
    /// The record first: one whose message was not sent is due, and the sweep sends it.
    async fn enlist(&self, key: &RecordKey, owner: &str) -> Result<Found, Failed> {
        let now = self.ledger.clock().now();
        let known = self.ledger.record(key).await?;
        let mut record = match known {
            None => Record::new(key.clone(), now),
            Some(record) => match record.state {
                State::Skipped | State::Waiting if !is_held(&record, now) => record,
                state => return Ok(Found::Known(state)),
            },
        };
        record.lease = None;
        record.due_at = Some(later(now, LOST));
        let draft = Draft::new("backfilled");
        match self.ledger.commit(&mut record, vec![draft], owner).await {
            Ok(()) => {}
            // A live event came for it at this moment.
            Err(Error::Conflict(_)) => return Ok(Found::Known(State::Working)),
            Err(error) => return Err(error.into()),
        }
        let request = format!("backfill-{}-{key}", record.version);
        self.queue.send_look(key, "backfill", &request, now).await?;
        Ok(Found::Queued(record.version))
    }
}

/// A record that was skipped or waits stays so until the look that was queued is made.
fn standing(record: &Record, queued_at: u64) -> State {
    let is_untouched = record.version == queued_at;
    match record.state {
        State::Skipped if record.due_at.is_some() => State::Queued,
        State::Waiting if is_untouched => State::Queued,
        state => state,
    }
}

fn is_held(record: &Record, now: jiff::Timestamp) -> bool {
    record.lease.as_ref().is_some_and(|lease| lease.until > now)
}

/// Whether nothing more comes of it by itself, and nobody has to do anything.
fn has_ended(state: State) -> bool {
    matches!(
        state,
        State::Posted | State::Confirmed | State::Skipped | State::Reversed
    )
}
