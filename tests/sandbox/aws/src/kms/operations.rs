//! Encrypting, decrypting, data keys.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::rand::SecureRandom;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::error::KmsError;
use super::keys::Key;
use super::seal::{EncryptionContext, Sealed, seal};

/// The longest text that `Encrypt` takes, in bytes.
const LONGEST_PLAINTEXT_BYTES: usize = 4_096;

const ALGORITHM: &str = "SYMMETRIC_DEFAULT";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Encrypt {
    key_id: String,
    plaintext: String,
    #[serde(default)]
    encryption_context: EncryptionContext,
}

pub(super) fn encrypt(context: &Context<'_>, request: Encrypt) -> Result<Value, KmsError> {
    let plaintext = bytes("Plaintext", &request.plaintext)?;
    if plaintext.is_empty() || plaintext.len() > LONGEST_PLAINTEXT_BYTES {
        return Err(KmsError::Validation(format!(
            "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: \
             Member must have length between 1 and {LONGEST_PLAINTEXT_BYTES}"
        )));
    }
    let key = Key::find(context, &request.key_id)?.usable()?;
    let blob = seal_under(context, &key, &request.encryption_context, &plaintext)?;
    Ok(json!({
        "CiphertextBlob": BASE64_STANDARD.encode(blob),
        "KeyId": key.arn(),
        "EncryptionAlgorithm": ALGORITHM,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Decrypt {
    key_id: Option<String>,
    ciphertext_blob: String,
    #[serde(default)]
    encryption_context: EncryptionContext,
}

pub(super) fn decrypt(context: &Context<'_>, request: Decrypt) -> Result<Value, KmsError> {
    let (key, plaintext) = open(
        context,
        request.key_id.as_deref(),
        &request.ciphertext_blob,
        &request.encryption_context,
    )?;
    Ok(json!({
        "Plaintext": BASE64_STANDARD.encode(plaintext),
        "KeyId": key.arn(),
        "EncryptionAlgorithm": ALGORITHM,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReEncrypt {
    ciphertext_blob: String,
    source_key_id: Option<String>,
    #[serde(default)]
    source_encryption_context: EncryptionContext,
    destination_key_id: String,
    #[serde(default)]
    destination_encryption_context: EncryptionContext,
}

pub(super) fn re_encrypt(context: &Context<'_>, request: ReEncrypt) -> Result<Value, KmsError> {
    let (source, plaintext) = open(
        context,
        request.source_key_id.as_deref(),
        &request.ciphertext_blob,
        &request.source_encryption_context,
    )?;
    let target = Key::find(context, &request.destination_key_id)?.usable()?;
    let blob = seal_under(
        context,
        &target,
        &request.destination_encryption_context,
        &plaintext,
    )?;
    Ok(json!({
        "CiphertextBlob": BASE64_STANDARD.encode(blob),
        "SourceKeyId": source.arn(),
        "KeyId": target.arn(),
        "SourceEncryptionAlgorithm": ALGORITHM,
        "DestinationEncryptionAlgorithm": ALGORITHM,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GenerateDataKey {
    key_id: String,
    key_spec: Option<String>,
    number_of_bytes: Option<usize>,
    #[serde(default)]
    encryption_context: EncryptionContext,
}

pub(super) fn generate_data_key(
    context: &Context<'_>,
    request: GenerateDataKey,
) -> Result<Value, KmsError> {
    let length = match (request.key_spec.as_deref(), request.number_of_bytes) {
        (Some("AES_256"), None) => 32,
        (Some("AES_128"), None) => 16,
        (None, Some(length @ 1..=1_024)) => length,
        _ => {
            return Err(KmsError::Validation(
                "Please specify either number of bytes or key spec.".to_owned(),
            ));
        }
    };
    let key = Key::find(context, &request.key_id)?.usable()?;
    let mut plaintext = vec![0; length];
    context.random.fill(&mut plaintext)?;
    let blob = seal_under(context, &key, &request.encryption_context, &plaintext)?;
    Ok(json!({
        "CiphertextBlob": BASE64_STANDARD.encode(blob),
        "Plaintext": BASE64_STANDARD.encode(plaintext),
        "KeyId": key.arn(),
    }))
}

fn seal_under(
    context: &Context<'_>,
    key: &Key,
    encryption_context: &EncryptionContext,
    plaintext: &[u8],
) -> Result<Vec<u8>, KmsError> {
    let (version, material) = key.newest_material(context)?;
    seal(
        context.random,
        (key.id, version, &material),
        encryption_context,
        plaintext,
    )
}

/// Opens a ciphertext. Which key sealed it stands in the ciphertext; a key that the caller names has
/// to be that one.
fn open(
    context: &Context<'_>,
    named: Option<&str>,
    blob: &str,
    encryption_context: &EncryptionContext,
) -> Result<(Key, Vec<u8>), KmsError> {
    let named = named.map(|named| Key::find(context, named)).transpose()?;
    let blob = bytes("CiphertextBlob", blob)?;
    let sealed = Sealed::parse(&blob)?;
    if named.is_some_and(|named| named.id != sealed.key) {
        return Err(KmsError::IncorrectKey);
    }
    let key = Key::by_id(context, sealed.key)?
        .ok_or(KmsError::ForeignCiphertext)?
        .usable()?;
    let material = key
        .material(context, sealed.version)?
        .ok_or(KmsError::InvalidCiphertext)?;
    let plaintext = sealed.open(&material, encryption_context)?;
    Ok((key, plaintext))
}

fn bytes(field: &str, base64: &str) -> Result<Vec<u8>, KmsError> {
    BASE64_STANDARD
        .decode(base64)
        .map_err(|error| KmsError::Validation(format!("{field} is not base64: {error}")))
}
