//! The FreshBooks token: single-use, so one worker at a time rotates it, and the new pair is stored
//! before it is used (docs/freshbooks-api.md, OAuth).

mod keep;
mod rotation;

use std::sync::Arc;
use std::time::Duration;

use clock::later;
use ledger::{ConnectionId, Ledger, SecretRow};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::cache::Cache;
use crate::envelope::Purpose;
use crate::sealer::Sealer;
use crate::{Error, FreshBooksSecret};

/// A token with less than this left is refreshed before use.
const EARLY: Duration = Duration::from_secs(300);
/// Longer than one token request can take.
const LEASE: Duration = Duration::from_secs(45);
/// How often a worker looks whether another has finished rotating, one second apart.
const LOOKS: u32 = 30;

const NAME: &str = "freshbooks";

/// Opens FreshBooks' access token and rotates the refresh token behind it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct TokenVault {
    ledger: Ledger,
    sealer: Sealer,
    http: reqwest::Client,
    freshbooks: Url,
    tokens: Arc<Cache<ConnectionId, SecretString>>,
}

impl TokenVault {
    /// The age at which the pair of a quiet connection is rotated. FreshBooks promises refresh tokens
    /// no end by time (docs/freshbooks-api.md, OAuth); one that is used each week shows within a week
    /// that it still works.
    pub const KEEP_ALIVE: Duration = Duration::from_hours(7 * 24);

    /// A vault that asks for tokens at the FreshBooks address given and seals them under `key_id`;
    /// nothing is read.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        kms: aws_sdk_kms::Client,
        key_id: impl Into<String>,
        http: reqwest::Client,
        freshbooks: Url,
    ) -> Self {
        let tokens = Arc::new(Cache::new(ledger.clock().clone()));
        let sealer = Sealer {
            kms,
            key_id: Some(key_id.into()),
        };
        Self {
            ledger,
            sealer,
            http,
            freshbooks,
            tokens,
        }
    }

    /// A usable access token. `refused` is one that FreshBooks just answered with 401: whatever is
    /// cached or stored, that one is not given again. `owner` names the invocation.
    ///
    /// # Errors
    /// [`Error::NeedsConsent`] where the refresh token is dead, and the connection was stopped for it;
    /// otherwise what failed on the way.
    pub async fn access_token(
        &self,
        connection: &ConnectionId,
        refused: Option<&SecretString>,
        owner: &str,
    ) -> Result<SecretString, Error> {
        let usable = |token: &SecretString| {
            refused.is_none_or(|refused| refused.expose_secret() != token.expose_secret())
        };
        if let Some(cached) = self.tokens.get(connection).filter(usable) {
            return Ok(cached);
        }
        let stored = |_: &SecretRow, secret: &FreshBooksSecret| {
            let (token, until) = secret.access_token.as_ref()?;
            let lasts = *until > later(self.ledger.clock().now(), EARLY);
            (lasts && usable(token)).then(|| token.clone())
        };
        let token = self
            .stored_or_rotated(connection, owner, stored, |token| token)
            .await?;
        self.tokens.put(connection.clone(), token.clone());
        Ok(token)
    }

    /// Rotates the pair of a connection that nobody has used for long: one older than `older_than`,
    /// usually [`TokenVault::KEEP_ALIVE`]. Returns whether it was. `owner` names the invocation.
    ///
    /// # Errors
    /// As [`TokenVault::access_token`].
    pub async fn keep_alive(
        &self,
        connection: &ConnectionId,
        owner: &str,
        older_than: Duration,
    ) -> Result<bool, Error> {
        let young = |row: &SecretRow, _: &FreshBooksSecret| {
            let since = row.renewed_at.unwrap_or(row.updated_at);
            (later(since, older_than) > self.ledger.clock().now()).then_some(false)
        };
        self.stored_or_rotated(connection, owner, young, |_| true)
            .await
    }

    /// What `stored` finds in the table, or what `rotated` makes of the access token of a rotation.
    async fn stored_or_rotated<T>(
        &self,
        connection: &ConnectionId,
        owner: &str,
        stored: impl Fn(&SecretRow, &FreshBooksSecret) -> Option<T>,
        rotated: impl Fn(SecretString) -> T,
    ) -> Result<T, Error> {
        for _ in 0..LOOKS {
            let (mut row, secret) = self.stored(connection).await?;
            if let Some(found) = stored(&row, &secret) {
                return Ok(found);
            }
            let leased = self
                .ledger
                .lease_secret(connection, NAME, &mut row, owner, LEASE);
            match leased.await {
                Ok(true) => {
                    if let Some(token) = self.rotate(connection, row, secret).await? {
                        return Ok(rotated(token));
                    }
                }
                Ok(false) => self.ledger.clock().sleep(Duration::from_secs(1)).await,
                // Somebody wrote the row since it was read: it is read again.
                Err(ledger::Error::Conflict(_)) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(Error::Token(
            "another worker has been refreshing it for too long".to_owned(),
        ))
    }

    async fn stored(
        &self,
        connection: &ConnectionId,
    ) -> Result<(SecretRow, FreshBooksSecret), Error> {
        let row = self.ledger.secret(connection, NAME).await?;
        let row = row.ok_or_else(|| Purpose::OAuth.missing(connection))?;
        let plain = self
            .sealer
            .open(connection, Purpose::OAuth, &row.sealed)
            .await?;
        let secret = FreshBooksSecret::read(&plain, connection)?;
        Ok((row, secret))
    }
}
