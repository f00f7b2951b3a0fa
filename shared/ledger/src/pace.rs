//! The shared limiter of one Cin7 key: at most `limit` calls in any window, across all functions.
//!
//! Cin7 counts a rolling window and says nothing about what is left (docs/cin7-api.md, call limit), so
//! one row per key counts calls in slots of a 24th of the window. A call is granted while the last
//! 26 slots, which cover the window and one slot more at either end, hold fewer than the limit. The
//! spare slots are for calls that leave a moment after they were granted. Under backlog this uses at
//! least 60 in 65 s, 92 % of the limit, and after a quiet minute it grants all 60 at once.

use std::time::Duration;

use clock::{later, until};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::{Error, Ledger};

/// A key's allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Calls allowed in any window.
    pub limit: u32,
    /// Length of the window.
    pub window: Duration,
}

impl Default for Pace {
    /// Cin7's published limit: 60 calls in 60 seconds.
    fn default() -> Self {
        Self {
            limit: 60,
            window: Duration::from_secs(60),
        }
    }
}

/// What came of asking for calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// So many calls may be made, before the instant.
    Granted {
        /// At least 1, at most what was asked for.
        calls: u32,
        /// When the grant lapses: later calls would fall into a slot they were not counted in.
        until: Timestamp,
    },
    /// None for now.
    Wait(Duration),
}

const SLOTS_IN_WINDOW: u32 = 24;
const SLOTS_COUNTED: i64 = 26;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    version: u64,
    /// Slot number and calls granted in it, oldest first.
    slots: Vec<(i64, u32)>,
    cool_until: Option<Timestamp>,
}

impl Pace {
    fn slot_millis(&self) -> i64 {
        let slot = self.window.as_millis() / u128::from(SLOTS_IN_WINDOW);
        i64::try_from(slot).unwrap_or(i64::MAX).max(1)
    }

    /// Counts `wanted` more calls into the row, or says how long to wait.
    fn grant(&self, row: &mut Row, wanted: u32, now: Timestamp) -> Taken {
        if let Some(cool) = row.cool_until
            && cool > now
        {
            return Taken::Wait(until(now, cool));
        }
        let length = self.slot_millis();
        let slot = now.as_millisecond().div_euclid(length);
        row.slots.retain(|&(at, _)| at > slot - SLOTS_COUNTED);
        let used: u32 = row.slots.iter().map(|&(_, calls)| calls).sum();
        let calls = wanted.min(self.limit.saturating_sub(used));
        if calls == 0 {
            let oldest = row.slots.first().map_or(slot, |&(at, _)| at);
            let free = (oldest + SLOTS_COUNTED) * length - now.as_millisecond();
            return Taken::Wait(Duration::from_millis(u64::try_from(free).unwrap_or(1)));
        }
        match row.slots.last_mut() {
            Some((at, counted)) if *at == slot => *counted += calls,
            _ => row.slots.push((slot, calls)),
        }
        Taken::Granted {
            calls,
            until: later(now, Duration::from_millis(length.unsigned_abs())),
        }
    }
}

fn pk(key: &str) -> String {
    format!("PACE#{key}")
}

impl Ledger {
    /// Takes up to `wanted` calls of the allowance of `key`, a digest of the API key.
    ///
    /// # Errors
    /// The table could not be reached.
    pub async fn take_calls(&self, key: &str, pace: Pace, wanted: u32) -> Result<Taken, Error> {
        loop {
            let mut row: Row = self.get(&pk(key), "STATE").await?.unwrap_or_default();
            let taken = pace.grant(&mut row, wanted, self.now());
            if matches!(taken, Taken::Wait(_)) {
                return Ok(taken);
            }
            if self.put_pace(key, row).await? {
                return Ok(taken);
            }
        }
    }

    /// Keeps everybody who uses `key` away for `span`: Cin7 refused a call for its limit.
    ///
    /// # Errors
    /// The table could not be reached.
    pub async fn cool_down(&self, key: &str, span: Duration) -> Result<(), Error> {
        loop {
            let mut row: Row = self.get(&pk(key), "STATE").await?.unwrap_or_default();
            row.cool_until = row.cool_until.max(Some(later(self.now(), span)));
            if self.put_pace(key, row).await? {
                return Ok(());
            }
        }
    }

    /// `false` where another worker wrote the row since it was read.
    async fn put_pace(&self, key: &str, mut row: Row) -> Result<bool, Error> {
        let seen = Condition::version(row.version);
        row.version += 1;
        match self.put(&pk(key), "STATE", &row, Some(seen)).await {
            Ok(()) => Ok(true),
            Err(Error::Conflict(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn a_cool_down_grants_nothing_until_it_ends() {
        let mut row = Row {
            cool_until: Some(at(60_000)),
            ..Row::default()
        };
        let pace = Pace::default();
        assert_eq!(
            pace.grant(&mut row, 1, at(0)),
            Taken::Wait(Duration::from_secs(60))
        );
        assert!(matches!(
            pace.grant(&mut row, 1, at(60_000)),
            Taken::Granted { calls: 1, .. }
        ));
    }

    #[test]
    fn a_backlog_uses_nine_tenths_of_the_limit() {
        let pace = Pace::default();
        let (mut row, mut now, mut calls) = (Row::default(), 0_i64, 0_u32);
        while now < 3_600_000 {
            match pace.grant(&mut row, 3, at(now)) {
                Taken::Granted { calls: granted, .. } => calls += granted,
                Taken::Wait(wait) => now += i64::try_from(wait.as_millis()).unwrap().max(1),
            }
        }
        assert!((3240..=3600).contains(&calls), "{calls} calls in an hour");
    }

    proptest! {
        /// Calls are made at any moment of their grant: no window ever holds more than the limit.
        #[test]
        fn no_window_ever_holds_more_than_the_limit(
            waits in prop::collection::vec((0_i64..4_000, 1_u32..5, 0_i64..2_500), 1..400)
        ) {
            let pace = Pace::default();
            let (mut row, mut now, mut made) = (Row::default(), 0_i64, Vec::new());
            for (pause, wanted, late) in waits {
                now += pause;
                match pace.grant(&mut row, wanted, at(now)) {
                    Taken::Granted { calls, .. } => made.extend((0..calls).map(|_| now + late)),
                    Taken::Wait(wait) => now += i64::try_from(wait.as_millis()).unwrap(),
                }
            }
            made.sort_unstable();
            for (first, &start) in made.iter().enumerate() {
                let inside = made[first..].iter().take_while(|&&at| at < start + 60_000).count();
                prop_assert!(inside <= 60, "{inside} calls in one window");
            }
        }
    }
}
