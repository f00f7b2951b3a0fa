//! The verifiers of callbacks: all that the webhook may open.

use std::sync::Arc;

use freshbooks::webhook::Verifier;
use ledger::{ConnectionId, Hook, Ledger};
use secrecy::ExposeSecret;

use crate::cache::Cache;
use crate::envelope::{Purpose, Sealer};
use crate::{Error, Vault};

type Key = (ConnectionId, String);

/// Opens verifiers and nothing else. Cheap to clone.
#[derive(Debug, Clone)]
pub struct VerifierVault {
    ledger: Ledger,
    sealer: Sealer,
    cache: Arc<Cache<Key, Arc<Vec<Verifier>>>>,
}

impl VerifierVault {
    /// A vault that opens verifiers stored in `ledger`; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, kms: aws_sdk_kms::Client) -> Self {
        let cache = Arc::new(Cache::new(ledger.clock().clone()));
        Self {
            ledger,
            sealer: Sealer { kms, key_id: None },
            cache,
        }
    }

    /// The verifiers that a delivery for this callback may be signed with, the newest first; none
    /// where the connection or the callback is not known. Cached for a minute, unknown ones too.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn verifiers(
        &self,
        connection: &ConnectionId,
        noun: &str,
    ) -> Result<Arc<Vec<Verifier>>, Error> {
        let key = (connection.clone(), noun.to_owned());
        if let Some(cached) = self.cache.get(&key) {
            return Ok(cached);
        }
        let mut opened = Vec::new();
        if let Some(hook) = self.ledger.hook(connection, noun).await? {
            for sealed in std::iter::once(&hook.current).chain(&hook.previous) {
                let verifier = self
                    .sealer
                    .open(connection, Purpose::Verifier, sealed)
                    .await?;
                opened.push(Verifier::new(verifier.expose_secret().to_owned()));
            }
        }
        let opened = Arc::new(opened);
        self.cache.put(key, opened.clone());
        Ok(opened)
    }
}

impl Vault {
    /// Stores a callback's verifier. A different one before it stays accepted.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn put_verifier(
        &self,
        connection: &ConnectionId,
        noun: &str,
        verifier: &secrecy::SecretString,
    ) -> Result<(), Error> {
        let seed = crate::store::seed(verifier);
        let stored = self.ledger.hook(connection, noun).await?;
        if stored.as_ref().is_some_and(|hook| hook.seed == seed) {
            return Ok(());
        }
        let envelope = self
            .sealer
            .seal(connection, Purpose::Verifier, verifier)
            .await?;
        let hook = Hook {
            current: crate::store::written(&envelope)?,
            seed,
            previous: stored.map(|hook| hook.current),
        };
        Ok(self.ledger.put_hook(connection, noun, &hook).await?)
    }
}
