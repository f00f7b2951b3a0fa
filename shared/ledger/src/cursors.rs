//! How far changes in FreshBooks were caught up with, for each connection and kind.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::{ConnectionId, Error, Kind, Ledger};

/// How far one kind of document was caught up with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Which kind.
    pub kind: Kind,
    /// Whatever changed before was listed, and a look at it was asked for where one was needed.
    pub since: Option<Timestamp>,
    /// When a list was last read from its beginning to its end.
    pub whole_at: Option<Timestamp>,
    /// How many pages that took.
    pub pages: u64,
    /// When every row since the start date was last compared with the ledger.
    pub full_at: Option<Timestamp>,
    /// Why it could not be listed, in one sentence; empty where it could.
    pub trouble: String,
    /// Since when.
    pub troubled_since: Option<Timestamp>,
    /// Whether people were told of that.
    pub told: bool,
    /// Raised by one with every write; 0 where it was never stored.
    pub version: u64,
}

impl Cursor {
    /// The cursor of a kind that was never listed.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            since: None,
            whole_at: None,
            pages: 0,
            full_at: None,
            trouble: String::new(),
            troubled_since: None,
            told: false,
            version: 0,
        }
    }
}

impl Ledger {
    /// How far a kind of a connection was caught up with.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn cursor(&self, id: &ConnectionId, kind: &Kind) -> Result<Cursor, Error> {
        let stored = self.get(&id.pk(), &cursor_sk(kind)).await?;
        Ok(stored.unwrap_or_else(|| Cursor::new(kind.clone())))
    }

    /// Writes a cursor under the version last read.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_cursor(&self, id: &ConnectionId, cursor: &mut Cursor) -> Result<(), Error> {
        let mut next = cursor.clone();
        next.version += 1;
        let seen = Some(Condition::version(cursor.version));
        self.put(&id.pk(), &cursor_sk(&cursor.kind), &next, seen)
            .await?;
        *cursor = next;
        Ok(())
    }

    /// What a list showed when it was last read whole; empty where it never was.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn listed(
        &self,
        id: &ConnectionId,
        kind: &Kind,
        list: &str,
    ) -> Result<String, Error> {
        let text = self.whole_text(id, &listed_sk(kind, list)).await?;
        Ok(text.map(|(text, _)| text).unwrap_or_default())
    }

    /// Keeps what a list shows.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_listed(
        &self,
        id: &ConnectionId,
        kind: &Kind,
        list: &str,
        text: &str,
    ) -> Result<(), Error> {
        self.put_whole_text(id, &listed_sk(kind, list), text).await
    }
}

fn cursor_sk(kind: &Kind) -> String {
    format!("CURSOR#changes#{kind}")
}

fn listed_sk(kind: &Kind, list: &str) -> String {
    format!("CURSOR#listed#{kind}#{list}#")
}
