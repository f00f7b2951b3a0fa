//! Re-queues what is due or asked for, asks Cin7 whether what was posted arrived, and keeps connections
//! alive.
//!
//! Its handle on Cin7 can only read: [`sync::Watch`] has no other.

use std::time::Duration;

use connections::Upkeep;
use jiff::Timestamp;
use lambda_runtime::Error;
use ledger::{ConnectionId, DocumentId, Kind, RecordKey, Selection, State};
use serde::{Deserialize, Serialize};
use sync::{Backfilled, Backfills, CatchUps, CaughtUp, Confirmed, Replay, TieOuts, Watch};
use tieout::Month;

/// What a schedule asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Queue again what is due, of all connections.
    Sweep,
    /// Look in Cin7 for what was posted: of one connection, or of all.
    Confirm {
        /// Which.
        connection: Option<ConnectionId>,
    },
    /// What a connection's own schedule asks for: catch up with FreshBooks, then [`Task::Confirm`] for it,
    /// and whatever people changed in Cin7 since.
    Poll {
        /// Which.
        connection: ConnectionId,
        /// Whether everything since the start date is compared at once, as it is once a night anyway.
        #[serde(default)]
        full: bool,
    },
    /// Do what keeps connections alive, where it is due: of one connection, or of all.
    Keep {
        /// Which.
        connection: Option<ConnectionId>,
    },
    /// Bring older documents across, of all connections that have a backfill.
    Backfill,
    /// Tie out the months that are due, of all connections; or one month of one connection now.
    TieOut {
        /// Which connection; needs a month.
        connection: Option<ConnectionId>,
        /// Which month; needs a connection.
        month: Option<Month>,
    },
    /// Look at records again because a person asks: at one, or at all that the rest selects.
    Replay {
        /// Whose records.
        connection: ConnectionId,
        /// Only this kind.
        kind: Option<Kind>,
        /// Only the record of this FreshBooks id; needs a kind.
        id: Option<DocumentId>,
        /// Only those in this state.
        state: Option<State>,
        /// Only those that changed since.
        since: Option<Timestamp>,
        /// Who asks, for the trail.
        by: String,
        /// Why, in their words.
        why: String,
    },
}

impl Task {
    fn name(&self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Confirm { .. } => "confirm",
            Self::Poll { .. } => "poll",
            Self::Keep { .. } => "keep",
            Self::Backfill => "backfill",
            Self::TieOut { .. } => "tie_out",
            Self::Replay { .. } => "replay",
        }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Done {
    /// Records queued again, or by a backfill.
    pub queued: usize,
    /// Records that are due now because FreshBooks changed them and nobody had said so.
    pub caught_up: usize,
    /// Rows of FreshBooks' lists that were compared with the ledger.
    pub compared: usize,
    /// Kinds that could not be caught up with to the end; the next pass goes on.
    pub left: usize,
    /// Records that a person asked for, and that are due now.
    pub replayed: usize,
    /// Records seen in Cin7 with the right figures.
    pub confirmed: usize,
    /// Records that Cin7 does not show yet.
    pub pending: usize,
    /// Records that a person now has to look at.
    pub attention: usize,
    /// Documents that a backfill found.
    pub found: usize,
    /// Months that were tied out.
    pub tied: usize,
    /// Connections that were kept alive.
    pub kept: usize,
    /// Connections that something could not be done for; the log says what.
    pub failed: usize,
}

impl From<Confirmed> for Done {
    fn from(seen: Confirmed) -> Self {
        Self {
            confirmed: seen.confirmed,
            pending: seen.pending,
            attention: seen.attention,
            ..Self::default()
        }
    }
}

impl From<Backfilled> for Done {
    fn from(passed: Backfilled) -> Self {
        Self {
            found: passed.found,
            queued: passed.queued,
            ..Self::default()
        }
    }
}

impl Done {
    /// With what came of catching up.
    fn and_caught_up(self, passed: CaughtUp) -> Self {
        Self {
            caught_up: passed.asked,
            compared: passed.compared,
            left: passed.left,
            ..self
        }
    }
}

/// Calls still have to be made after a wait.
const RESERVE: Duration = Duration::from_secs(30);

/// The poller function.
#[derive(Debug)]
pub struct Poller {
    watch: Watch,
    upkeep: Upkeep,
    backfills: Backfills,
    catch_ups: CatchUps,
    tie_outs: TieOuts,
}

impl Poller {
    /// A poller on these; nothing is read.
    #[must_use]
    pub fn new(
        watch: Watch,
        upkeep: Upkeep,
        backfills: Backfills,
        catch_ups: CatchUps,
        tie_outs: TieOuts,
    ) -> Self {
        Self {
            watch,
            upkeep,
            backfills,
            catch_ups,
            tie_outs,
        }
    }

