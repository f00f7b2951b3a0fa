//! What an entry is sealed with.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Entry;
use crate::RecordKey;

/// What the first entry of a record's trail names as its predecessor.
#[must_use]
pub fn anchor(key: &RecordKey) -> String {
    hex(&Sha256::digest(key.pk().as_bytes()))
}

/// SHA-256 over every field but the digest itself, each preceded by its length, so that no two
/// different entries read alike.
///
/// An entry without a state has an odd number of fields, one with a state an even number: neither can
/// be passed off as the other.
pub(super) fn digest(entry: &Entry) -> String {
    let mut sha = Sha256::new();
    let mut add = |field: &str| {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field.as_bytes());
    };
    add(&entry.seq.to_string());
    add(&entry.at.to_string());
    add(&entry.what);
    add(&entry.by);
    for (name, value) in &entry.detail {
        add(name);
        add(value);
    }
    if let Some(state) = entry.state {
        add(state.name());
    }
    add(&entry.previous);
    hex(&sha.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
