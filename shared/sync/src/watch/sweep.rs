//! Re-queueing what is due.

use std::collections::HashMap;
use std::time::Duration;

use clock::later;
use ledger::audit::Draft;
use ledger::{ConnectionId, Error, Record, RecordKey, State};

use super::{Failed, Watch};

/// The most that one sweep looks at.
const MOST: usize = 5000;
/// The most that one sweep queues of one connection, so that a live delivery never stands long behind
/// what is tried again: some 60 calls, a minute of the key's limit.
const MOST_OF_ONE: usize = 20;
/// A look that was queued and never made is queued again after this.
const LOST: Duration = Duration::from_secs(15 * 60);

impl Watch {
    /// Queues every record that is due. Returns how many were queued.
    ///
    /// The flip is conditional on the record's version: of two sweeps at once only one queues it.
    ///
    /// # Errors
    /// The table did not answer, or the first record's failure after all were tried; what is left
    /// stays due.
    pub async fn sweep(&self, owner: &str) -> Result<usize, Failed> {
        let now = self.ledger.clock().now();
        let (mut queued, mut failed) = (0, None);
        let mut of_one: HashMap<ConnectionId, usize> = HashMap::new();
        for key in self.ledger.due(now, MOST).await? {
            let count = of_one.entry(key.connection.clone()).or_default();
            if *count >= MOST_OF_ONE {
                continue;
            }
            *count += 1;
            match self.queue_again(&key, owner).await {
                Ok(flipped) => queued += usize::from(flipped),
                // One record that cannot be read must not keep the others back.
                Err(error) => {
                    tracing::error!(record = %key, error = %error, "a due record could not be queued");
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(queued), Err)
    }

    async fn queue_again(&self, key: &RecordKey, owner: &str) -> Result<bool, Failed> {
        let record = match self.flip(key, owner).await {
            Ok(Some(record)) => record,
            Ok(None) | Err(Error::Conflict(_)) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let request = format!("due-{}-{key}", record.version);
        self.queue
            .send_look(key, "due", &request, self.ledger.clock().now())
            .await?;
        Ok(true)
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
