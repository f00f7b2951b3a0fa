//! Reading and claiming records.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;

use crate::audit::Draft;
use crate::{Error, Lease, Ledger, Record, RecordKey, State};

/// What came of asking for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours until the lease ends. Nothing is written yet: the first commit does that.
    Ours(Box<Record>),
    /// Another worker has it until then.
    Held {
        /// When its lease ends.
        until: Timestamp,
    },
}

impl Ledger {
    /// The record of a document, if it was ever heard of.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn record(&self, key: &RecordKey) -> Result<Option<Record>, Error> {
        self.get(&key.pk(), "STATE").await
    }

    /// Takes the lease of a record for `owner`, unless another worker holds it.
    ///
    /// # Errors
    /// The table could not be reached, or two workers claimed at the same moment.
    pub async fn claim(
        &self,
        key: &RecordKey,
        owner: &str,
        span: Duration,
        heard: Draft,
    ) -> Result<Claim, Error> {
        let now = self.now();
        let mut record = self
            .record(key)
            .await?
            .unwrap_or_else(|| Record::new(key.clone(), now));
        if let Some(lease) = &record.lease
            && lease.until > now
            && lease.owner != owner
        {
            return Ok(Claim::Held { until: lease.until });
        }
        let until = later(now, span);
        record.lease = Some(Lease {
            owner: owner.to_owned(),
            until,
        });
        // Should this worker die, the sweep finds the record by this due time.
        record.due_at = Some(later(until, Duration::from_secs(1)));
        let before = record.state;
        record.state = State::Working;
        self.commit(&mut record, vec![heard.with("found", before.name())], owner)
            .await?;
        record.state = before;
        Ok(Claim::Ours(Box::new(record)))
    }
}
