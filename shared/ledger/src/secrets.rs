//! Sealed secrets. The ledger stores what the vault sealed and never sees what is inside.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::Condition;
use crate::{ConnectionId, Error, Lease, Ledger};

/// A sealed secret of a connection, `freshbooks` or `cin7`.
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
}

/// The sealed verifiers of one callback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// The newest verifier.
    pub current: String,
    /// Digest of the newest verifier.
    pub seed: String,
    /// The one before, accepted until the newest has verified a delivery.
    pub previous: Option<String>,
}

fn pk(connection: &ConnectionId) -> String {
    format!("CONN#{connection}")
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
        self.get(&pk(connection), &format!("SECRET#{name}")).await
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
            &pk(connection),
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

    /// The verifiers of a callback.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn hook(&self, connection: &ConnectionId, noun: &str) -> Result<Option<Hook>, Error> {
        self.get(&pk(connection), &format!("HOOK#{noun}")).await
    }

    /// Stores the verifiers of a callback.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_hook(
        &self,
        connection: &ConnectionId,
        noun: &str,
        hook: &Hook,
    ) -> Result<(), Error> {
        self.put(&pk(connection), &format!("HOOK#{noun}"), hook, None)
            .await
    }
}
