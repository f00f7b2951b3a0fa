//! Ways to Cin7, by what they may do there.

use std::sync::Arc;

use cin7::{Endpoint, Keys, Reader, Writer};
use jiff::Timestamp;
use ledger::{ConnectionId, Ledger, Pace};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use url::Url;
use vault::KeyVault;

use crate::cin7_pace::KeyPace;

/// Makes Cin7 handles that can only read: all that the poller gets. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cin7Access {
    ledger: Ledger,
    keys: KeyVault,
    http: reqwest::Client,
    base: Url,
    pace: Pace,
}

/// Makes Cin7 handles that can write too: the processor's. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cin7WriteAccess(Cin7Access);

impl Cin7Access {
    /// Access to Cin7 at `base` with the keys in the vault, paced by the shared row of each key.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        keys: KeyVault,
        http: reqwest::Client,
        base: Url,
        pace: Pace,
    ) -> Self {
        Self {
            ledger,
            keys,
            http,
            base,
            pace,
        }
    }

    pub(crate) async fn reader(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<(Reader, Arc<KeyPace>), vault::Error> {
        let (endpoint, pace) = self.endpoint(connection, patience).await?;
        Ok((Reader::new(endpoint), pace))
    }

    async fn endpoint(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<(Endpoint, Arc<KeyPace>), vault::Error> {
        let keys = self.keys.cin7_keys(connection).await?;
        // The limit counts per application key; the row's name must not give the key away.
        let digest = Sha256::digest(keys.application_key.expose_secret().as_bytes());
        let row = digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let pace = Arc::new(KeyPace::new(self.ledger.clone(), row, self.pace, patience));
        let keys = Keys::new(keys.account_id, keys.application_key);
        Ok((
            Endpoint::new(self.http.clone(), self.base.clone(), keys, pace.clone()),
            pace,
        ))
    }
}

impl Cin7WriteAccess {
    /// The same access, with writing.
    #[must_use]
    pub fn new(access: Cin7Access) -> Self {
        Self(access)
    }

    pub(crate) async fn writer(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<(Writer, Arc<KeyPace>), vault::Error> {
        let (endpoint, pace) = self.0.endpoint(connection, patience).await?;
        Ok((Writer::new(endpoint), pace))
    }
}