    /// Does one task. `invocation` names this run in audit entries; it ends at `deadline`.
    ///
    /// # Errors
    /// The pass ended early. What it had done stands, and the next one goes on.
    pub async fn poll(
        &self,
        task: Task,
        invocation: &str,
        deadline: Timestamp,
    ) -> Result<Done, Error> {
        let owner = format!("poller {invocation}");
        let patience = deadline.checked_sub(RESERVE).unwrap_or(deadline);
        let name = task.name();
        let done = self.done(task, &owner, patience).await?;
        tracing::info!(
            task = name,
            queued = done.queued,
            caught_up = done.caught_up,
            compared = done.compared,
            left = done.left,
            replayed = done.replayed,
            confirmed = done.confirmed,
            pending = done.pending,
            attention = done.attention,
            found = done.found,
            tied = done.tied,
            kept = done.kept,
            failed = done.failed,
            "polled"
        );
        Ok(done)
    }

    async fn caught_up_and_confirmed(
        &self,
        id: &ConnectionId,
        full: bool,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Done, Error> {
        let caught_up = self.catch_ups.pass(id, full, owner, patience).await;
        // One service that does not answer is no reason not to ask the other.
        let seen = self.watch.confirm_in_full(id, owner, patience).await;
        let caught_up = caught_up?;
        // What is due now need not wait for the next minute.
        let queued = match caught_up.asked {
            0 => 0,
            _ => self.watch.sweep(owner).await?,
        };
        Ok(Done {
            queued,
            ..Done::from(seen?).and_caught_up(caught_up)
        })
    }

    async fn done(&self, task: Task, owner: &str, patience: Timestamp) -> Result<Done, Error> {
        let done = match task {
            Task::Sweep => Done {
                queued: self.watch.sweep(owner).await?,
                ..Done::default()
            },
            Task::Confirm {
                connection: Some(id),
            } => self.watch.confirm(&id, owner, patience).await?.into(),
            Task::Confirm { connection: None } => {
                self.watch.confirm_all(owner, patience).await?.into()
            }
            Task::Poll { connection, .. } if self.upkeep.retire(&connection).await? => {
                Done::default()
            }
            Task::Poll { connection, full } => {
                self.caught_up_and_confirmed(&connection, full, owner, patience)
                    .await?
            }
            Task::Keep { connection } => {
                let kept = match connection {
                    Some(id) => self.upkeep.keep_one(&id, owner, patience).await,
                    None => self.upkeep.keep_all(owner, patience).await?,
                };
                Done {
                    kept: kept.kept,
                    failed: kept.failed,
                    ..Done::default()
                }
            }
            Task::Backfill => self.backfills.pass(owner, patience).await?.into(),
            Task::TieOut { connection, month } => Done {
                tied: self.tie_out((connection, month), owner, patience).await?,
                ..Done::default()
            },
            Task::Replay {
                connection,
                kind,
                id,
                state,
                since,
                by,
                why,
            } => {
                let selection = Selection { kind, state, since };
                let what = chosen(connection, id, selection)?;
                if by.trim().is_empty() || why.trim().is_empty() {
                    return Err("a replay needs who asks (`by`) and why (`why`)".into());
                }
                let replayed = self.watch.replay(&what, &by, &why).await?;
                Done {
                    queued: self.watch.sweep(owner).await?,
                    replayed,
                    ..Done::default()
                }
            }
        };
        Ok(done)
    }

    async fn tie_out(
        &self,
        (connection, month): (Option<ConnectionId>, Option<Month>),
        owner: &str,
        patience: Timestamp,
    ) -> Result<usize, Error> {
        match (connection, month) {
            (None, None) => Ok(self.tie_outs.pass(owner, patience).await?),
            (Some(id), Some(month)) => {
                let tied = self.tie_outs.one(&id, month, (owner, patience)).await?;
                Ok(usize::from(tied.is_some()))
            }
            _ => Err("a tie-out of one month needs both `connection` and `month`".into()),
        }
    }
}

/// One record where an id is given, else a set.
fn chosen(
    connection: ConnectionId,
    id: Option<DocumentId>,
    selection: Selection,
) -> Result<Replay, Error> {
    match (&selection.kind, id) {
        (Some(kind), Some(id)) => Ok(Replay::One(RecordKey {
            connection,
            kind: kind.clone(),
            id,
        })),
        (None, Some(_)) => Err("a replay of one record needs its kind: invoice or payment".into()),
        (_, None) => Ok(Replay::Set(connection, selection)),
    }
}
