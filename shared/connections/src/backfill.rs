//! Backfills: begun, looked at, paused, resumed and stopped by a person. The poller does the work.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use ledger::{Backfill, BackfillState, ConnectionId, Kind, Unlisted};
use sync::Progress;

use crate::desk::TRIES;
use crate::life::parsed;
use crate::{Desk, Error};

/// What crosses, in the order in which it is brought across.
const KINDS: [&str; 2] = ["invoice", "payment"];
/// Nobody means more than this, and each month takes a call of FreshBooks.
const MOST_YEARS: i32 = 20;

/// What is to be brought across.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBackfill {
    /// The first day.
    pub from: Date,
    /// The last day; today, unless said.
    pub to: Option<Date>,
    /// Which kinds; all that cross, unless said.
    pub kinds: Vec<Kind>,
    /// Who asks.
    pub by: String,
}

impl Desk {
    /// Begins a backfill. The poller goes on with it each minute.
    ///
    /// # Errors
    /// There is no such connection, one goes on already, or the days or kinds cannot be.
    pub async fn start_backfill(
        &self,
        id: &ConnectionId,
        new: NewBackfill,
    ) -> Result<Progress, Error> {
        let connection = self.connection(id).await?;
        let now = self.clock().now();
        let today = Zoned::new(now, TimeZone::UTC).date();
        let to = new.to.unwrap_or_else(|| today.max(new.from));
        is_a_span(new.from, to)?;
        let kinds = kinds(&new.kinds)?;
        let document = self
            .ledger
            .settings(id, connection.settings_version)
            .await?;
        let settings = parsed(&document.unwrap_or_default())?;
        if let Some(start) = settings.start_date.filter(|&start| new.from < start) {
            return Err(Error::Invalid(format!(
                "Nothing dated before the start date {start} crosses, so a backfill of {id} cannot begin on {}; \
                 begin it on {start}, or set an earlier start_date first.",
                new.from
            )));
        }
        let before = self.ledger.backfill(id).await?;
        if let Some(one) = before.as_ref().filter(|one| one.goes_on()) {
            return Err(Error::Invalid(format!(
                "A backfill of {id} from {} to {} is not at its end; stop it first, or wait for it.",
                one.from, one.to
            )));
        }
        let mut backfill = Backfill {
            connection: id.clone(),
            from: new.from,
            to,
            unlisted: kinds.first().map(|kind| Unlisted {
                kind: kind.clone(),
                from: new.from,
            }),
            kinds,
            by: new.by,
            started_at: now,
            state: BackfillState::Running,
            ended_at: None,
            trouble: String::new(),
            backlog: Vec::new(),
            followed: Vec::new(),
            found: 0,
            queued: 0,
            done: 0,
            settled: 0,
            costs: Vec::new(),
            samples: Vec::new(),
            busy_until: None,
            version: before.map_or(0, |one| one.version),
        };
        self.ledger.put_backfill(&mut backfill).await?;
        told("backfill_started", &backfill, &backfill.by);
        self.progress(&backfill).await
    }

    /// How far a connection's backfill is; the last one, if none goes on.
    ///
    /// # Errors
    /// There is no such connection, or there was never one.
    pub async fn show_backfill(&self, id: &ConnectionId) -> Result<Progress, Error> {
        self.progress(&self.backfill(id).await?).await
    }

    /// Stops a backfill for a while. What it has queued is worked on.
    ///
    /// # Errors
    /// There is none that goes on.
    pub async fn pause_backfill(&self, id: &ConnectionId, by: &str) -> Result<Progress, Error> {
        self.turn(id, by, BackfillState::Paused, "backfill_paused")
            .await
    }

    /// Lets a paused backfill go on.
    ///
    /// # Errors
    /// There is none that goes on.
    pub async fn resume_backfill(&self, id: &ConnectionId, by: &str) -> Result<Progress, Error> {
        self.turn(id, by, BackfillState::Running, "backfill_resumed")
            .await
    }

    /// Ends a backfill before its end. What it has queued is worked on; what crossed stays.
    ///
    /// # Errors
    /// There is none that goes on.
    pub async fn stop_backfill(&self, id: &ConnectionId, by: &str) -> Result<Progress, Error> {
        self.turn(id, by, BackfillState::Stopped, "backfill_stopped")
            .await
    }

    async fn turn(
        &self,
        id: &ConnectionId,
        by: &str,
        state: BackfillState,
        event: &'static str,
    ) -> Result<Progress, Error> {
        for _ in 0..TRIES {
            let mut backfill = self.backfill(id).await?;
            if !backfill.goes_on() {
                return Err(Error::Invalid(format!(
                    "The backfill of {id} from {} to {} is at its end already; start another one.",
                    backfill.from, backfill.to
                )));
            }
            if backfill.state == state {
                return self.progress(&backfill).await;
            }
            backfill.state = state;
            // What was measured before says nothing of what comes after.
            backfill.samples.clear();
            if state == BackfillState::Stopped {
                backfill.ended_at = Some(self.clock().now());
                backfill.unlisted = None;
                backfill.backlog.clear();
            }
            match self.ledger.put_backfill(&mut backfill).await {
                Ok(()) => {
                    told(event, &backfill, by);
                    return self.progress(&backfill).await;
                }
                // The poller wrote how far it is.
                Err(ledger::Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ledger::Error::Conflict(format!("the backfill of {id}")).into())
    }

    async fn backfill(&self, id: &ConnectionId) -> Result<Backfill, Error> {
        self.connection(id).await?;
        let found = self.ledger.backfill(id).await?;
        found.ok_or_else(|| Error::NotFound(format!("There was no backfill of {id} yet.")))
    }

    async fn progress(&self, backfill: &Backfill) -> Result<Progress, Error> {
        let connection = self.connection(&backfill.connection).await?;
        let now = self.clock().now();
        let pace = self.cin7.pace();
        Ok(sync::progress(backfill, &connection.stopped, pace, now))
    }
}

fn is_a_span(from: Date, to: Date) -> Result<(), Error> {
    if from > to {
        return Err(Error::Invalid(format!(
            "A backfill from {from} to {to} would end before it begins; nothing was changed."
        )));
    }
    let longest = from.checked_add(MOST_YEARS.years());
    if longest.is_ok_and(|longest| longest < to) {
        return Err(Error::Invalid(format!(
            "A backfill from {from} to {to} is longer than {MOST_YEARS} years; nothing was changed."
        )));
    }
    Ok(())
}

/// The kinds that are meant, each once and in the order in which they cross.
fn kinds(wanted: &[Kind]) -> Result<Vec<Kind>, Error> {
    if let Some(unknown) = wanted.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
        return Err(Error::Invalid(format!(
            "No {unknown} crosses, so none can be brought across; say invoice, payment or both."
        )));
    }
    let meant = |name: &&str| wanted.is_empty() || wanted.iter().any(|kind| kind.is(name));
    let kinds = KINDS.iter().filter(|name| meant(name));
    Ok(kinds.filter_map(|name| name.parse().ok()).collect())
}

/// Acts of people stand in the log, with who acted.
fn told(event: &'static str, backfill: &Backfill, by: &str) {
    let (from, to) = (backfill.from.to_string(), backfill.to.to_string());
    tracing::info!(
        event,
        connection = %backfill.connection,
        by,
        from,
        to,
        "a person changed a backfill"
    );
}
