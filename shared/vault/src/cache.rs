//! Opened secrets, for a few minutes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
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
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, value) = entries.get(key)?;
        (*until > self.clock.now()).then(|| value.clone())
    }

    pub(crate) fn put(&self, key: K, value: V) {
        let now = self.clock.now();
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            entries.retain(|_, (until, _)| *until > now);
        }
        if entries.len() >= MOST {
            entries.clear();
        }
        entries.insert(key, (later(now, FRESH), value));
    }
}
