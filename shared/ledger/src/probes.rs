//! What is known of the probe of a connection, as a text of the probe's own.

use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::{ConnectionId, Error, Ledger};

const SK: &str = "PROBE";

#[derive(Serialize, Deserialize)]
struct ProbeRow {
    version: u64,
    text: String,
}

impl Ledger {
    /// What was last written of a connection's probe, and at which version it stands.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn probe(&self, id: &ConnectionId) -> Result<Option<(String, u64)>, Error> {
        let row: Option<ProbeRow> = self.get(&id.pk(), SK).await?;
        Ok(row.map(|row| (row.text, row.version)))
    }

    /// Writes what is known of a connection's probe over version `seen`, 0 for the first; the version at
    /// which it stands now.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_probe(&self, id: &ConnectionId, text: &str, seen: u64) -> Result<u64, Error> {
        let row = ProbeRow {
            version: seen + 1,
            text: text.to_owned(),
        };
        let condition = Some(Condition::version(seen));
        self.put(&id.pk(), SK, &row, condition).await?;
        Ok(row.version)
    }
}
