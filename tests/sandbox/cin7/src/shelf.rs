//! Stored records with their recent past, so that reads can lag behind writes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

/// Records by id. Ids do not follow the time of creation, and so neither does the order of lists.
///
/// Reads over HTTP see the state as of a *horizon*, the present less the lag (docs/cin7-api.md,
/// read-after-write lag); a write's own preconditions see the newest state.
#[derive(Debug)]
pub(crate) struct Shelf<T>(BTreeMap<Uuid, Vec<Version<T>>>);

#[derive(Debug)]
struct Version<T> {
    since: Timestamp,
    record: T,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Shelf<T> {
    /// Stores `record` as of `since` and forgets what no read at or after `horizon` can see.
    pub(crate) fn put(&mut self, id: Uuid, record: T, since: Timestamp, horizon: Timestamp) {
        let versions = self.0.entry(id).or_default();
        versions.push(Version { since, record });
        let visible = versions
            .iter()
            .rposition(|version| version.since <= horizon);
        versions.drain(..visible.unwrap_or(0));
    }

    /// The newest state of a record.
    pub(crate) fn newest(&self, id: Uuid) -> Option<&T> {
        self.0.get(&id)?.last().map(|version| &version.record)
    }

    /// The newest state of every record.
    pub(crate) fn all_newest(&self) -> impl Iterator<Item = &T> {
        self.0
            .values()
            .filter_map(|versions| versions.last())
            .map(|version| &version.record)
    }

    /// A record as it was at `horizon`.
    pub(crate) fn seen(&self, id: Uuid, horizon: Timestamp) -> Option<&T> {
        self.0
            .get(&id)
            .and_then(|versions| as_of(versions, horizon))
    }

    /// Every record as it was at `horizon`.
    pub(crate) fn all_seen(&self, horizon: Timestamp) -> impl Iterator<Item = &T> {
        self.0
            .values()
            .filter_map(move |versions| as_of(versions, horizon))
    }
}

fn as_of<T>(versions: &[Version<T>], horizon: Timestamp) -> Option<&T> {
    versions
        .iter()
        .rev()
        .find(|version| version.since <= horizon)
        .map(|version| &version.record)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_read_sees_the_newest_version_at_or_before_its_horizon() {
        let mut shelf = Shelf::default();
        shelf.put(Uuid::nil(), "first", at(10), at(0));
        shelf.put(Uuid::nil(), "second", at(20), at(10));
        assert_eq!(shelf.seen(Uuid::nil(), at(9)), None);
        assert_eq!(shelf.seen(Uuid::nil(), at(19)), Some(&"first"));
        assert_eq!(shelf.seen(Uuid::nil(), at(20)), Some(&"second"));
    }

    #[test]
    fn a_write_forgets_what_no_read_can_see_any_more() {
        let mut shelf = Shelf::default();
        for second in 1..=5 {
            shelf.put(Uuid::nil(), second, at(second), at(second));
        }
        assert_eq!(shelf.0[&Uuid::nil()].len(), 1);
    }
}
