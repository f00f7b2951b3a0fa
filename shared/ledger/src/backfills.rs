//! Backfills: one for each connection, with what is left of it.
//!
//! They stand in a partition of their own, so that the poller finds those that run with one query.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::{ConnectionId, DocumentId, Error, Kind, Ledger, NotAName, RecordKey, State};

/// The partition of all backfills.
pub(crate) const BACKFILLS: &str = "BACKFILLS";

/// Whether a backfill goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackfillState {
    /// The poller works on it each minute, while its connection works.
    Running,
    /// A person stopped it for a while.
    Paused,
    /// A person ended it.
    Stopped,
    /// Everything it found has come to an end, or stands where a person sees it.
    Ended,
}

/// A document by kind and id, stored as `invoice/123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Document {
    /// The kind.
    pub kind: Kind,
    /// FreshBooks' id.
    pub id: DocumentId,
}

/// What is listed next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlisted {
    /// This kind,
    pub kind: Kind,
    /// from this day on; then the kinds after it.
    pub from: Date,
}

/// A document that was queued, or was under way already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Which.
    pub document: Document,
    /// Where its record stood when it was last looked at.
    pub state: State,
    /// The version of the record that was queued: while it stands at that, no look was made yet. 0 where
    /// it was under way already.
    #[serde(default)]
    pub version: u64,
}

/// How far it was at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// When.
    pub at: Timestamp,
    /// Documents that were queued and had come to an end by then.
    pub settled: u64,
}

/// Bringing a connection's older documents across.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backfill {
    /// Whose.
    pub connection: ConnectionId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The kinds, in the order in which they are brought across.
    pub kinds: Vec<Kind>,
    /// Who began it.
    pub by: String,
    /// When.
    pub started_at: Timestamp,
    /// Whether it goes on.
    pub state: BackfillState,
    /// When it ended or was stopped.
    pub ended_at: Option<Timestamp>,
    /// What keeps it from going on, in one sentence; empty where nothing does.
    pub trouble: String,
    /// What is not listed yet; none once all is.
    pub unlisted: Option<Unlisted>,
    /// What was listed and not looked at yet.
    pub backlog: Vec<Document>,
    /// What is under way, waits or needs a person.
    pub followed: Vec<Followed>,
    /// Documents found so far.
    pub found: u64,
    /// Documents that it put on the queue.
    pub queued: u64,
    /// Documents that came to an end, before it or through it.
    pub done: u64,
    /// Of those, the ones that were followed.
    pub settled: u64,
    /// Cin7 calls that the last of those took, one number for each.
    pub costs: Vec<u32>,
    /// How far it was in the last quarter of an hour.
    pub samples: Vec<Sample>,
    /// A poller has it until then.
    pub busy_until: Option<Timestamp>,
    /// Raised by one with every write; 0 where it was never stored.
    pub version: u64,
}

impl Backfill {
    /// Whether a poller or a person may still do something with it.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        matches!(self.state, BackfillState::Running | BackfillState::Paused)
    }

    /// The record of one of its documents.
    #[must_use]
    pub fn key(&self, document: &Document) -> RecordKey {
        RecordKey {
            connection: self.connection.clone(),
            kind: document.kind.clone(),
            id: document.id.clone(),
        }
    }
}

impl Ledger {
    /// A connection's backfill, the last one if none goes on.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn backfill(&self, id: &ConnectionId) -> Result<Option<Backfill>, Error> {
        self.get(BACKFILLS, id.as_str()).await
    }

    /// The backfills of all connections, those that came to an end included.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn backfills(&self) -> Result<Vec<Backfill>, Error> {
        self.query(BACKFILLS, "").await
    }

    /// Writes a backfill under the version last read.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_backfill(&self, backfill: &mut Backfill) -> Result<(), Error> {
        let mut next = backfill.clone();
        next.version += 1;
        let seen = Condition::version(backfill.version);
        let sk = next.connection.as_str().to_owned();
        self.put(BACKFILLS, &sk, &next, Some(seen)).await?;
        *backfill = next;
        Ok(())
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

impl From<Document> for String {
    fn from(document: Document) -> Self {
        document.to_string()
    }
}

impl TryFrom<String> for Document {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        let (kind, id) = text.split_once('/').unwrap_or((&text, ""));
        Ok(Self {
            kind: kind.parse()?,
            id: id.parse()?,
        })
    }
}
