//! Re-queues what is due and asks Cin7 whether what was posted arrived.
//!
//! Its handle on Cin7 can only read: [`sync::Watch`] has no other.

use std::time::Duration;

use jiff::Timestamp;
use lambda_runtime::Error;
use ledger::ConnectionId;
use serde::{Deserialize, Serialize};
use sync::Watch;

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
}

impl Task {
    fn name(&self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Confirm { .. } => "confirm",
        }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Done {
    /// Records queued again.
    pub queued: usize,
    /// Records seen in Cin7 with the right figures.
    pub confirmed: usize,
    /// Records that Cin7 does not show yet.
    pub pending: usize,
    /// Records that a person now has to look at.
    pub attention: usize,
}

/// Calls still have to be made after a wait.
const RESERVE: Duration = Duration::from_secs(30);

/// The poller function.
#[derive(Debug)]
pub struct Poller {
    watch: Watch,
}

impl Poller {
    /// A poller on this watch; nothing is read.
    #[must_use]
    pub fn new(watch: Watch) -> Self {
        Self { watch }
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
        let done = match task {
            Task::Sweep => Done {
                queued: self.watch.sweep(&owner).await?,
                ..Done::default()
            },
            Task::Confirm { connection } => {
                let seen = match connection {
                    Some(id) => self.watch.confirm(&id, &owner, patience).await?,
                    None => self.watch.confirm_all(&owner, patience).await?,
                };
                Done {
                    queued: 0,
                    confirmed: seen.confirmed,
                    pending: seen.pending,
                    attention: seen.attention,
                }
            }
        };
        tracing::info!(
            task = name,
            queued = done.queued,
            confirmed = done.confirmed,
            pending = done.pending,
            attention = done.attention,
            "polled"
        );
        Ok(done)
    }
}
