//! Ways to Cin7, by what they may do there.

use std::sync::Arc;

use cin7::{Company, Endpoint, Keys, Reader, Writer};
use jiff::Timestamp;
use ledger::{ConnectionId, Ledger, Pace};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use url::Url;
use vault::{Cin7Keys, KeyVault};

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

/// A handle on Cin7 with the pace of its key, and the version of the keys that open it.
#[derive(Debug, Clone)]
pub(crate) struct Opened<T> {
    pub(crate) handle: T,
    pub(crate) pace: Arc<KeyPace>,
    pub(crate) version: u64,
}

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

    /// The company behind keys that need not be stored: whether Cin7 takes them. One call, in the
    /// pace of that key.
    ///
    /// # Errors
    /// As [`Reader::company`]; [`cin7::Error::Unauthorized`] where Cin7 does not take them.
    pub async fn company_behind(
        &self,
        keys: Cin7Keys,
        patience: Timestamp,
    ) -> Result<Company, cin7::Error> {
        let (endpoint, _) = self.endpoint_with(keys, patience);
        Reader::new(endpoint).company().await
    }

    pub(crate) async fn reader(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<Opened<Reader>, vault::Error> {
        let (endpoint, pace, version) = self.endpoint(connection, patience).await?;
        Ok(Opened {
            handle: Reader::new(endpoint),
            pace,
            version,
        })
    }

    /// The allowance of each key.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) fn keys(&self) -> &KeyVault {
        &self.keys
    }

    async fn endpoint(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<(Endpoint, Arc<KeyPace>, u64), vault::Error> {
        let (keys, version) = self.keys.versioned_keys(connection).await?;
        let (endpoint, pace) = self.endpoint_with(keys, patience);
        Ok((endpoint, pace, version))
    }

    fn endpoint_with(&self, keys: Cin7Keys, patience: Timestamp) -> (Endpoint, Arc<KeyPace>) {
        // The limit counts per application key; the row's name must not give the key away.
        let digest = Sha256::digest(keys.application_key.expose_secret().as_bytes());
        let row = digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let pace = Arc::new(KeyPace::new(self.ledger.clone(), row, self.pace, patience));
        let keys = Keys::new(keys.account_id, keys.application_key);
        let endpoint = Endpoint::new(self.http.clone(), self.base.clone(), keys, pace.clone());
        (endpoint, pace)
    }
}

impl Cin7WriteAccess {
    /// The same access, with writing.
    #[must_use]
    pub fn new(access: Cin7Access) -> Self {
        Self(access)
    }

    /// A writer for one sitting of the probe, which begins no call after `patience`.
    ///
    /// # Errors
    /// The keys could not be opened.
    pub async fn probing(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<Writer, vault::Error> {
        let opened = self.writer(connection, patience).await?;
        Ok(opened.handle)
    }

    pub(crate) async fn writer(
        &self,
        connection: &ConnectionId,
        patience: Timestamp,
    ) -> Result<Opened<Writer>, vault::Error> {
        let (endpoint, pace, version) = self.0.endpoint(connection, patience).await?;
        Ok(Opened {
            handle: Writer::new(endpoint),
            pace,
            version,
        })
    }

    pub(crate) fn reading(&self) -> &Cin7Access {
        &self.0
    }
}
