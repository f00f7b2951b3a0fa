//! How far a backfill is, and when it will have ended.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Backfill, BackfillState, Kind, Pace, State};
use serde::Serialize;

use super::room::{in_the_queue, is_tried_again};

/// A rate is believed when it was measured for so long.
const MEASURED: Duration = Duration::from_secs(3 * 60);

/// A backfill as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Whether it goes on.
    pub state: BackfillState,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// Who began it.
    pub by: String,
    /// When.
    pub started_at: Timestamp,
    /// When it ended or was stopped.
    pub ended_at: Option<Timestamp>,
    /// Whether everything is listed, so that `found` is final.
    pub listed: bool,
    /// Documents found so far.
    pub found: u64,
    /// Those that it put on the queue.
    pub queued: u64,
    /// Those that came to an end: posted, confirmed, skipped or taken back, before it or through it.
    pub done: u64,
    /// Those that wait for something.
    pub waiting: u64,
    /// Those that need a person.
    pub attention: u64,
    /// Those that are still to come or on their way.
    pub left: u64,
    /// When it will have ended, at the rate of the last quarter of an hour and the pace of the key; none
    /// where that cannot be known.
    pub ends_at: Option<Timestamp>,
    /// What keeps it from going on, or why its end is not known; empty where there is nothing to say.
    pub sentence: String,
}

/// How far a backfill is. `stopped` is why its connection does not work; empty where it does.
#[must_use]
pub fn progress(backfill: &Backfill, stopped: &str, pace: Pace, now: Timestamp) -> Progress {
    let count = |wanted: fn(State) -> bool| {
        let fits = backfill.followed.iter().filter(|one| wanted(one.state));
        many(fits.count())
    };
    let on_the_way = count(|state| in_the_queue(state) || is_tried_again(state));
    let left = many(backfill.backlog.len()) + on_the_way;
    let end = match backfill.state {
        BackfillState::Running => estimate(backfill, left, stopped, pace, now),
        BackfillState::Paused => Err("It is paused; resume it to go on.".to_owned()),
        BackfillState::Stopped | BackfillState::Ended => Err(String::new()),
    };
    let (ends_at, sentence) = match end {
        Ok(at) => (Some(at), backfill.trouble.clone()),
        Err(sentence) => (None, sentence),
    };
    Progress {
        state: backfill.state,
        from: backfill.from,
        to: backfill.to,
        kinds: backfill.kinds.clone(),
        by: backfill.by.clone(),
        started_at: backfill.started_at,
        ended_at: backfill.ended_at,
        listed: backfill.unlisted.is_none(),
        found: backfill.found,
        queued: backfill.queued,
        done: backfill.done,
        waiting: count(|state| state == State::Waiting),
        attention: count(|state| state == State::Attention),
        left,
        ends_at,
        sentence,
    }
}

/// When it will have ended, or the sentence that says why that is not known.
fn estimate(
    backfill: &Backfill,
    left: u64,
    stopped: &str,
    pace: Pace,
    now: Timestamp,
) -> Result<Timestamp, String> {
    let not = |sentence: &str| Err(sentence.to_owned());
    if !stopped.is_empty() {
        return Err(format!("It waits, because its connection does. {stopped}"));
    }
    if backfill.unlisted.is_some() {
        return match backfill.trouble.as_str() {
            "" => not("Its documents are still being listed, so its end is not known yet."),
            trouble => not(trouble),
        };
    }
    let (Some(first), Some(last)) = (backfill.samples.first(), backfill.samples.last()) else {
        return not("It has just begun, so its end is not known yet.");
    };
    let span = clock::until(first.at, last.at);
    let settled = last.settled.saturating_sub(first.settled);
    if span < MEASURED {
        return not("It has just begun, so its end is not known yet.");
    }
    if settled == 0 {
        return match backfill.trouble.as_str() {
            "" => not("Nothing of it came to an end lately, so its end is not known."),
            trouble => not(trouble),
        };
    }
    let measured = span.as_secs().saturating_mul(left) / settled;
    // What is left takes as many calls as what was, and the key has no more than its pace.
    let costs = u64::from(backfill.costs.iter().copied().sum::<u32>());
    let calls = costs.saturating_mul(left) / many(backfill.costs.len()).max(1);
    let paced = calls.saturating_mul(pace.window.as_secs()) / u64::from(pace.limit.max(1));
    Ok(later(now, Duration::from_secs(measured.max(paced))))
}

fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use ledger::{Document, Followed, Sample, Unlisted};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// A backfill that has just begun.
    pub(in super::super) fn backfill() -> Backfill {
        Backfill {
            connection: "acme".parse().unwrap(),
            from: jiff::civil::date(2025, 1, 1),
            to: jiff::civil::date(2025, 12, 31),
            kinds: vec!["invoice".parse().unwrap()],
            by: "Dana".to_owned(),
            started_at: at("2026-01-05T14:00:00Z"),
            state: BackfillState::Running,
            ended_at: None,
            trouble: String::new(),
            unlisted: None,
            backlog: Vec::new(),
            followed: Vec::new(),
            found: 0,
            queued: 0,
            done: 0,
            settled: 0,
            costs: Vec::new(),
            samples: Vec::new(),
            busy_until: None,
            version: 1,
        }
    }

    fn document(id: usize) -> Document {
        format!("invoice/{id}").try_into().unwrap()
    }

    fn told(backfill: &Backfill, stopped: &str) -> (Option<String>, String) {
        let now = at("2026-01-05T14:10:00Z");
        let told = progress(backfill, stopped, Pace::default(), now);
        (told.ends_at.map(|at| at.to_string()), told.sentence)
    }

    #[test]
    fn its_end_is_told_from_the_rate_of_the_last_while() {
        let mut one = backfill();
        one.backlog = (0..90).map(document).collect();
        one.followed = vec![Followed {
            document: document(90),
            state: State::Waiting,
            version: 0,
        }];
        one.samples = vec![
            Sample {
                at: at("2026-01-05T14:00:00Z"),
                settled: 0,
            },
            Sample {
                at: at("2026-01-05T14:10:00Z"),
                settled: 180,
            },
        ];
        one.costs = vec![3; 10];
        assert_eq!(told(&one, "").0.as_deref(), Some("2026-01-05T14:15:00Z"));
        // Twice as many calls each cannot be as fast as that.
        one.costs = vec![6; 10];
        assert_eq!(told(&one, "").0.as_deref(), Some("2026-01-05T14:19:00Z"));
    }

    #[test]
    fn where_its_end_cannot_be_known_it_says_why() {
        let mut listing = backfill();
        listing.unlisted = Some(Unlisted {
            kind: "invoice".parse().unwrap(),
            from: listing.from,
        });
        let mut stuck = backfill();
        stuck.samples = ["2026-01-05T14:00:00Z", "2026-01-05T14:10:00Z"]
            .map(|time| Sample {
                at: at(time),
                settled: 7,
            })
            .into();
        let mut paused = backfill();
        paused.state = BackfillState::Paused;
        let sentences = [
            told(&listing, ""),
            told(&backfill(), ""),
            told(&stuck, ""),
            told(&paused, ""),
            told(&stuck, "It was paused; resume it to go on."),
        ];
        assert!(sentences.iter().all(|(end, _)| end.is_none()));
        let sentences = sentences.map(|(_, sentence)| sentence).join("\n");
        insta::assert_snapshot!(sentences, @r"
        Its documents are still being listed, so its end is not known yet.
        It has just begun, so its end is not known yet.
        Nothing of it came to an end lately, so its end is not known.
        It is paused; resume it to go on.
        It waits, because its connection does. It was paused; resume it to go on.
        ");
    }
}
