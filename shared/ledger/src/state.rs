//! The states of a record, and which may follow which.

use serde::{Deserialize, Serialize};

/// Where a record stands. There is no silent state: each is either on its way with a due time, or in
/// a list that a person sees.
///
/// What may follow what:
///
/// ```text
/// queued ─────▶ working ─────▶ any other
///
/// retrying ───▶ queued, working
/// waiting ────▶ queued, working
///
/// posted ─────▶ confirmed, attention, working
/// confirmed ──▶ attention, working
/// attention ──▶ confirmed, working
///
/// uncertain, skipped, reversed ───▶ working
/// ```
///
/// A worker decides; it may take up a record in any state. Outside of its hands, what is due goes back
/// to the queue, and what is posted is confirmed or found wrong. What was confirmed is found wrong when a
/// person changed it in Cin7, and confirmed again when they put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A message about it is on the queue.
    Queued,
    /// A worker has it.
    Working,
    /// Everything is written; Cin7's lists have not shown it yet.
    Posted,
    /// Seen in Cin7 with the right figures.
    Confirmed,
    /// Something failed that passes; it is tried again when due.
    Retrying,
    /// Waits for something named: a setting, a parent, an event in FreshBooks.
    Waiting,
    /// A write was sent and its answer lost; it is looked up when due, before anything is written.
    Uncertain,
    /// A person has to look.
    Attention,
    /// A rule says that it does not cross.
    Skipped,
    /// It crossed and was taken back.
    Reversed,
}

impl State {
    /// Every state, in the order in which lists show them.
    pub const ALL: [Self; 10] = [
        Self::Attention,
        Self::Uncertain,
        Self::Waiting,
        Self::Retrying,
        Self::Queued,
        Self::Working,
        Self::Posted,
        Self::Confirmed,
        Self::Skipped,
        Self::Reversed,
    ];

    /// The state's name, as stored and as shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Working => "working",
            Self::Posted => "posted",
            Self::Confirmed => "confirmed",
            Self::Retrying => "retrying",
            Self::Waiting => "waiting",
            Self::Uncertain => "uncertain",
            Self::Attention => "attention",
            Self::Skipped => "skipped",
            Self::Reversed => "reversed",
        }
    }

    /// Whether a record in this state may be written in state `next`, as drawn above. Every state may
    /// stay what it is: a due time is set, or a worker saves in the middle of its work.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        if self == next {
            return true;
        }
        match self {
            Self::Working => true,
            Self::Queued | Self::Uncertain | Self::Skipped | Self::Reversed => {
                next == Self::Working
            }
            Self::Confirmed => matches!(next, Self::Working | Self::Attention),
            Self::Attention => matches!(next, Self::Working | Self::Confirmed),
            Self::Posted => matches!(next, Self::Working | Self::Confirmed | Self::Attention),
            Self::Retrying | Self::Waiting => matches!(next, Self::Queued | Self::Working),
        }
    }

    /// Whether a trail may begin in this state: a record starts on the queue or with a worker.
    #[must_use]
    pub fn may_begin(self) -> bool {
        matches!(self, Self::Queued | Self::Working)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_follow_what_is_what_is_drawn() {
        let mut drawn = String::new();
        for state in State::ALL {
            let next = State::ALL
                .into_iter()
                .filter(|&next| next != state && state.may_become(next))
                .map(State::name);
            let next: Vec<&str> = next.collect();
            drawn.push_str(&format!("{} -> {}\n", state.name(), next.join(" ")));
        }
        insta::assert_snapshot!(drawn, @r"
        attention -> working confirmed
        uncertain -> working
        waiting -> queued working
        retrying -> queued working
        queued -> working
        working -> attention uncertain waiting retrying queued posted confirmed skipped reversed
        posted -> attention working confirmed
        confirmed -> attention working
        skipped -> working
        reversed -> working
        ");
    }

    #[test]
    fn every_state_may_stay_what_it_is_and_is_taken_up_by_a_worker() {
        for state in State::ALL {
            assert!(state.may_become(state), "{state:?}");
            assert!(state.may_become(State::Working), "{state:?}");
        }
    }
}
