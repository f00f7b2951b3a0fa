//! Tying out what is due: each connection's running month once a day, and in the first days of a month the
//! one before.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::{ConnectionId, Status};
use tieout::{Month, TieOut};

use super::{NotTied, TieOuts};

/// So old a tie-out may be before it is made again: a little less than a day, so that a schedule that runs
/// every quarter of an hour keeps its hour.
const DAILY: Duration = Duration::from_secs(23 * 3600 + 1800);
/// Until this day of a month, in UTC, the month before is tied out too: what is late for it comes in then.
const LATE_UNTIL: i8 = 7;
/// So long before its patience ends no further one is begun.
const ONE_MORE: Duration = Duration::from_secs(45);

impl TieOuts {
    /// Ties out what is due of every connection that works, as many as there is time for; those that are
    /// left are due in the next pass. One that fails keeps none of the others back. Returns how many were
    /// tied out.
    ///
    /// # Errors
    /// The list of connections could not be read; otherwise the first failure, after all were tried.
    pub async fn pass(&self, owner: &str, patience: Timestamp) -> Result<usize, NotTied> {
        let (mut tied, mut failed) = (0, None);
        for id in self.ledger.connections().await? {
            match self.due(&id, owner, patience).await {
                Ok(count) => tied += count,
                Err(error) => {
                    tracing::warn!(connection = %id, error = %error, "a month could not be tied out");
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(tied), Err)
    }

    async fn due(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
    ) -> Result<usize, NotTied> {
        let connection = self.ledger.connection(id).await?;
        if connection.is_none_or(|connection| connection.status != Status::Active) {
            return Ok(0);
        }
        let mut tied = 0;
        for month in self.months() {
            let now = self.ledger.clock().now();
            if later(now, ONE_MORE) > patience {
                break;
            }
            let last = self.ledger.tied_out_at(id, &month.to_string()).await?;
            if last.is_some_and(|at| later(at, DAILY) > now) {
                continue;
            }
            tied += usize::from(self.one(id, month, (owner, patience)).await?.is_some());
        }
        Ok(tied)
    }

    /// Ties out and stores one month, and tells who watches the log if a cent of it has no cause.
    ///
    /// # Errors
    /// As [`TieOuts::tie_out`].
    pub async fn one(
        &self,
        id: &ConnectionId,
        month: Month,
        (owner, patience): (&str, Timestamp),
    ) -> Result<Option<TieOut>, NotTied> {
        let tied = self.tie_out_and_store(id, month, (owner, patience)).await?;
        let Some(tied) = tied else {
            return Ok(None);
        };
        let causes: usize = tied.kinds.iter().map(|kind| kind.causes.len()).sum();
        tracing::info!(connection = %id, month = %month, kinds = tied.kinds.len(), causes, "tied out");
        for unread in &tied.unread {
            tracing::warn!(
                connection = %id,
                month = %month,
                kind = %unread.kind,
                why = unread.why,
                "a kind is not in the tie-out"
            );
        }
        if !tied.is_explained() {
            tracing::error!(
                event = "tie_out_unexplained",
                connection = %id,
                month = %month,
                unexplained = %tied.unexplained(),
                "a difference between FreshBooks and Cin7 has no cause"
            );
        }
        Ok(Some(tied))
    }

    /// The running month, and while it is young the one before.
    fn months(&self) -> Vec<Month> {
        let today = self.ledger.clock().now().to_zoned(TimeZone::UTC).date();
        let month = Month::of(today);
        if today.day() <= LATE_UNTIL {
            return vec![month.before(), month];
        }
        vec![month]
    }
}
