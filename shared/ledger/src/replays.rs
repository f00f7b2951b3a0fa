//! Making records due out of turn: because a person asks, or because what they waited for came through.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;

use crate::audit::Draft;
use crate::{Error, Ledger, Record, RecordKey, State};

/// Later than the end of a lease, which still counts as held.
const A_MOMENT: Duration = Duration::from_secs(1);
/// How often a record is read again that another worker wrote in between.
const TRIES: usize = 5;

impl Ledger {
    /// Makes a record due now because `who` asked for it; `why` is in their words. Its state stays: the
    /// next sweep queues it, and the look that follows decides. Whatever it was due for later, a try or
    /// a look at what it waits for, is due now.
    ///
    /// False where there is no such record, or where a worker holds its lease at this moment: it is
    /// being looked at anyway. Nothing is written then, no audit entry either.
    ///
    /// # Errors
    /// The table could not be reached, or others wrote the record each time it was tried.
    pub async fn replay(&self, key: &RecordKey, who: &str, why: &str) -> Result<bool, Error> {
        let asked = Draft::new("replayed").with("why", why);
        self.make_due(key, who, &asked, |record, now| {
            record.lease.as_ref().is_none_or(|lease| lease.until <= now)
        })
        .await
    }

    /// Makes a record due now because what it stands on or waits for has just come through: `because`
    /// says what. True if it did; false where there is no such record, or where it is posted, confirmed
    /// or reversed and waits for nothing. Its state stays.
    ///
    /// A worker that has the record at this moment decided on what was known before. It keeps its lease,
    /// but its next commit conflicts, and the record is looked at again once that lease has ended.
    ///
    /// # Errors
    /// The table could not be reached, or others wrote the record each time it was tried.
    pub async fn release(&self, key: &RecordKey, by: &str, because: &str) -> Result<bool, Error> {
        let released = Draft::new("released").with("because", because);
        self.make_due(key, by, &released, |record, _| {
            !matches!(
                record.state,
                State::Posted | State::Confirmed | State::Reversed
            )
        })
        .await
    }

    /// Sets the due time of a record that is `fit` for it, under the version read.
    async fn make_due(
        &self,
        key: &RecordKey,
        by: &str,
        draft: &Draft,
        fit: impl Fn(&Record, Timestamp) -> bool,
    ) -> Result<bool, Error> {
        let mut conflict = None;
        for _ in 0..TRIES {
            let now = self.now();
            let Some(mut record) = self.record(key).await?.filter(|record| fit(record, now)) else {
                return Ok(false);
            };
            // A worker that died keeps its lease to the end: before that, no sweep takes the record.
            let leased = record.lease.as_ref().filter(|lease| lease.until > now);
            record.due_at = Some(leased.map_or(now, |lease| later(lease.until, A_MOMENT)));
            match self.commit(&mut record, vec![draft.clone()], by).await {
                Ok(()) => return Ok(true),
                Err(error @ Error::Conflict(_)) => conflict = Some(error),
                Err(error) => return Err(error),
            }
        }
        conflict.map_or(Ok(false), Err)
    }
}
