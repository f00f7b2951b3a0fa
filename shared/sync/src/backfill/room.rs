//! How many documents may be queued at once.

use ledger::{Backfill, Pace, State};

/// At most so many, however cheap they are: each still takes calls of FreshBooks and of the ledger.
const MOST: u64 = 40;
/// Calls of a document whose like was not seen yet: an invoice of a client who is new to Cin7.
const DEAREST: u64 = 5;
/// How many of the last costs count.
pub(super) const COSTS: usize = 50;

/// Documents that nine tenths of a minute's calls are enough for.
pub(super) fn at_once(backfill: &Backfill, pace: Pace) -> usize {
    let tenths = match backfill.costs.as_slice() {
        [] => DEAREST * 10,
        costs => {
            let sum: u64 = costs.iter().copied().map(u64::from).sum();
            let many = u64::try_from(costs.len()).unwrap_or(u64::MAX);
            (sum * 10).div_ceil(many).max(10)
        }
    };
    let window = pace.window.as_secs().max(1);
    let a_minute = u64::from(pace.limit) * 60 / window;
    let documents = (a_minute * 9 / tenths).clamp(1, MOST);
    usize::try_from(documents).unwrap_or(1)
}

/// Whether a message about it is on the queue, or a worker has it.
pub(super) fn in_the_queue(state: State) -> bool {
    matches!(state, State::Queued | State::Working)
}

/// Whether it is looked at again by itself, later.
pub(super) fn is_tried_again(state: State) -> bool {
    matches!(state, State::Retrying | State::Uncertain)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::progress::tests::backfill;
    use super::*;

    #[test]
    fn nine_tenths_of_a_minutes_calls_are_shared_out() {
        let pace = Pace::default();
        let with = |costs: &[u32]| {
            let mut one = backfill();
            one.costs = costs.to_vec();
            at_once(&one, pace)
        };
        assert_eq!(with(&[]), 10, "five calls each");
        assert_eq!(with(&[3, 3, 3]), 18);
        assert_eq!(with(&[3, 5]), 13);
        assert_eq!(with(&[1]), 40);
        assert_eq!(with(&[0]), 40);
        assert_eq!(with(&[600]), 1, "one goes on whatever it costs");
    }

    #[test]
    fn a_smaller_allowance_brings_fewer() {
        let pace = Pace {
            limit: 10,
            window: Duration::from_secs(120),
        };
        let mut one = backfill();
        one.costs = vec![3];
        assert_eq!(at_once(&one, pace), 1);
    }
}
