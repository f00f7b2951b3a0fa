//! Consents that a person has begun and not finished. Each serves once and not for long.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::store::read;
use crate::{ConnectionId, Error, Ledger};

/// What the nonce of a begun consent stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentStage {
    /// An address to be opened in the browser of whoever may consent.
    Ticket,
    /// The `state` that FreshBooks hands back with the person's answer.
    State,
}

/// A consent that was begun. It is kept under the digest of a random number that only the person's
/// browser and FreshBooks hand back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What its nonce stands in.
    pub stage: ConsentStage,
    /// Digest of what marks the browser that it is bound to; empty while it is bound to none.
    pub browser: String,
    /// From then on it counts no more; whole seconds are kept. `DynamoDB` drops it some time later.
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    pub expires_at: Timestamp,
}

fn sk(nonce_hash: &str) -> String {
    format!("CONSENT#{nonce_hash}")
}

impl Ledger {
    /// Keeps a begun consent under the digest of its nonce.
    ///
    /// # Errors
    /// [`Error::Conflict`] where this nonce was used before.
    pub async fn put_consent(
        &self,
        connection: &ConnectionId,
        nonce_hash: &str,
        consent: &Consent,
    ) -> Result<(), Error> {
        let new = Some(Condition::absent());
        self.put(&connection.pk(), &sk(nonce_hash), consent, new)
            .await
    }

    /// Takes a begun consent out of the table: whoever asks second gets none, and so does everybody
    /// once it has expired. Where the answer of the table is lost nobody gets it, and the person begins
    /// again.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn take_consent(
        &self,
        connection: &ConnectionId,
        nonce_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Consent>, Error> {
        let (pk, sk) = (connection.pk(), sk(nonce_hash));
        let Some(row) = self.delete(&pk, &sk).await? else {
            return Ok(None);
        };
        let consent: Consent = read(row, &pk, &sk)?;
        // The table drops expired items up to days late.
        Ok(Some(consent).filter(|consent| consent.expires_at > now))
    }
}
