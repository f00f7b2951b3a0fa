//! Storing a new pair: whoever loses the newest one needs a person to consent again.

use std::time::Duration;

use ledger::{ConnectionId, Error as Table, SecretRow, Status};

use super::{NAME, TokenVault};
use crate::envelope::{Envelope, Purpose, same_sealing};
use crate::store::store;
use crate::{Error, FreshBooksSecret};

/// How often the new pair is offered to the table before it is given up.
const STORES: u32 = 5;

/// What became of a new pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is stored.
    Stored,
    /// A consent replaced the pair that it came of, and what a consent gives is newer.
    Superseded,
}

impl TokenVault {
    /// Stores the new pair and gives the lease back, in one conditional write; several times if it
    /// must be.
    pub(super) async fn keep(
        &self,
        connection: &ConnectionId,
        mut row: SecretRow,
        secret: &FreshBooksSecret,
    ) -> Result<Kept, Error> {
        row.lease = None;
        row.rotating_since = None;
        let spent = row.sealed.clone();
        let leased = row.version;
        let mut sealed = None;
        let mut last = Error::Token("it was never tried".to_owned());
        for attempt in 0..STORES {
            match self
                .keep_once(connection, &mut row, secret, &mut sealed)
                .await
            {
                Ok(()) => {
                    self.undo_stop(connection, &row, leased).await;
                    return Ok(Kept::Stored);
                }
                Err(error) => last = error,
            }
            if matches!(last, Error::Ledger(Table::Conflict(_)))
                && let Some(kept) = self.catch_up(connection, &mut row, &spent).await
            {
                if kept == Kept::Stored {
                    self.undo_stop(connection, &row, leased).await;
                }
                return Ok(kept);
            }
            let pause = Duration::from_millis(100 << attempt);
            self.ledger.clock().sleep(pause).await;
        }
        tracing::error!(connection = %connection, error = %last, "a rotated FreshBooks token could not be stored");
        Err(last)
    }

    async fn keep_once(
        &self,
        connection: &ConnectionId,
        row: &mut SecretRow,
        secret: &FreshBooksSecret,
        sealed: &mut Option<Envelope>,
    ) -> Result<(), Error> {
        let envelope = match sealed {
            Some(envelope) => envelope,
            None => sealed.insert(
                self.sealer
                    .seal(connection, Purpose::OAuth, &secret.plain()?)
                    .await?,
            ),
        };
        row.sealed = envelope.written()?;
        row.key_id.clone_from(&envelope.key_id);
        store(&self.ledger, connection, NAME, row).await
    }

    /// The row was written since the lease was taken. `None` where it still holds the spent pair,
    /// because our lease ended and another worker took it, or its data key was wrapped again: ours is
    /// the newest, and the next try writes under the row's present version.
    async fn catch_up(
        &self,
        connection: &ConnectionId,
        row: &mut SecretRow,
        spent: &str,
    ) -> Option<Kept> {
        // A table that does not answer says nothing; the next try meets the conflict again.
        let stored = self.ledger.secret(connection, NAME).await.ok()?;
        match stored {
            // An earlier try was stored and only its answer was lost.
            Some(stored) if same_sealing(&stored.sealed, &row.sealed) => {
                row.version = stored.version;
                Some(Kept::Stored)
            }
            Some(stored) if same_sealing(&stored.sealed, spent) => {
                row.version = stored.version;
                None
            }
            _ => {
                tracing::info!(connection = %connection, "a consent replaced the FreshBooks token while it was refreshed");
                Some(Kept::Superseded)
            }
        }
    }

    /// A worker that had our lease after us met a spent token with nothing newer stored, and may have
    /// stopped the connection for it. What was just stored is newer.
    async fn undo_stop(&self, connection: &ConnectionId, row: &SecretRow, leased: u64) {
        if row.version == leased + 1 {
            return;
        }
        match self.ledger.resume(connection, Status::NeedsConsent).await {
            Ok(false) => {}
            Ok(true) => {
                tracing::info!(connection = %connection, "the connection goes on: its newest token was stored late");
            }
            Err(error) => {
                tracing::error!(connection = %connection, error = %error, "a connection may stand still that need not: connect it again");
            }
        }
    }
}
