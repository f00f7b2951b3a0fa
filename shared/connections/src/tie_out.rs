//! The tie-out of a month, as it was last made or made now.

use std::time::Duration;

use clock::later;
use ledger::ConnectionId;
use sync::TieOuts;
use tieout::{Month, TieOut};

use crate::check::has_account;
use crate::{Desk, Error};

/// How long an answer may take; the gateway gives up after 30 s.
const PATIENCE: Duration = Duration::from_secs(20);

impl Desk {
    /// Reads both sides of a month now, ties it out and stores it. Nothing else is written.
    ///
    /// # Errors
    /// There is no such connection, or something could not be read in the time that an answer has: then
    /// the poller's daily one is what there is.
    pub async fn tie_out(&self, id: &ConnectionId, month: Month) -> Result<TieOut, Error> {
        has_account(&self.connection(id).await?)?;
        let (api, tokens) = (self.freshbooks.clone(), self.tokens.clone());
        let tie_outs = TieOuts::new(self.ledger.clone(), api, tokens, self.cin7.clone());
        let patience = later(self.clock().now(), PATIENCE);
        let owner = format!("console {}", self.nonce());
        let tied = tie_outs
            .tie_out_and_store(id, month, (&owner, patience))
            .await?;
        tied.ok_or_else(|| Error::NotFound(format!("There is no connection {id}.")))
    }

    /// The tie-out of a month as it was last made, by the poller or by a person. No call to either side.
    ///
    /// # Errors
    /// There is no such connection, or the month was never tied out.
    pub async fn last_tie_out(&self, id: &ConnectionId, month: Month) -> Result<TieOut, Error> {
        self.connection(id).await?;
        let stored = sync::stored(&self.ledger, id, month).await?;
        stored.ok_or_else(|| {
            Error::NotFound(format!(
                "{month} of connection {id} was not tied out yet: have it made now, or wait for the night."
            ))
        })
    }
}
