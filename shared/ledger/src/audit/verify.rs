//! Checking a trail.

use super::Entry;
use super::digest::{anchor, digest};
use crate::{Record, RecordKey, State};

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

/// Checks a whole trail against the record it belongs to.
///
/// # Errors
/// The first entry that is altered, missing, out of order or more than the record knows of, or whose
/// state could not follow the one before ([`State::may_become`]). Entries from before states were kept
/// say nothing of theirs: what stands before and after one is not compared.
pub fn verify(record: &Record, entries: &[Entry]) -> Result<(), Broken> {
    let broken = |seq, why| Broken {
        key: record.key.clone(),
        seq,
        why,
    };
    let mut previous = anchor(&record.key);
    let mut before = None;
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
        if expected == 1 && !entry.state.is_none_or(State::may_begin) {
            return Err(broken(expected, "no record begins in its state"));
        }
        if !follows(before, entry.state) {
            return Err(broken(expected, "it could not follow the state before"));
        }
        previous.clone_from(&entry.digest);
        before = entry.state;
    }
    if entries.len() as u64 != record.audit_length || previous != record.audit_head {
        return Err(broken(
            record.audit_length,
            "the trail does not end where the record says",
        ));
    }
    Ok(())
}

fn follows(before: Option<State>, state: Option<State>) -> bool {
    match (before, state) {
        (Some(before), Some(state)) => before.may_become(state),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
