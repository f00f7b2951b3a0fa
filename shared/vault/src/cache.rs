//! Opened secrets, for a few minutes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clock::{SharedClock, later};
use jiff::Timestamp;

/// How long an opened secret may be used without asking again. A rotation is seen within it.
pub(crate) const FRESH: Duration = Duration::from_secs(60);

/// At most this many entries; a flood of unknown names cannot fill the memory.
const MOST: usize = 1024;

/// Values by key, each for [`FRESH`].
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    clock: SharedClock,
    entries: Mutex<HashMap<K, (Timestamp, V)>>,
}

impl<K: Eq + Hash + Clone, V: Clone> Cache<K, V> {
    pub(crate) fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            entries: Mutex::new(HashMap::new()),
        }
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let (_, value) = self.fresh(self.clock.now()).get(key)?.clone();
        Some(value)
    }

    pub(crate) fn put(&self, key: K, value: V) {
        let now = self.clock.now();
        let mut entries = self.fresh(now);
        if entries.len() >= MOST {
            entries.clear();
        }
        entries.insert(key, (later(now, FRESH), value));
    }

    pub(crate) fn forget(&self, key: &K) {
        self.fresh(self.clock.now()).remove(key);
    }

    /// The entries, after what is too old was dropped, whoever's it is: a secret that nobody asks for
    /// any more does not stay in memory for as long as the function lives.
    fn fresh(&self, now: Timestamp) -> MutexGuard<'_, HashMap<K, (Timestamp, V)>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, (until, _)| *until > now);
        entries
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clock::ManualClock;

    use super::*;

    #[test]
    fn a_value_too_old_to_be_used_is_dropped_with_whatever_is_asked_for_next() {
        let clock = Arc::new(ManualClock::new(Timestamp::UNIX_EPOCH));
        let cache = Cache::new(clock.clone());
        let secret = Arc::new("secret");
        cache.put("one", secret.clone());
        assert_eq!(cache.get(&"one"), Some(secret.clone()));
        clock.advance(FRESH);
        assert_eq!(cache.get(&"other"), None);
        assert_eq!(Arc::strong_count(&secret), 1);
    }

    #[test]
    fn more_names_than_there_is_room_for_start_anew() {
        let cache = Cache::new(Arc::new(ManualClock::new(Timestamp::UNIX_EPOCH)));
        for name in 0..=MOST {
            cache.put(name, ());
        }
        assert_eq!(cache.get(&0), None);
        assert_eq!(cache.get(&MOST), Some(()));
    }
}
