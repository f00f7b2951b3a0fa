//! Re-queueing what is due.

use std::time::Duration;

use clock::later;
use ledger::audit::Draft;
use ledger::{Error, Record, RecordKey, State};

use super::{Failed, Watch};

/// The most that one sweep queues. A message costs the processor some seconds, and live deliveries
/// stand behind what is queued here.
const MOST: usize = 200;
/// A look that was queued and never made is queued again after this.
const LOST: Duration = Duration::from_secs(15 * 60);

impl Watch {
    /// Queues every record that is due. Returns how many were queued.
    ///
    /// The flip is conditional on the record's version: of two sweeps at once only one queues it.
    ///
    /// # Errors
    /// The table or the queue did not answer; what is left stays due.
    pub async fn sweep(&self, owner: &str) -> Result<usize, Failed> {
        let now = self.ledger.clock().now();
        let mut queued = 0;
        for key in self.ledger.due(now, MOST).await? {
            match self.flip(&key, owner).await {
                Ok(Some(record)) => {
                    let request = format!("due-{}-{}", record.key.id, record.version);
                    self.queue
                        .send_look(&key, "due", &format!("{}-{request}", key.kind), now)
                        .await?;
                    queued += 1;
                }
                Ok(None) | Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(queued)
    }

    /// Marks a due record as queued; `None` where it is no longer due.
    async fn flip(&self, key: &RecordKey, owner: &str) -> Result<Option<Record>, Error> {
        let now = self.ledger.clock().now();
        let Some(mut record) = self.ledger.record(key).await? else {
            return Ok(None);
        };
        let held = record.lease.as_ref().is_some_and(|lease| lease.until > now);
        if held || record.due_at.is_none_or(|due| due > now) {
            return Ok(None);
        }
        let why = record.state.name();
        if matches!(record.state, State::Retrying | State::Working) {
            record.state = State::Queued;
        }
        record.lease = None;
        record.due_at = Some(later(now, LOST));
        self.ledger
            .commit(
                &mut record,
                vec![Draft::new("queued again").with("was", why)],
                owner,
            )
            .await?;
        Ok(Some(record))
    }
}
