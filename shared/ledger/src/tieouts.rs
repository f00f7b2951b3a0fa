//! Tie-outs of connections' months, each the last of its month, as text cut into parts that fit an item.

use jiff::Timestamp;

use serde::{Deserialize, Serialize};

use crate::{ConnectionId, Error, Ledger};

/// When a month was last tied out, beside the long text of it.
#[derive(Serialize, Deserialize)]
struct TiedOut {
    at: Timestamp,
}

impl Ledger {
    /// The tie-out of a connection's month as it was last stored, and when that was.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn tie_out(
        &self,
        id: &ConnectionId,
        month: &str,
    ) -> Result<Option<(String, Timestamp)>, Error> {
        self.whole_text(id, &prefix(month)).await
    }

    /// When a connection's month was last tied out: one small read.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn tied_out_at(
        &self,
        id: &ConnectionId,
        month: &str,
    ) -> Result<Option<Timestamp>, Error> {
        let stored: Option<TiedOut> = self.get(&id.pk(), &format!("TIEDOUT#{month}")).await?;
        Ok(stored.map(|stored| stored.at))
    }

    /// Stores the tie-out of a connection's month in place of the one before.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_tie_out(
        &self,
        id: &ConnectionId,
        month: &str,
        text: &str,
    ) -> Result<(), Error> {
        self.put_whole_text(id, &prefix(month), text).await?;
        let tied = TiedOut { at: self.now() };
        self.put(&id.pk(), &format!("TIEDOUT#{month}"), &tied, None)
            .await
    }
}

fn prefix(month: &str) -> String {
    format!("TIEOUT#{month}#")
}
