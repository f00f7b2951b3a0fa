//! One rotation, under the lease: read again, write ahead, ask, store.

use freshbooks::oauth::{self, App, TokenPair};
use jiff::Timestamp;
use ledger::{ConnectionId, Refused, SecretRow};
use secrecy::SecretString;

use super::keep::Kept;
use super::{NAME, TokenVault};
use crate::store::store;
use crate::{Error, FreshBooksSecret};

impl TokenVault {
    /// Rotates under the lease just taken. `None` where the row is not what it was when the lease was
    /// asked for, or the token was found spent and a newer one is stored: read again.
    pub(super) async fn rotate(
        &self,
        connection: &ConnectionId,
        mut row: SecretRow,
        mut secret: FreshBooksSecret,
    ) -> Result<Option<SecretString>, Error> {
        // A consent replaces the row under anybody's lease.
        if self.newer_than(connection, &row).await? {
            return Ok(None);
        }
        let interrupted = row.rotating_since;
        if let Some(since) = interrupted {
            tracing::warn!(
                event = "connection_trouble", trouble = "token_rotation_interrupted", connection = %connection, since = %since,
                "a rotation of the FreshBooks token was cut off: its new pair may be lost"
            );
        } else if !self.write_ahead(connection, &mut row).await? {
            return Ok(None);
        }
        let pair = match self.ask(&secret).await {
            Ok(pair) => pair,
            Err(refused) => {
                return self
                    .not_rotated(connection, row, interrupted, refused)
                    .await;
            }
        };
        let answered = self.ledger.clock().now();
        let access_token = pair.access_token.clone();
        secret.access_token = Some((pair.access_token.clone(), pair.expires_at()));
        secret.refresh_token = pair.refresh_token;
        row.renewed_at = Some(answered);
        if self.keep(connection, row, &secret).await? == Kept::Superseded {
            return Ok(None);
        }
        let gap = self.ledger.clock().now().duration_since(answered);
        // A number, so that a metric can be made of it: for so long the newest pair was in no store.
        let gap = i64::try_from(gap.as_millis()).unwrap_or(i64::MAX);
        tracing::info!(
            event = "token_rotated", connection = %connection, token_write_gap_ms = gap,
            "FreshBooks token rotated"
        );
        Ok(Some(access_token))
    }

    /// Says in the row that FreshBooks is about to be asked: whoever comes after a crash from here on
    /// knows that the pair may be spent. `false` where the row was replaced.
    async fn write_ahead(
        &self,
        connection: &ConnectionId,
        row: &mut SecretRow,
    ) -> Result<bool, Error> {
        row.rotating_since = Some(self.ledger.clock().now());
        match store(&self.ledger, connection, NAME, row).await {
            Ok(()) => Ok(true),
            Err(Error::Ledger(ledger::Error::Conflict(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn ask(&self, secret: &FreshBooksSecret) -> Result<TokenPair, oauth::Error> {
        let app = App {
            client_id: secret.client_id.clone(),
            client_secret: secret.client_secret.clone(),
            redirect_uri: secret.redirect_uri.clone(),
        };
        let now = self.ledger.clock().now();
        oauth::refresh(
            &self.http,
            &self.freshbooks,
            &app,
            &secret.refresh_token,
            now,
        )
        .await
    }

    /// FreshBooks gave no pair. `None` where somebody else stored a newer one in the meantime.
    async fn not_rotated(
        &self,
        connection: &ConnectionId,
        mut row: SecretRow,
        interrupted: Option<Timestamp>,
        refused: oauth::Error,
    ) -> Result<Option<SecretString>, Error> {
        if self.newer_than(connection, &row).await? {
            return Ok(None);
        }
        // Where the answer was lost the row goes on saying that the pair may be.
        if !matches!(refused, oauth::Error::Uncertain(_)) {
            row.rotating_since = interrupted;
        }
        let oauth::Error::InvalidGrant(words) = refused else {
            self.give_back(connection, row).await;
            return Err(Error::Token(refused.to_string()));
        };
        let sentence = dead(words, interrupted);
        let stopped = self
            .ledger
            .stop(connection, Refused::Consent(row.version), &sentence)
            .await?;
        if stopped {
            tracing::error!(
                event = "connection_trouble", trouble = "connection_stopped", connection = %connection, status = "needs_consent",
                "FreshBooks accepts the refresh token no more: connect it again"
            );
        } else if self.newer_than(connection, &row).await? {
            return Ok(None);
        }
        self.give_back(connection, row).await;
        Err(Error::NeedsConsent(sentence))
    }

    /// Whether the row is not the one that this worker wrote last.
    async fn newer_than(&self, connection: &ConnectionId, row: &SecretRow) -> Result<bool, Error> {
        let stored = self.ledger.secret(connection, NAME).await?;
        Ok(stored.is_none_or(|stored| stored.version != row.version))
    }

    /// Gives the lease back. Failing to costs others a wait until it ends by itself.
    async fn give_back(&self, connection: &ConnectionId, mut row: SecretRow) {
        row.lease = None;
        if let Err(error) = store(&self.ledger, connection, NAME, &mut row).await {
            tracing::warn!(connection = %connection, error = %error, "the token's lease was not given back");
        }
    }
}

/// Why a connection needs a new consent, and whether it was us who lost the pair.
fn dead(words: String, interrupted: Option<Timestamp>) -> String {
    let Some(since) = interrupted else {
        return words;
    };
    format!(
        "{words} A refresh begun at {since:.0} was cut off before its new tokens were stored: they \
         are probably lost."
    )
}
