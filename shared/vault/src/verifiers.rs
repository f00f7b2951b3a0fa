//! The verifiers of callbacks: all that the webhook may open.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use clock::later;
use freshbooks::webhook::{Delivery, Malformed, NotGenuine, Verified, Verifier};
use jiff::Timestamp;
use ledger::{ConnectionId, Error as Table, Hook, HookState, Ledger};
use secrecy::{ExposeSecret, SecretString};

use crate::cache::Cache;
use crate::envelope::Purpose;
use crate::plain::seed;
use crate::sealer::Sealer;
use crate::store::TRIES;
use crate::{Error, Vault};

/// Verifiers that did not verify a delivery are read again once they are this old: a callback that was
/// just registered, or a verifier that was just confirmed, is known within it. A stranger, who verifies
/// nothing, causes one reading of a callback in this span, however often they knock.
const DOUBTED: Duration = Duration::from_secs(5);

type Key = (ConnectionId, String);

/// Opens verifiers and nothing else. Cheap to clone.
#[derive(Debug, Clone)]
pub struct VerifierVault {
    ledger: Ledger,
    sealer: Sealer,
    cache: Arc<Cache<Key, Arc<Verifiers>>>,
}

/// The verifiers of one callback, the newest first; none where there is no such callback. One that was
/// only offered is not among them.
#[derive(Debug, Clone, Default)]
pub struct Verifiers {
    all: Vec<Verifier>,
    seed: String,
    read_at: Timestamp,
}

/// Which verifier signed a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedBy {
    /// The newest, and there is none before it.
    Only,
    /// The newest; the one before it is kept and needed no more ([`VerifierVault::forget_previous`]).
    Newest,
    /// The one before the newest.
    Previous,
}

/// A delivery that is not passed on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// It is no delivery at all.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// None of the verifiers signed it, or it cannot be used.
    #[error(transparent)]
    NotGenuine(#[from] NotGenuine),
}

impl Verifiers {
    /// Reads a delivery, checks its signature with the newest verifier and with the one before, and
    /// tells which it was. The work does not depend on which, or on how many there are.
    ///
    /// # Errors
    /// [`NotVerified`].
    pub fn verify(
        &self,
        body: &[u8],
        signature: Option<&str>,
    ) -> Result<(Delivery<Verified>, SignedBy), NotVerified> {
        let (newest, before) = self.all.split_at(self.all.len().min(1));
        // A delivery can be checked once only, so it is read twice.
        let by_newest = Delivery::parse(body, signature)?.verify(newest);
        let by_previous = Delivery::parse(body, signature)?.verify(before);
        match (by_newest, by_previous) {
            (Ok(delivery), _) if before.is_empty() => Ok((delivery, SignedBy::Only)),
            (Ok(delivery), _) => Ok((delivery, SignedBy::Newest)),
            (Err(_), Ok(delivery)) => Ok((delivery, SignedBy::Previous)),
            // One that is signed and cannot be used says more than one that is not signed.
            (Err(NotGenuine::Signature), Err(why)) | (Err(why), _) => Err(why.into()),
        }
    }
}

impl Deref for Verifiers {
    type Target = [Verifier];

    fn deref(&self) -> &[Verifier] {
        &self.all
    }
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

    /// The verifiers that a delivery for this callback may be signed with; none where the connection
    /// or the callback is not known. Cached for a minute, unknown ones too.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn verifiers(
        &self,
        connection: &ConnectionId,
        noun: &str,
    ) -> Result<Arc<Verifiers>, Error> {
        let key = (connection.clone(), noun.to_owned());
        match self.cache.get(&key) {
            Some(cached) => Ok(cached),
            None => self.read(key).await,
        }
    }

    /// The verifiers as they are stored now, for a delivery that `seen` did not verify; `None` where
    /// those were read within the last five seconds.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn newer_than(
        &self,
        connection: &ConnectionId,
        noun: &str,
        seen: &Verifiers,
    ) -> Result<Option<Arc<Verifiers>>, Error> {
        if later(seen.read_at, DOUBTED) > self.ledger.clock().now() {
            return Ok(None);
        }
        let key = (connection.clone(), noun.to_owned());
        self.read(key).await.map(Some)
    }

    async fn read(&self, key: Key) -> Result<Arc<Verifiers>, Error> {
        let (connection, noun) = &key;
        let mut opened = Verifiers {
            read_at: self.ledger.clock().now(),
            ..Verifiers::default()
        };
        if let Some(hook) = self.ledger.hook(connection, noun).await? {
            for sealed in hook.current.iter().chain(&hook.previous) {
                let verifier = self
                    .sealer
                    .open(connection, Purpose::Verifier, sealed)
                    .await?;
                let verifier = Verifier::new(verifier.expose_secret().to_owned());
                opened.all.push(verifier);
            }
            opened.seed = hook.seed;
        }
        let opened = Arc::new(opened);
        self.cache.put(key, opened.clone());
        Ok(opened)
    }

    /// Drops the verifier before the newest, because the newest of `seen` has verified a delivery. One
    /// that came since keeps its predecessor. Returns whether there was one to drop.
    ///
    /// # Errors
    /// The table did not answer.
    pub async fn forget_previous(
        &self,
        connection: &ConnectionId,
        noun: &str,
        seen: &Verifiers,
    ) -> Result<bool, Error> {
        let forgotten = self
            .ledger
            .forget_previous(connection, noun, &seen.seed)
            .await?;
        self.cache.forget(&(connection.clone(), noun.to_owned()));
        Ok(forgotten)
    }
}

impl Vault {
    /// Stores a callback's verifier that a person gave. A different one before it stays accepted.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn put_verifier(
        &self,
        connection: &ConnectionId,
        noun: &str,
        verifier: &SecretString,
    ) -> Result<(), Error> {
        let seed = seed(verifier);
        let mut sealed = None;
        for _ in 0..TRIES {
            let stored = self.ledger.hook(connection, noun).await?;
            if stored.as_ref().is_some_and(|hook| hook.seed == seed) {
                return Ok(());
            }
            let current = match &sealed {
                Some(current) => current,
                None => {
                    let sealing = self.sealer.seal(connection, Purpose::Verifier, verifier);
                    sealed.insert(sealing.await?.written()?)
                }
            };
            let stored = stored.unwrap_or_default();
            let mut hook = Hook {
                state: HookState::Given,
                previous: stored.current,
                current: Some(current.clone()),
                seed: seed.clone(),
                offered: None,
                ..stored
            };
            match self.ledger.put_hook(connection, noun, &mut hook).await {
                // Written by another, or by ourselves and the answer was lost: reading tells.
                Err(Table::Conflict(_)) => {}
                other => return Ok(other?),
            }
        }
        Err(contended(connection, noun))
    }
}

/// A callback's row that somebody else keeps writing.
pub(crate) fn contended(connection: &ConnectionId, noun: &str) -> Error {
    Table::Conflict(format!("the callback {noun} of connection {connection}")).into()
}
