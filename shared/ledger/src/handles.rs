//! Handles: by what a document that Cin7's lists show without a mark is known to be a record's.

use serde::{Deserialize, Serialize};

use crate::{ConnectionId, Error, Ledger, RecordKey};

/// A handle as it stands in the table.
#[derive(Serialize, Deserialize)]
struct Handle {
    record: RecordKey,
}

impl Ledger {
    /// The record of the Cin7 document that `handle` names, in whatever case: its id, or whatever else
    /// the caller gave it.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn record_of_handle(
        &self,
        connection: &ConnectionId,
        handle: &str,
    ) -> Result<Option<RecordKey>, Error> {
        let found: Option<Handle> = self.get(&connection.pk(), &sort_key(handle)).await?;
        Ok(found.map(|handle| handle.record))
    }

    /// Remembers of which record the Cin7 document is that `handle` names; a later one replaces it.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_handle(&self, record: &RecordKey, handle: &str) -> Result<(), Error> {
        let stored = Handle {
            record: record.clone(),
        };
        let pk = record.connection.pk();
        self.put(&pk, &sort_key(handle), &stored, None).await
    }
}

fn sort_key(handle: &str) -> String {
    format!("CIN7#{}", handle.trim().to_lowercase())
}
