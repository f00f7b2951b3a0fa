//! Records of one kind with what FreshBooks keeps about each of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// 0 active, 1 deleted, 2 archived (docs/freshbooks-api.md, deletes and vis_state).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VisState {
    Active,
    Deleted,
    Archived,
}

impl VisState {
    /// The number on the wire.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Active => 0,
            Self::Deleted => 1,
            Self::Archived => 2,
        }
    }
}

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T> {
    pub(crate) id: i64,
    pub(crate) content: T,
    pub(crate) vis_state: VisState,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Never the same twice, even while the clock stands still: a change that `updated` is too coarse
    /// to show must show here.
    pub(crate) version: Timestamp,
}

impl<T> Kept<T> {
    /// Moves `updated` and `version`.
    pub(crate) fn touch(&mut self, now: Timestamp) {
        let next = self
            .version
            .checked_add(SignedDuration::from_micros(1))
            .unwrap_or(now);
        self.updated = now;
        self.version = now.max(next);
    }

    /// Whether it counts: archived records do, deleted ones do not.
    pub(crate) fn is_live(&self) -> bool {
        self.vis_state != VisState::Deleted
    }
}

/// The records of one kind, by id.
#[derive(Debug, Clone)]
pub(crate) struct Shelf<T>(BTreeMap<i64, Kept<T>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Shelf<T> {
    /// Puts a new record on the shelf.
    pub(crate) fn add(&mut self, id: i64, content: T, now: Timestamp) {
        let vis_state = VisState::Active;
        let kept = Kept {
            id,
            content,
            vis_state,
            created: now,
            updated: now,
            version: now,
        };
        self.0.insert(id, kept);
    }

    /// One record, deleted or not.
    pub(crate) fn get(&self, id: i64) -> Option<&Kept<T>> {
        self.0.get(&id)
    }

    /// One record, to change.
    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Kept<T>> {
        self.0.get_mut(&id)
    }

    /// Takes a record off the shelf for good.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Kept<T>> {
        self.0.remove(&id)
    }

    /// Every record, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Kept<T>> {
        self.0.values().rev()
    }

    /// How many there ever were, less those taken off for good.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}
