//! The audit trail: append-only, each entry carrying the digest of the one before.
//!
//! A trail starts from an anchor made of the record's own key, so that it cannot be moved to another
//! record, and ends at the head kept in the record, so that its last entries cannot be dropped.
//! [`verify`] checks all of that, and that no entry left the drawn course of states.

mod digest;
mod verify;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

pub use self::digest::anchor;
use self::digest::digest;
pub use self::verify::{Broken, verify};
use crate::store::{Item, item};
use crate::{Error, Ledger, Record, RecordKey, State};

/// Longest text kept for one detail, in bytes; what is longer is cut and says so.
const LONGEST_DETAIL: usize = 8 * 1024;

/// One thing that happened to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts from 1.
    pub seq: u64,
    /// When.
    #[serde(deserialize_with = "as_written")]
    pub at: Timestamp,
    /// What happened, one word: `received`, `fetched`, `intent`, `outcome` …
    pub what: String,
    /// Who did it: a function's invocation, or a person.
    pub by: String,
    /// What there is to know about it; never a secret.
    pub detail: BTreeMap<String, String>,
    /// The state that the record was written in with it; `None` in entries from before states were
    /// kept, whose digest is over the other fields alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
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

/// Only the spelling that the ledger writes, so that not one byte of an entry can change unseen.
fn as_written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    let at: Timestamp = text.parse().map_err(D::Error::custom)?;
    if at.to_string() == text {
        return Ok(at);
    }
    Err(D::Error::custom("the time is not as the ledger writes it"))
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
            state: Some(record.state),
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
    use super::*;

    #[test]
    fn a_long_detail_is_cut_and_says_so() {
        let draft = Draft::new("outcome").with("response", "x".repeat(20_000));
        assert!(draft.detail["response"].ends_with("… (cut)"));
        assert!(draft.detail["response"].len() < 9_000);
    }
}
