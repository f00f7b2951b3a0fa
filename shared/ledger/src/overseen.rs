//! How far confirm passes got in what people change in Cin7: one cursor for each family of documents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::{ConnectionId, Error, Ledger};

/// How far the confirm passes got in one of Cin7's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overseen {
    /// Whatever the list showed at this time was compared.
    pub until: Timestamp,
    /// Of a list that knows no filter by time: a digest of each group of its rows as they were then, to
    /// tell which of them changed; empty for other lists.
    pub digests: Vec<String>,
    /// Raised by one with every write; 0 where it was never stored.
    pub version: u64,
}

impl Overseen {
    /// One that was never stored.
    #[must_use]
    pub fn new(until: Timestamp) -> Self {
        Self {
            until,
            digests: Vec::new(),
            version: 0,
        }
    }
}

impl Ledger {
    /// How far the confirm passes got in the documents of `family`; none before the first of them was
    /// posted.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn overseen(
        &self,
        connection: &ConnectionId,
        family: &str,
    ) -> Result<Option<Overseen>, Error> {
        self.get(&connection.pk(), &sort_key(family)).await
    }

    /// Writes how far a pass got, under the version last read.
    ///
    /// # Errors
    /// [`Error::Conflict`] where another pass wrote it since.
    pub async fn put_overseen(
        &self,
        connection: &ConnectionId,
        family: &str,
        overseen: &mut Overseen,
    ) -> Result<(), Error> {
        let mut next = overseen.clone();
        next.version += 1;
        let seen = Condition::version(overseen.version);
        self.put(&connection.pk(), &sort_key(family), &next, Some(seen))
            .await?;
        *overseen = next;
        Ok(())
    }
}

fn sort_key(family: &str) -> String {
    format!("CURSOR#confirm#{family}")
}
