//! The audit trail: append-only, each entry carrying the digest of the one before.
//!
//! A trail starts from an anchor made of the record's own key, so that it cannot be moved to another
//! record, and ends at the head kept in the record, so that its last entries cannot be dropped.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Item, item};
use crate::{Error, Ledger, Record, RecordKey};

/// Longest text kept for one detail, in bytes; what is longer is cut and says so.
const LONGEST_DETAIL: usize = 8 * 1024;

/// One thing that happened to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What happened, one word: `received`, `fetched`, `intent`, `outcome` …
    pub what: String,
    /// Who did it: a function's invocation, or a person.
    pub by: String,
    /// What there is to know about it; never a secret.
    pub detail: BTreeMap<String, String>,
    /// Digest of the entry before, or the anchor.
    pub previous: String,
    /// SHA-256 over everything above, in hex.
    pub digest: String,
}

/// What an entry is made of before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    what: &'static str,
    detail: BTreeMap<String, String>,
}

impl Draft {
    /// `what` happened.
    #[must_use]
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            detail: BTreeMap::new(),
        }
    }

    /// Adds a detail; a long one is cut.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let mut value = value.into();
        if value.len() > LONGEST_DETAIL {
            let end = value.floor_char_boundary(LONGEST_DETAIL);
            value.truncate(end);
            value.push_str("… (cut)");
        }
        self.detail.insert(name.to_owned(), value);
        self
    }
}

/// A trail that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit trail of {key} does not hold at entry {seq}: {why}")]
pub struct Broken {
    /// Which record.
    pub key: RecordKey,
    /// At which entry.
    pub seq: u64,
    /// What is wrong.
    pub why: &'static str,
}

/// What the first entry of a record's trail names as its predecessor.
#[must_use]
pub fn anchor(key: &RecordKey) -> String {
    hex(&Sha256::digest(key.pk().as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Each field preceded by its length, so that no two different entries read alike.
fn digest(entry: &Entry) -> String {
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
    add(&entry.previous);
    hex(&sha.finalize())
}

/// Appends `drafts` to the chain that ends in `record`, moving its head.
pub(crate) fn chain(
    record: &mut Record,
    drafts: Vec<Draft>,
    by: &str,
    at: Timestamp,
) -> Vec<Entry> {
    let link = |draft: Draft| {
        let mut entry = Entry {
            seq: record.audit_length + 1,
            at,
            what: draft.what.to_owned(),
            by: by.to_owned(),
            detail: draft.detail,
            previous: record.audit_head.clone(),
            digest: String::new(),
        };
        entry.digest = digest(&entry);
        record.audit_length = entry.seq;
        record.audit_head.clone_from(&entry.digest);
        entry
    };
    drafts.into_iter().map(link).collect()
}

pub(crate) fn entry_item(key: &RecordKey, entry: &Entry) -> Result<Item, Error> {
    item(&key.pk(), &format!("AUDIT#{:08}", entry.seq), entry)
}

/// Checks a whole trail against the record it belongs to.
///
/// # Errors
/// The first entry that is altered, missing, out of order or more than the record knows of.
pub fn verify(record: &Record, entries: &[Entry]) -> Result<(), Broken> {
    let broken = |seq, why| Broken {
        key: record.key.clone(),
        seq,
        why,
    };
    let mut previous = anchor(&record.key);
    for (expected, entry) in (1..).zip(entries) {
        if entry.seq != expected {
            return Err(broken(expected, "it is missing or out of order"));
        }
        if entry.previous != previous {
            return Err(broken(expected, "it does not follow the entry before"));
        }
        if digest(entry) != entry.digest {
            return Err(broken(expected, "it was altered"));
        }
        previous.clone_from(&entry.digest);
    }
    if entries.len() as u64 != record.audit_length || previous != record.audit_head {
        return Err(broken(
            record.audit_length,
            "the trail does not end where the record says",
        ));
    }
    Ok(())
}

impl Ledger {
    /// The whole trail of a record, oldest entry first.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn trail(&self, key: &RecordKey) -> Result<Vec<Entry>, Error> {
        self.query(&key.pk(), "AUDIT#").await
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trail(length: usize) -> (Record, Vec<Entry>) {
        let key = RecordKey::parse("acme", "invoice", "7").unwrap();
        let mut record = Record::new(key, Timestamp::UNIX_EPOCH);
        let drafts = (0..length)
            .map(|at| {
                Draft::new("intent")
                    .with("step", format!("step {at}"))
                    .with("mark", "m")
            })
            .collect();
        let entries = chain(&mut record, drafts, "tests", Timestamp::UNIX_EPOCH);
        (record, entries)
    }

    #[test]
    fn an_untouched_trail_verifies() {
        let (record, entries) = trail(5);
        assert_eq!(verify(&record, &entries), Ok(()));
    }

    #[test]
    fn a_trail_of_another_record_does_not_verify() {
        let (mut record, entries) = trail(2);
        record.key = RecordKey::parse("acme", "invoice", "8").unwrap();
        assert!(verify(&record, &entries).is_err());
    }

    proptest! {
        #[test]
        fn any_flipped_byte_dropped_or_swapped_entry_is_found(
            at in 0_usize..6, field in 0_usize..5, bit in 0_u8..7, how in 0_usize..3
        ) {
            let (record, mut entries) = trail(6);
            match how {
                0 => { entries.remove(at); }
                1 => { let other = (at + 1) % 6; entries.swap(at, other); }
                _ => flip(&mut entries[at], field, bit),
            }
            prop_assert!(verify(&record, &entries).is_err());
        }
    }

    fn flip(entry: &mut Entry, field: usize, bit: u8) {
        let flipped = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[0] ^= 1 << bit;
            String::from_utf8_lossy(&bytes).into_owned()
        };
        match field {
            0 => entry.what = flipped(&entry.what),
            1 => entry.by = flipped(&entry.by),
            2 => entry.previous = flipped(&entry.previous),
            3 => entry.digest = flipped(&entry.digest),
            _ => {
                let value = flipped(&entry.detail["step"]);
                entry.detail.insert("step".to_owned(), value);
            }
        }
    }

    #[test]
    fn a_long_detail_is_cut_and_says_so() {
        let draft = Draft::new("outcome").with("response", "x".repeat(20_000));
        assert!(draft.detail["response"].ends_with("… (cut)"));
        assert!(draft.detail["response"].len() < 9_000);
    }
}
