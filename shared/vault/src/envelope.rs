//! Envelope encryption: AES-256-GCM under a data key that KMS made and wrapped.
//!
//! The encryption context `{connection, provider, purpose}` binds the wrapped key in KMS and, as
//! associated data, the ciphertext itself: moved to another connection or purpose, it does not open.

use std::collections::HashMap;

use aes_gcm::aead::{Aead, KeyInit, Nonce, Payload};
use aes_gcm::{Aes256Gcm, Key};
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ledger::ConnectionId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::Error;

/// What a secret is for; with the connection, its encryption context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// HMAC key of a FreshBooks callback.
    Verifier,
    /// FreshBooks app, refresh token and access token.
    OAuth,
    /// Cin7's two API key headers.
    Cin7Keys,
}

impl Purpose {
    /// The name in the encryption context, which the roles' policies name too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Verifier => "verifier",
            Self::OAuth => "oauth",
            Self::Cin7Keys => "cin7_keys",
        }
    }

    fn provider(self) -> &'static str {
        match self {
            Self::Verifier | Self::OAuth => "freshbooks",
            Self::Cin7Keys => "cin7",
        }
    }

    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Verifier => "webhook verifier",
            Self::OAuth => "FreshBooks credentials",
            Self::Cin7Keys => "Cin7 keys",
        }
    }
}

/// A sealed secret, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Layout of this envelope.
    v: u8,
    /// The KMS key that wraps the data key.
    pub key_id: String,
    /// The data key, wrapped by KMS.
    wrapped: String,
    /// The nonce; constant, because every envelope has a data key of its own.
    nonce: String,
    /// The ciphertext and its tag.
    body: String,
}

/// Encrypts and decrypts through KMS.
#[derive(Debug, Clone)]
pub(crate) struct Sealer {
    pub(crate) kms: aws_sdk_kms::Client,
    /// The key that new envelopes are wrapped under; a role that only opens has none.
    pub(crate) key_id: Option<String>,
}

impl Sealer {
    /// Seals `plain` for one connection and purpose.
    pub(crate) async fn seal(
        &self,
        connection: &ConnectionId,
        purpose: Purpose,
        plain: &SecretString,
    ) -> Result<Envelope, Error> {
        let key_id = self
            .key_id
            .as_deref()
            .ok_or_else(|| Error::Kms("no key is named to seal with".to_owned()))?;
        let made = self
            .kms
            .generate_data_key()
            .key_id(key_id)
            .key_spec(DataKeySpec::Aes256)
            .set_encryption_context(Some(context(connection, purpose)))
            .send()
            .await
            .map_err(|error| Error::Kms(describe(&error)))?;
        let (Some(key), Some(wrapped)) = (made.plaintext, made.ciphertext_blob) else {
            return Err(Error::Kms("the answer held no data key".to_owned()));
        };
        let key = Zeroizing::new(key.into_inner());
        // A data key seals exactly one envelope, so a constant nonce never repeats under a key.
        let nonce = Nonce::<Aes256Gcm>::default();
        let payload = Payload {
            msg: plain.expose_secret().as_bytes(),
            aad: &associated(connection, purpose),
        };
        let body = cipher(&key)?
            .encrypt(&nonce, payload)
            .map_err(|_| Error::Kms("the secret could not be encrypted".to_owned()))?;
        Ok(Envelope {
            v: 1,
            key_id: made.key_id.unwrap_or_else(|| key_id.to_owned()),
            wrapped: BASE64_STANDARD.encode(wrapped.into_inner()),
            nonce: BASE64_STANDARD.encode(nonce),
            body: BASE64_STANDARD.encode(body),
        })
    }

    /// Opens an envelope of one connection and purpose.
    pub(crate) async fn open(
        &self,
        connection: &ConnectionId,
        purpose: Purpose,
        sealed: &str,
    ) -> Result<SecretString, Error> {
        let closed = |why: String| Error::Sealed {
            what: purpose.what(),
            connection: connection.to_string(),
            why,
        };
        let envelope: Envelope =
            serde_json::from_str(sealed).map_err(|_| closed("it is not an envelope".to_owned()))?;
        let decode = |text: &str| {
            BASE64_STANDARD
                .decode(text)
                .map_err(|_| closed("it is not an envelope".to_owned()))
        };
        let opened = self
            .kms
            .decrypt()
            .key_id(&envelope.key_id)
            .ciphertext_blob(Blob::new(decode(&envelope.wrapped)?))
            .set_encryption_context(Some(context(connection, purpose)))
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(refused) if refused.is_invalid_ciphertext_exception() => {
                    closed("it was altered or belongs to another connection".to_owned())
                }
                _ => Error::Kms(describe(&error)),
            })?;
        let key = opened
            .plaintext
            .ok_or_else(|| Error::Kms("the answer held no data key".to_owned()))?;
        let key = Zeroizing::new(key.into_inner());
        let nonce = Nonce::<Aes256Gcm>::try_from(decode(&envelope.nonce)?.as_slice())
            .map_err(|_| closed("it is not an envelope".to_owned()))?;
        let body = decode(&envelope.body)?;
        let payload = Payload {
            msg: &body,
            aad: &associated(connection, purpose),
        };
        let plain = cipher(&key)?
            .decrypt(&nonce, payload)
            .map_err(|_| closed("it was altered".to_owned()))?;
        String::from_utf8(plain)
            .map(SecretString::from)
            .map_err(|error| {
                error.into_bytes().zeroize();
                closed("it is not text".to_owned())
            })
    }
}

fn cipher(key: &[u8]) -> Result<Aes256Gcm, Error> {
    let key = Key::<Aes256Gcm>::try_from(key)
        .map_err(|_| Error::Kms("the data key has a wrong length".to_owned()))?;
    Ok(Aes256Gcm::new(&key))
}

fn context(connection: &ConnectionId, purpose: Purpose) -> HashMap<String, String> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    HashMap::from([
        pair("connection", connection.as_str()),
        pair("provider", purpose.provider()),
        pair("purpose", purpose.name()),
    ])
}

/// The context as bytes; names hold no separator, so no two contexts read alike.
fn associated(connection: &ConnectionId, purpose: Purpose) -> Vec<u8> {
    format!(
        "v1\n{connection}\n{}\n{}",
        purpose.provider(),
        purpose.name()
    )
    .into_bytes()
}

fn describe<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
    {
        Some(code) => code.to_owned(),
        None => "it did not answer".to_owned(),
    }
}
