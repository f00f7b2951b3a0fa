//! Cin7's keys, opened for whoever talks to Cin7.

use std::sync::Arc;

use ledger::{ConnectionId, Ledger};
use secrecy::SecretString;

use crate::cache::Cache;
use crate::envelope::{Purpose, Sealer};
use crate::{Error, store};

/// Cin7's two API key headers: together a login and a password.
#[derive(Debug, Clone)]
pub struct Cin7Keys {
    /// Header `api-auth-accountid`.
    pub account_id: SecretString,
    /// Header `api-auth-applicationkey`.
    pub application_key: SecretString,
}

/// Opens Cin7's keys and nothing else. Cheap to clone.
#[derive(Debug, Clone)]
pub struct KeyVault {
    ledger: Ledger,
    sealer: Sealer,
    keys: Arc<Cache<ConnectionId, Cin7Keys>>,
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
        if let Some(cached) = self.keys.get(connection) {
            return Ok(cached);
        }
        let row = self
            .ledger
            .secret(connection, "cin7")
            .await?
            .ok_or_else(|| Error::Missing {
                what: Purpose::Cin7Keys.what(),
                connection: connection.to_string(),
            })?;
        let plain = self
            .sealer
            .open(connection, Purpose::Cin7Keys, &row.sealed)
            .await?;
        let keys = store::read_keys(&plain, connection)?;
        self.keys.put(connection.clone(), keys.clone());
        Ok(keys)
    }
}
