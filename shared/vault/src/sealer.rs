//! Envelope encryption: AES-256-GCM under a data key that KMS made and wrapped.
//!
//! The encryption context `{connection, provider, purpose}` binds the wrapped key in KMS and, as
//! associated data, the ciphertext itself: moved to another connection or purpose, it does not open.

use aes_gcm::aead::{Aead, KeyInit, Nonce, Payload};
use aes_gcm::{Aes256Gcm, Key};
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use ledger::ConnectionId;
use secrecy::{ExposeSecret, SecretString};
use zeroize::{Zeroize, Zeroizing};

use crate::Error;
use crate::envelope::{Envelope, Purpose, associated, base64, bytes, context};

/// What KMS says of a wrapped key that is not what it was, or not where it was.
const MOVED: &str = "it was altered or belongs to another connection";

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
        let key_id = self.key_id()?;
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
            wrapped: base64(wrapped.into_inner()),
            nonce: base64(nonce),
            body: base64(body),
        })
    }

    /// Opens an envelope of one connection and purpose.
    pub(crate) async fn open(
        &self,
        connection: &ConnectionId,
        purpose: Purpose,
        sealed: &str,
    ) -> Result<SecretString, Error> {
        let closed = |why: &str| purpose.closed(connection, why);
        let envelope = Envelope::read(connection, purpose, sealed)?;
        let opened = self
            .kms
            .decrypt()
            .key_id(&envelope.key_id)
            .ciphertext_blob(Blob::new(bytes(connection, purpose, &envelope.wrapped)?))
            .set_encryption_context(Some(context(connection, purpose)))
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(refused) if refused.is_invalid_ciphertext_exception() => closed(MOVED),
                _ => Error::Kms(describe(&error)),
            })?;
        let key = opened
            .plaintext
            .ok_or_else(|| Error::Kms("the answer held no data key".to_owned()))?;
        let key = Zeroizing::new(key.into_inner());
        let nonce = bytes(connection, purpose, &envelope.nonce)?;
        let nonce = Nonce::<Aes256Gcm>::try_from(nonce.as_slice())
            .map_err(|_| closed("it is not an envelope"))?;
        let body = bytes(connection, purpose, &envelope.body)?;
        let payload = Payload {
            msg: &body,
            aad: &associated(connection, purpose),
        };
        let plain = cipher(&key)?
            .decrypt(&nonce, payload)
            .map_err(|_| closed("it was altered"))?;
        String::from_utf8(plain)
            .map(SecretString::from)
            .map_err(|error| {
                error.into_bytes().zeroize();
                closed("it is not text")
            })
    }

    /// The same envelope with its data key wrapped under the KMS key `target`. Neither the secret nor
    /// its data key leaves KMS in the clear.
    pub(crate) async fn rewrap(
        &self,
        connection: &ConnectionId,
        purpose: Purpose,
        sealed: &str,
        target: &str,
    ) -> Result<Envelope, Error> {
        let mut envelope = Envelope::read(connection, purpose, sealed)?;
        let wrapped = Blob::new(bytes(connection, purpose, &envelope.wrapped)?);
        let moved = self
            .kms
            .re_encrypt()
            .ciphertext_blob(wrapped)
            .source_key_id(&envelope.key_id)
            .set_source_encryption_context(Some(context(connection, purpose)))
            .destination_key_id(target)
            .set_destination_encryption_context(Some(context(connection, purpose)))
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(refused) if refused.is_invalid_ciphertext_exception() => {
                    purpose.closed(connection, MOVED)
                }
                _ => Error::Kms(describe(&error)),
            })?;
        let (Some(key_id), Some(wrapped)) = (moved.key_id, moved.ciphertext_blob) else {
            return Err(Error::Kms("the answer held no data key".to_owned()));
        };
        envelope.key_id = key_id;
        envelope.wrapped = base64(wrapped.into_inner());
        Ok(envelope)
    }

    /// The ARN of the key that `key_id` (an id, ARN or alias) names at present, as envelopes hold it.
    pub(crate) async fn arn(&self, key_id: &str) -> Result<String, Error> {
        let described = self.kms.describe_key().key_id(key_id).send().await;
        described
            .map_err(|error| Error::Kms(describe(&error)))?
            .key_metadata
            .and_then(|key| key.arn)
            .ok_or_else(|| Error::Kms("the answer named no key".to_owned()))
    }

    pub(crate) fn key_id(&self) -> Result<&str, Error> {
        self.key_id
            .as_deref()
            .ok_or_else(|| Error::Kms("no key is named to seal with".to_owned()))
    }
}

fn cipher(key: &[u8]) -> Result<Aes256Gcm, Error> {
    let key = Key::<Aes256Gcm>::try_from(key)
        .map_err(|_| Error::Kms("the data key has a wrong length".to_owned()))?;
    Ok(Aes256Gcm::new(&key))
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
