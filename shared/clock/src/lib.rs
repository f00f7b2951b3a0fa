//! Time as an argument.
//!
//! Whatever reads the time or waits takes a [`Clock`]. The functions run on [`SystemClock`], tests and
//! the scripted month of the sandbox on [`ManualClock`], where waiting is free.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A wait, boxed so that [`Clock`] can be a trait object.
pub type Sleep<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where the time comes from.
pub trait Clock: Send + Sync + Debug {
    /// The present instant, UTC.
    fn now(&self) -> Timestamp;

    /// Completes when `span` has passed on this clock.
    fn sleep(&self, span: Duration) -> Sleep<'_>;
}

/// A clock shared by everything in one process.
pub type SharedClock = Arc<dyn Clock>;

/// The time of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, span: Duration) -> Sleep<'_> {
        Box::pin(tokio::time::sleep(span))
    }
}

/// Stands still until it is moved; a sleep moves it at once by its whole length.
///
/// With it a test of a 76-hour retry schedule takes no time and never depends on the machine.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        Self(Mutex::new(start))
    }

    /// Moves the clock forward by `span`.
    pub fn advance(&self, span: Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = later(*now, span);
    }

    /// Moves the clock forward to `instant`; an instant in the past leaves it where it is.
    pub fn advance_to(&self, instant: Timestamp) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (*now).max(instant);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, span: Duration) -> Sleep<'_> {
        Box::pin(async move {
            self.advance(span);
            tokio::task::yield_now().await;
        })
    }
}

/// `instant + span`, held at the last representable instant.
#[must_use]
pub fn later(instant: Timestamp, span: Duration) -> Timestamp {
    SignedDuration::try_from(span)
        .ok()
        .and_then(|span| instant.checked_add(span).ok())
        .unwrap_or(Timestamp::MAX)
}

/// How long from `now` until `instant`; zero where it has passed.
#[must_use]
pub fn until(now: Timestamp, instant: Timestamp) -> Duration {
    Duration::try_from(instant.duration_since(now)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sleep_on_the_manual_clock_moves_it_and_takes_no_time() {
        let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
        clock.sleep(Duration::from_hours(30)).await;
        assert_eq!(clock.now().as_second(), 30 * 3600);
    }

    #[test]
    fn the_manual_clock_never_goes_back() {
        let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
        clock.advance(Duration::from_secs(5));
        clock.advance_to(Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now().as_second(), 5);
    }

    #[test]
    fn a_span_too_long_for_the_calendar_ends_at_its_last_instant() {
        assert_eq!(later(Timestamp::UNIX_EPOCH, Duration::MAX), Timestamp::MAX);
    }

    #[test]
    fn until_a_past_instant_is_no_time_at_all() {
        assert_eq!(until(Timestamp::MAX, Timestamp::UNIX_EPOCH), Duration::ZERO);
    }
}
