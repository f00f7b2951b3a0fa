//! Confirming: what was posted is looked for in Cin7's lists, by mark, amount, payments and status; and
//! what was confirmed is compared again when a list shows that it changed.

mod changed;
mod compare;
mod exact;
mod family;
mod pass;
mod payment;
mod shown;
mod words;
mod writing;

use std::time::Duration;

use cin7::Reader;
use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Overseen, Record, State};

use self::family::Family;
use self::pass::Pass;
use super::{Confirmed, Failed, Watch};
use crate::credentials::{self, keys_refused};

/// The most records that one pass takes.
const MOST: usize = 1000;
/// Cin7's clock and ours may differ, and a sale is stamped when its header was written.
const OVERLAP: Duration = Duration::from_secs(15 * 60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Which families of documents a pass lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those of which something was posted and is not confirmed yet.
    Posted,
    /// Those of which something was ever posted.
    Everything,
}

/// A family that a pass lists.
struct Due {
    family: Family,
    posted: Vec<Record>,
    overseen: Option<Overseen>,
}

impl Watch {
    /// Confirms a connection's posted records with one list for each family of documents, however many
    /// they are. Nothing posted costs no call.
    ///
    /// # Errors
    /// The table or Cin7 did not answer; what was confirmed before stands.
    pub async fn confirm(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Confirmed, Failed> {
        self.seen(id, owner, patience, Scope::Posted).await
    }

    /// The same, and asks each list of which something was ever posted for what people changed in it
    /// since the last pass: one call for each such family where nothing did.
    ///
    /// # Errors
    /// As [`Watch::confirm`].
    pub async fn confirm_in_full(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Confirmed, Failed> {
        self.seen(id, owner, patience, Scope::Everything).await
    }

    async fn seen(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
        scope: Scope,
    ) -> Result<Confirmed, Failed> {
        let due = self.due_families(id, scope).await?;
        if due.is_empty() {
            return Ok(Confirmed::default());
        }
        let Some(connection) = self.working(id).await? else {
            return Ok(Confirmed::default());
        };
        let opened = self
            .cin7
            .reader(id, patience)
            .await
            .map_err(|error| Failed::Cin7(error.to_string()))?;
        let reader = &opened.handle;
        let passed = self.pass_each(&connection, due, owner, reader, scope).await;
        if matches!(passed, Err(Failed::KeysRefused(_))) {
            // What came of it stands in the connection; this pass ends early either way.
            let judged = keys_refused(&self.ledger, id, opened.version, reader).await;
            if let Err(credentials::Failed::Ledger(error)) = judged {
                return Err(error.into());
            }
        }
        passed
    }

    async fn due_families(&self, id: &ConnectionId, scope: Scope) -> Result<Vec<Due>, Failed> {
        let mut posted = self.ledger.in_state(id, State::Posted, MOST).await?;
        let mut due = Vec::new();
        for family in Family::ALL {
            let of_it = posted.extract_if(.., |record| Family::of(record) == Some(family));
            let posted: Vec<Record> = of_it.collect();
            if posted.is_empty() && scope == Scope::Posted {
                continue;
            }
            let overseen = self.ledger.overseen(id, family.name()).await?;
            if !posted.is_empty() || overseen.is_some() {
                due.push(Due {
                    family,
                    posted,
                    overseen,
                });
            }
        }
        Ok(due)
    }

    /// A list that cannot be read must not keep the other families back.
    async fn pass_each(
        &self,
        connection: &Connection,
        due: Vec<Due>,
        owner: &str,
        reader: &Reader,
        scope: Scope,
    ) -> Result<Confirmed, Failed> {
        let doubted = match scope {
            Scope::Posted => Vec::new(),
            Scope::Everything => self.doubted(&connection.id).await?,
        };
        let mut sum = Confirmed::default();
        let mut failed = None;
        for due in due {
            let pass = Pass::new(self, connection, owner, reader, due.family);
            match pass.run(due, &doubted).await {
                Ok(passed) => sum += passed,
                Err(error @ (Failed::KeysRefused(_) | Failed::Ledger(_))) => return Err(error),
                Err(error) => {
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(sum), Err)
    }

    /// What needs a person because an earlier pass found it wrong.
    async fn doubted(&self, id: &ConnectionId) -> Result<Vec<Record>, Failed> {
        let mut records = self.ledger.in_state(id, State::Attention, MOST).await?;
        records.retain(|record| record.doubt.is_some());
        Ok(records)
    }
}

fn unread(error: cin7::Error) -> Failed {
    match error {
        cin7::Error::Transient(words) => Failed::Unreadable(words),
        cin7::Error::Unauthorized(words) => Failed::KeysRefused(words),
        error => Failed::Cin7(error.to_string()),
    }
}

/// One document that Cin7 refuses to show must not keep the others back.
fn unread_document(error: cin7::Error) -> Failed {
    match error {
        cin7::Error::Refused(words) => Failed::Unreadable(words),
        error => unread(error),
    }
}

fn earlier(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
