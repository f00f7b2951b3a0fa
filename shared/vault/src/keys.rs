//! Cin7's keys, opened for whoever talks to Cin7.

use std::sync::Arc;

use ledger::{ConnectionId, Ledger, SecretRow};

use crate::cache::Cache;
use crate::envelope::Purpose;
use crate::sealer::Sealer;
use crate::{Cin7Keys, Error};

const NAME: &str = "cin7";

/// Opens Cin7's keys and nothing else. Cheap to clone.
#[derive(Debug, Clone)]
pub struct KeyVault {
    ledger: Ledger,
    sealer: Sealer,
    keys: Arc<Cache<ConnectionId, (Cin7Keys, u64)>>,
}

impl KeyVault {
    /// A vault that opens keys stored in `ledger`; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, kms: aws_sdk_kms::Client) -> Self {
        let keys = Arc::new(Cache::new(ledger.clock().clone()));
        Self {
            ledger,
            sealer: Sealer { kms, key_id: None },
            keys,
        }
    }

    /// Cin7's keys of a connection, cached for a minute.
    ///
    /// # Errors
    /// None are stored, or the table or KMS did not answer.
    pub async fn cin7_keys(&self, connection: &ConnectionId) -> Result<Cin7Keys, Error> {
        Ok(self.versioned_keys(connection).await?.0)
    }

    /// The same keys with the version of the row that holds them: what a refusal names
    /// ([`KeyVault::after_refusal`], [`ledger::Refused::Keys`]).
    ///
    /// # Errors
    /// None are stored, or the table or KMS did not answer.
    pub async fn versioned_keys(
        &self,
        connection: &ConnectionId,
    ) -> Result<(Cin7Keys, u64), Error> {
        if let Some(cached) = self.keys.get(connection) {
            return Ok(cached);
        }
        let row = self.row(connection).await?;
        self.open(connection, &row).await
    }

    /// What is stored beyond the keys of version `refused`, which Cin7 just answered with 401 or 403:
    /// newer keys and their version, or none. Whatever was cached is not given again.
    ///
    /// # Errors
    /// None are stored, or the table or KMS did not answer.
    pub async fn after_refusal(
        &self,
        connection: &ConnectionId,
        refused: u64,
    ) -> Result<Option<(Cin7Keys, u64)>, Error> {
        self.keys.forget(connection);
        let row = self.row(connection).await?;
        if row.version <= refused {
            return Ok(None);
        }
        self.open(connection, &row).await.map(Some)
    }

    async fn row(&self, connection: &ConnectionId) -> Result<SecretRow, Error> {
        let row = self.ledger.secret(connection, NAME).await?;
        row.ok_or_else(|| Purpose::Cin7Keys.missing(connection))
    }

    async fn open(
        &self,
        connection: &ConnectionId,
        row: &SecretRow,
    ) -> Result<(Cin7Keys, u64), Error> {
        let plain = self
            .sealer
            .open(connection, Purpose::Cin7Keys, &row.sealed)
            .await?;
        let opened = (Cin7Keys::read(&plain, connection)?, row.version);
        self.keys.put(connection.clone(), opened.clone());
        Ok(opened)
    }
}
