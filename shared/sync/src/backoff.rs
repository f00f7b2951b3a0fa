//! When to try again.

use std::str::FromStr;
use std::time::Duration;

use sha2::{Digest, Sha256};

/// Waits between tries, in order. After the last a person has to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule(Vec<Duration>);

/// A text that is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a schedule: waits like 10s, 5m, 3h, separated by commas")]
pub struct NotASchedule(String);

impl Default for Schedule {
    /// 11 tries over about 76 hours.
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        let hours = |hours: u64| Duration::from_secs(3600 * hours);
        let first = [Duration::from_secs(10), minutes(1), minutes(5), minutes(15)];
        let rest = [1, 3, 6, 12, 24, 30].map(hours);
        Self(first.into_iter().chain(rest).collect())
    }
}

impl FromStr for Schedule {
    type Err = NotASchedule;

    fn from_str(text: &str) -> Result<Self, NotASchedule> {
        let waits: Option<Vec<Duration>> = text.split(',').map(read_wait).collect();
        waits.map(Self).ok_or_else(|| NotASchedule(text.to_owned()))
    }
}

/// Reads one wait: `1500ms`, `10s`, `5m`, `3h`, `1d`. A wait of nothing is none.
///
/// # Errors
/// The text is no wait.
pub fn wait(text: &str) -> Result<Duration, NotASchedule> {
    read_wait(text).ok_or_else(|| NotASchedule(text.to_owned()))
}

fn read_wait(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok().filter(|&number| number > 0)?;
    let seconds = match unit {
        "ms" => return Some(Duration::from_millis(number)),
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::from_secs)
}

/// The allowance of a Cin7 key from its two settings: calls, and a window such as `60s`.
///
/// # Errors
/// The window is not a wait.
pub fn pace(limit: u32, window: &str) -> Result<ledger::Pace, NotASchedule> {
    let window = wait(window)?;
    Ok(ledger::Pace {
        limit: limit.max(1),
        window,
    })
}

impl Schedule {
    /// The wait after the `failed`-th failure (counted from 1), a fifth longer or shorter; `None`
    /// when the schedule is used up. The jitter follows from `seed`, so that the same record waits
    /// equally long in a replay while two records do not return together.
    #[must_use]
    pub fn wait_after(&self, failed: u32, seed: &str) -> Option<Duration> {
        let at = usize::try_from(failed.max(1) - 1).ok()?;
        let wait = self.0.get(at)?;
        let digest = Sha256::digest(format!("{seed}/{failed}").as_bytes());
        let fifths = u32::from(u16::from_be_bytes([digest[0], digest[1]])) * 400 / 65_535;
        Some(*wait * (800 + fifths) / 1000)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_schedule_of_a_local_run_reads_as_written() {
        let schedule: Schedule = "1s, 2s,4s".parse().unwrap();
        assert_eq!(
            schedule,
            Schedule([1, 2, 4].map(Duration::from_secs).to_vec())
        );
    }

    #[test]
    fn what_is_no_schedule_is_refused_with_a_sentence() {
        for text in ["", "10", "s", "1s,,2s", "1w", "-1s", "0s"] {
            assert!(text.parse::<Schedule>().is_err(), "{text:?}");
        }
        insta::assert_snapshot!("1w".parse::<Schedule>().unwrap_err(), @r#""1w" is not a schedule: waits like 10s, 5m, 3h, separated by commas"#);
    }

    #[test]
    fn the_default_schedule_tries_for_three_days_and_then_stops() {
        let schedule = Schedule::default();
        let total: Duration = (1..=10)
            .filter_map(|failed| schedule.wait_after(failed, "x"))
            .sum();
        assert!((60..92).contains(&(total.as_secs() / 3600)), "{total:?}");
        assert_eq!(schedule.wait_after(11, "x"), None);
    }

    proptest! {
        #[test]
        fn jitter_stays_within_a_fifth(failed in 1_u32..=10, seed in "[a-z0-9/]{1,40}") {
            let schedule = Schedule::default();
            let plain = schedule.0[failed as usize - 1];
            let wait = schedule.wait_after(failed, &seed).unwrap();
            prop_assert!(wait >= plain * 8 / 10 && wait <= plain * 12 / 10);
            prop_assert_eq!(schedule.wait_after(failed, &seed), Some(wait));
        }
    }
}
