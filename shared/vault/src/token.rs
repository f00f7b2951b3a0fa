//! The FreshBooks token: single-use, so one worker at a time rotates it, and the new pair is stored
//! before it is used (docs/freshbooks-api.md, OAuth).

use std::sync::Arc;
use std::time::Duration;

use clock::later;
use freshbooks::oauth::{self, App, TokenPair};
use ledger::{ConnectionId, Ledger, SecretRow, Status};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::cache::Cache;
use crate::envelope::{Envelope, Purpose, Sealer};
use crate::store::written;
use crate::{Error, FreshBooksSecret};

/// A token with less than this left is refreshed before use.
const EARLY: Duration = Duration::from_secs(300);
/// Longer than one token request can take.
const LEASE: Duration = Duration::from_secs(45);
/// How often a worker looks whether another has finished rotating, one second apart.
const LOOKS: u32 = 30;
/// How often the new pair is offered to the table before it is given up: losing it costs a consent.
const STORES: u32 = 5;

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
    /// [`Error::NeedsConsent`] where the refresh token is dead; otherwise what failed on the way.
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
        let clock = self.ledger.clock().clone();
        for _ in 0..LOOKS {
            let (mut row, secret) = self.stored(connection).await?;
            if let Some((token, until)) = &secret.access_token
                && *until > later(clock.now(), EARLY)
                && usable(token)
            {
                self.tokens.put(connection.clone(), token.clone());
                return Ok(token.clone());
            }
            match self
                .ledger
                .lease_secret(connection, NAME, &mut row, owner, LEASE)
                .await
            {
                // The lease was taken under the version just read: what was read is the newest.
                Ok(true) => {
                    if let Some(token) = self.rotate(connection, row, secret).await? {
                        return Ok(token);
                    }
                }
                Ok(false) => clock.sleep(Duration::from_secs(1)).await,
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
        let row = self
            .ledger
            .secret(connection, NAME)
            .await?
            .ok_or_else(|| Error::Missing {
                what: Purpose::OAuth.what(),
                connection: connection.to_string(),
            })?;
        let plain = self
            .sealer
            .open(connection, Purpose::OAuth, &row.sealed)
            .await?;
        let secret = FreshBooksSecret::read(&plain, connection)?;
        Ok((row, secret))
    }

    /// Rotates under the lease. `None` where the token was found spent, but a newer one is stored.
    async fn rotate(
        &self,
        connection: &ConnectionId,
        mut row: SecretRow,
        mut secret: FreshBooksSecret,
    ) -> Result<Option<SecretString>, Error> {
        let app = App {
            client_id: secret.client_id.clone(),
            client_secret: secret.client_secret.clone(),
            redirect_uri: secret.redirect_uri.clone(),
        };
        let now = self.ledger.clock().now();
        let asked = oauth::refresh(
            &self.http,
            &self.freshbooks,
            &app,
            &secret.refresh_token,
            now,
        )
        .await;
        let pair = match asked {
            Ok(pair) => pair,
            Err(refused) => return self.not_rotated(connection, row, refused).await,
        };
        let answered = self.ledger.clock().now();
        let TokenPair {
            access_token,
            refresh_token,
            ..
        } = &pair;
        secret.refresh_token = refresh_token.clone();
        secret.access_token = Some((access_token.clone(), pair.expires_at()));
        self.keep(connection, &mut row, &secret).await?;
        let gap = self
            .ledger
            .clock()
            .now()
            .duration_since(answered)
            .as_millis();
        tracing::info!(connection = %connection, token_write_gap_ms = gap, "FreshBooks token rotated");
        self.tokens.put(connection.clone(), access_token.clone());
        Ok(Some(access_token.clone()))
    }

    /// Stores the new pair and gives the lease back, in one conditional write; several times if it
    /// must be, for whoever loses the newest pair needs a person to consent again.
    async fn keep(
        &self,
        connection: &ConnectionId,
        row: &mut SecretRow,
        secret: &FreshBooksSecret,
    ) -> Result<(), Error> {
        row.lease = None;
        let spent = row.sealed.clone();
        let mut sealed = None;
        let mut last = Error::Token("it was never tried".to_owned());
        for attempt in 0..STORES {
            match self.keep_once(connection, row, secret, &mut sealed).await {
                Ok(()) => return Ok(()),
                Err(error) => last = error,
            }
            if matches!(last, Error::Ledger(ledger::Error::Conflict(_))) {
                self.catch_up(connection, row, &spent).await;
            }
            self.ledger
                .clock()
                .sleep(Duration::from_millis(100 << attempt))
                .await;
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
        row.sealed = written(envelope)?;
        row.key_id.clone_from(&envelope.key_id);
        match self.ledger.put_secret(connection, NAME, row).await {
            // An earlier try was stored and only its answer was lost.
            Err(ledger::Error::Conflict(what)) => match self.ledger.secret(connection, NAME).await?
            {
                Some(stored) if stored.sealed == row.sealed => Ok(()),
                _ => Err(ledger::Error::Conflict(what).into()),
            },
            other => Ok(other?),
        }
    }

    /// Our lease ended and another worker has taken it, but the row still holds the pair that is
    /// spent: ours is the newest, and the next try writes under the row's present version.
    async fn catch_up(&self, connection: &ConnectionId, row: &mut SecretRow, spent: &str) {
        if let Ok(Some(stored)) = self.ledger.secret(connection, NAME).await
            && stored.sealed == spent
        {
            row.version = stored.version;
        }
    }

    async fn not_rotated(
        &self,
        connection: &ConnectionId,
        mut row: SecretRow,
        refused: oauth::Error,
    ) -> Result<Option<SecretString>, Error> {
        let newest = self.ledger.secret(connection, NAME).await?;
        if newest.is_some_and(|newest| newest.version != row.version) {
            return Ok(None);
        }
        row.lease = None;
        // Failing to give the lease back costs a wait until it ends by itself.
        if let Err(error) = self.ledger.put_secret(connection, NAME, &mut row).await {
            tracing::warn!(connection = %connection, error = %error, "the token's lease was not given back");
        }
        if let oauth::Error::InvalidGrant(words) = refused {
            tracing::error!(connection = %connection, "FreshBooks accepts the refresh token no more: connect it again");
            self.ledger
                .set_status(connection, Status::NeedsConsent)
                .await?;
            return Err(Error::NeedsConsent(words));
        }
        Err(Error::Token(refused.to_string()))
    }
}
