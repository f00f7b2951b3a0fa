//! Storing secrets: what connecting an account does.

use jiff::Timestamp;
use ledger::{ConnectionId, Ledger, SecretRow};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::envelope::{Envelope, Purpose, Sealer};
use crate::{Cin7Keys, Error};

/// Seals secrets and stores them; what makes and changes connections holds one.
#[derive(Debug, Clone)]
pub struct Vault {
    pub(crate) ledger: Ledger,
    pub(crate) sealer: Sealer,
}

/// Everything FreshBooks gave for one connection.
#[derive(Debug, Clone)]
pub struct FreshBooksSecret {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The redirect address registered for the app, where it is known.
    pub redirect_uri: Option<String>,
    /// The newest refresh token: single-use.
    pub refresh_token: SecretString,
    /// The newest access token and when it ends, once there was one.
    pub access_token: Option<(SecretString, Timestamp)>,
}

/// The plaintext of the envelope; lives only while it is written or read.
#[derive(Serialize, Deserialize)]
struct Plain {
    client_id: String,
    client_secret: Zeroizing<String>,
    redirect_uri: Option<String>,
    refresh_token: Zeroizing<String>,
    access_token: Option<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct PlainKeys {
    account_id: Zeroizing<String>,
    application_key: Zeroizing<String>,
}

impl Vault {
    /// A vault that seals new secrets under the KMS key `key_id`; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, kms: aws_sdk_kms::Client, key_id: impl Into<String>) -> Self {
        Self {
            ledger,
            sealer: Sealer {
                kms,
                key_id: Some(key_id.into()),
            },
        }
    }

    /// Stores what connecting FreshBooks gave. The same refresh token a second time changes nothing:
    /// it has been rotated since, and the newer one stays.
    ///
    /// # Errors
    /// The table or KMS did not answer, or another worker wrote the row at the same moment.
    pub async fn put_freshbooks(
        &self,
        connection: &ConnectionId,
        secret: &FreshBooksSecret,
    ) -> Result<(), Error> {
        let plain = secret.plain()?;
        self.put(
            connection,
            "freshbooks",
            Purpose::OAuth,
            &plain,
            seed(&secret.refresh_token),
        )
        .await
    }

    /// Stores Cin7's two API key headers.
    ///
    /// # Errors
    /// The table or KMS did not answer, or another worker wrote the row at the same moment.
    pub async fn put_cin7(&self, connection: &ConnectionId, keys: &Cin7Keys) -> Result<(), Error> {
        let plain = secret_json(&PlainKeys {
            account_id: Zeroizing::new(keys.account_id.expose_secret().to_owned()),
            application_key: Zeroizing::new(keys.application_key.expose_secret().to_owned()),
        })?;
        let seed = seed(&plain);
        self.put(connection, "cin7", Purpose::Cin7Keys, &plain, seed)
            .await
    }

    async fn put(
        &self,
        connection: &ConnectionId,
        name: &str,
        purpose: Purpose,
        plain: &SecretString,
        seed: String,
    ) -> Result<(), Error> {
        let stored = self.ledger.secret(connection, name).await?;
        if stored.as_ref().is_some_and(|row| row.seed == seed) {
            return Ok(());
        }
        let envelope = self.sealer.seal(connection, purpose, plain).await?;
        let mut row = SecretRow {
            sealed: written(&envelope)?,
            key_id: envelope.key_id,
            seed,
            version: stored.map_or(0, |row| row.version),
            lease: None,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        Ok(self.ledger.put_secret(connection, name, &mut row).await?)
    }
}

impl FreshBooksSecret {
    /// As the text that is sealed.
    pub(crate) fn plain(&self) -> Result<SecretString, Error> {
        let exposed = |secret: &SecretString| Zeroizing::new(secret.expose_secret().to_owned());
        secret_json(&Plain {
            client_id: self.client_id.clone(),
            client_secret: exposed(&self.client_secret),
            redirect_uri: self.redirect_uri.clone(),
            refresh_token: exposed(&self.refresh_token),
            access_token: self.access_token.as_ref().map(|(token, _)| exposed(token)),
            expires_at: self.access_token.as_ref().map(|&(_, until)| until),
        })
    }

    pub(crate) fn read(plain: &SecretString, connection: &ConnectionId) -> Result<Self, Error> {
        let plain: Plain = read_json(plain, connection, Purpose::OAuth)?;
        let secret = |text: &Zeroizing<String>| SecretString::from(text.as_str());
        Ok(Self {
            client_secret: secret(&plain.client_secret),
            refresh_token: secret(&plain.refresh_token),
            access_token: plain
                .access_token
                .as_ref()
                .map(secret)
                .zip(plain.expires_at),
            client_id: plain.client_id,
            redirect_uri: plain.redirect_uri,
        })
    }
}

pub(crate) fn read_keys(
    plain: &SecretString,
    connection: &ConnectionId,
) -> Result<Cin7Keys, Error> {
    let keys: PlainKeys = read_json(plain, connection, Purpose::Cin7Keys)?;
    Ok(Cin7Keys {
        account_id: SecretString::from(keys.account_id.as_str()),
        application_key: SecretString::from(keys.application_key.as_str()),
    })
}

fn read_json<T: serde::de::DeserializeOwned>(
    plain: &SecretString,
    connection: &ConnectionId,
    purpose: Purpose,
) -> Result<T, Error> {
    serde_json::from_str(plain.expose_secret()).map_err(|_| Error::Sealed {
        what: purpose.what(),
        connection: connection.to_string(),
        why: "what is inside does not read as it should".to_owned(),
    })
}

fn secret_json<T: Serialize>(value: &T) -> Result<SecretString, Error> {
    let text = serde_json::to_string(value);
    text.map(SecretString::from)
        .map_err(|_| Error::Kms("the secret could not be written".to_owned()))
}

/// Digest of a secret, to recognise it without keeping it. Tokens and verifiers are long and random.
pub(crate) fn seed(secret: &SecretString) -> String {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(Sha256::digest(secret.expose_secret().as_bytes()))
}

pub(crate) fn written(envelope: &Envelope) -> Result<String, Error> {
    serde_json::to_string(envelope)
        .map_err(|_| Error::Kms("the envelope could not be written".to_owned()))
}
