//! Sealing and opening: AES-256-GCM with the key's identity and the encryption context as
//! associated data.

use std::collections::BTreeMap;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use uuid::Uuid;

use super::error::KmsError;

/// Bytes of one version of key material.
pub(super) const MATERIAL_BYTES: usize = 32;

/// Pairs that have to be given again to open what was sealed with them. Sorted by name, so that the
/// order in which a client writes them does not matter.
pub(super) type EncryptionContext = BTreeMap<String, String>;

/// First byte of every ciphertext.
const FORMAT: u8 = 1;
/// Format, key id, version of the material.
const HEADER_BYTES: usize = 1 + 16 + 4;

/// A ciphertext taken apart: header, nonce, and the sealed rest with its tag.
pub(super) struct Sealed<'a> {
    pub(super) key: Uuid,
    pub(super) version: u32,
    header: &'a [u8],
    nonce: [u8; NONCE_LEN],
    sealed: &'a [u8],
}

impl<'a> Sealed<'a> {
    pub(super) fn parse(blob: &'a [u8]) -> Result<Self, KmsError> {
        let read = || {
            let (header, rest) = blob.split_at_checked(HEADER_BYTES)?;
            let (nonce, sealed) = rest.split_first_chunk()?;
            let (format, identity) = header.split_first()?;
            let (key, version) = identity.split_first_chunk::<16>()?;
            (*format == FORMAT).then_some(Self {
                key: Uuid::from_bytes(*key),
                version: u32::from_be_bytes(version.try_into().ok()?),
                header,
                nonce: *nonce,
                sealed,
            })
        };
        read().ok_or(KmsError::InvalidCiphertext)
    }

    /// The plaintext, where material and context are those it was sealed with and no bit changed.
    pub(super) fn open(
        &self,
        material: &[u8],
        context: &EncryptionContext,
    ) -> Result<Vec<u8>, KmsError> {
        let mut buffer = self.sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let associated = Aad::from(associated_data(self.header, context));
        let plaintext = key(material)?
            .open_in_place(nonce, associated, &mut buffer)
            .map_err(|_| KmsError::InvalidCiphertext)?;
        Ok(plaintext.to_vec())
    }
}

/// Seals `plaintext` under one version of a key's material.
pub(super) fn seal(
    random: &SystemRandom,
    (id, version, material): (Uuid, u32, &[u8]),
    context: &EncryptionContext,
    plaintext: &[u8],
) -> Result<Vec<u8>, KmsError> {
    let mut nonce = [0; NONCE_LEN];
    random.fill(&mut nonce)?;
    let mut blob = vec![FORMAT];
    blob.extend(id.as_bytes());
    blob.extend(version.to_be_bytes());
    let associated = Aad::from(associated_data(&blob, context));
    blob.extend(nonce);
    let mut sealed = plaintext.to_vec();
    key(material)?.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        associated,
        &mut sealed,
    )?;
    blob.extend(sealed);
    Ok(blob)
}

fn key(material: &[u8]) -> Result<LessSafeKey, KmsError> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, material)?))
}

/// Every part is preceded by its length, so that no choice of names and values can be read as
/// another one.
fn associated_data(header: &[u8], context: &EncryptionContext) -> Vec<u8> {
    let mut data = header.to_vec();
    for part in context.iter().flat_map(|(name, value)| [name, value]) {
        data.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        data.extend(part.as_bytes());
    }
    data
}
