//! Sealed secrets. The ledger stores what the vault sealed and never sees what is inside.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::store::read;
use crate::{ConnectionId, Error, Lease, Ledger};

/// A sealed secret of a connection: `freshbooks`, `app` (the FreshBooks app by itself) or `cin7`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRow {
    /// The vault's envelope.
    pub sealed: String,
    /// The KMS key that wraps it.
    pub key_id: String,
    /// Digest of the secret it was first made from, so that a restart with the same connection file
    /// does not bring back a refresh token that was since rotated.
    pub seed: String,
    /// Raised by one with every write: the fencing number.
    pub version: u64,
    /// Who is rotating it.
    pub lease: Option<Lease>,
    /// When it was last written.
    pub updated_at: Timestamp,
    /// Since when a rotation is under way that may have spent what is sealed here: written before the
    /// service is asked, gone with the new secret. Whoever finds one that nobody works on any more knows
    /// that the newest secret may be lost.
    #[serde(default)]
    pub rotating_since: Option<Timestamp>,
    /// When what is sealed here was given out, or first stored; not known of rows that an earlier
    /// version wrote.
    #[serde(default)]
    pub renewed_at: Option<Timestamp>,
}

impl Ledger {
    /// A connection's secret row.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn secret(
        &self,
        connection: &ConnectionId,
        name: &str,
    ) -> Result<Option<SecretRow>, Error> {
        self.get(&connection.pk(), &format!("SECRET#{name}")).await
    }

    /// All secret rows of a connection, each with its name.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn secrets(
        &self,
        connection: &ConnectionId,
    ) -> Result<Vec<(String, SecretRow)>, Error> {
        let pk = connection.pk();
        let rows = self.named_rows(&pk, "SECRET#").await?;
        rows.into_iter()
            .map(|(name, row)| Ok((name.clone(), read(row, &pk, &name)?)))
            .collect()
    }

    /// Writes a secret row under the version last read (0 for a new one).
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_secret(
        &self,
        connection: &ConnectionId,
        name: &str,
        row: &mut SecretRow,
    ) -> Result<(), Error> {
        let seen = Condition::version(row.version);
        let mut next = row.clone();
        next.version += 1;
        next.updated_at = self.now();
        self.put(
            &connection.pk(),
            &format!("SECRET#{name}"),
            &next,
            Some(seen),
        )
        .await?;
        *row = next;
        Ok(())
    }

    /// Takes the lease of a secret row. `false` where another worker holds it.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since it was read: read it again.
    pub async fn lease_secret(
        &self,
        connection: &ConnectionId,
        name: &str,
        row: &mut SecretRow,
        owner: &str,
        span: Duration,
    ) -> Result<bool, Error> {
        let now = self.now();
        if row
            .lease
            .as_ref()
            .is_some_and(|lease| lease.until > now && lease.owner != owner)
        {
            return Ok(false);
        }
        row.lease = Some(Lease {
            owner: owner.to_owned(),
            until: later(now, span),
        });
        self.put_secret(connection, name, row).await?;
        Ok(true)
    }
}
