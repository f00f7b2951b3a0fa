//! Pairs of faults: a first, and a second at a call that comes after it in that very run, so that what
//! only a fault leads to is struck too.

use super::calls::{Call, Fault};
use super::kinds::that_can_befall;
use super::run::{Played, Run};

/// A run with one fault, and what came of it.
#[derive(Debug)]
pub(super) struct Single {
    pub(super) run: Run,
    pub(super) played: Played,
}

impl Single {
    /// The calls after the fault.
    fn later(&self) -> &[Call] {
        let calls = &self.played.calls;
        let struck = calls.iter().rposition(|call| call.struck.is_some());
        struck.map_or(&[], |at| &calls[at + 1..])
    }

    fn with(&self, call: &Call, kind: super::kinds::Kind) -> Run {
        let mut run = self.run.clone();
        run.faults.push(Fault::at(call, kind));
        run
    }
}

/// Every pair there is.
pub(super) fn all(singles: &[Single]) -> Vec<Run> {
    let mut pairs = Vec::new();
    for single in singles {
        for call in single.later() {
            let kinds = that_can_befall(call).into_iter();
            pairs.extend(kinds.map(|kind| single.with(call, kind)));
        }
    }
    pairs
}

/// So many pairs, half of them with the second fault soon after the first.
pub(super) fn sample(singles: &[Single], count: usize, seed: u64) -> Vec<Run> {
    /// What is soon.
    const SOON: usize = 8;
    let mut dice = Dice(seed);
    let singles: Vec<&Single> = singles
        .iter()
        .filter(|single| !single.later().is_empty())
        .collect();
    (0..count)
        .map(|number| {
            let single = singles[dice.below(singles.len())];
            let later = single.later();
            let among = if number % 2 == 0 { SOON } else { usize::MAX };
            let call = &later[dice.below(later.len().min(among))];
            let kinds = that_can_befall(call);
            single.with(call, kinds[dice.below(kinds.len())])
        })
        .collect()
}

/// SplitMix64: the same seed throws the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}
