//! Why a look ends before everything is written, and what the record becomes of it.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{State, StepStatus};
use mapping::Held;

use crate::steps::believed_absent;
use crate::work::Work;

/// The end of a look. Only [`Stop::Ledger`] leaves the message on the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The ledger cannot be written: nothing can be recorded, so the message comes back.
    Ledger(ledger::Error),
    /// Something passing failed; counts as a try.
    Retry(String),
    /// Cin7 refused the keys. The outermost look judges what that means for the connection; where it
    /// is not judged, it counts as a try.
    KeysRefused(String),
    /// No call may be made for so long; counts as no try.
    Throttled { whose: &'static str, wait: Duration },
    /// Something that a look too soon cannot tell, or that another worker has: goes on then; counts
    /// as no try.
    Later { until: Timestamp, sentence: String },
    /// A write's outcome is unknown, and not yet long enough ago to be believed absent.
    Uncertain(String),
    /// Something named is missing.
    Wait { what: String, sentence: String },
    /// Cin7 said no to a write, in these words; nothing was written.
    Refused(String),
    /// A person has to look.
    Attention(String),
    /// A rule says that it does not cross.
    Skip { rule: String, sentence: String },
}

/// What waits for something that a person does in Cin7 is looked at again this often; what waits for
/// FreshBooks, for another record or for new settings is released by them.
const RECHECK: Duration = Duration::from_secs(3600);

/// What is released by whatever it waits for, and by no clock.
const RELEASED: [&str; 4] = ["freshbooks:", "connection:", "invoice:", "bill:"];

/// What everything waits for whose connection does not work: paused, without consent or without keys.
pub(crate) const RESUMED: &str = "connection:resumed";

impl Stop {
    pub(crate) fn throttled(whose: &'static str, wait: Duration) -> Self {
        Self::Throttled {
            whose,
            wait: wait.max(Duration::from_secs(1)),
        }
    }

    /// The same, with something more to say where a person reads it.
    pub(crate) fn adding(self, more: &str) -> Self {
        match self {
            Self::Wait { what, sentence } => Self::Wait {
                what,
                sentence: sentence + more,
            },
            Self::Attention(sentence) => Self::Attention(sentence + more),
            other => other,
        }
    }
}

impl From<ledger::Error> for Stop {
    fn from(error: ledger::Error) -> Self {
        Self::Ledger(error)
    }
}

impl From<Held> for Stop {
    fn from(held: Held) -> Self {
        match held {
            Held::Waiting { setting, sentence } => Self::Wait {
                what: setting,
                sentence,
            },
            Held::Attention { sentence } => Self::Attention(sentence),
            Held::Skipped { rule, sentence } => Self::Skip { rule, sentence },
        }
    }
}

/// A secret that could not be had.
pub(crate) fn vault_stop(subject: &str, error: vault::Error) -> Stop {
    match error {
        vault::Error::Ledger(error) => Stop::Ledger(error),
        // The vault has stopped the connection, or there never was anything to open it with.
        stopped @ (vault::Error::NeedsConsent(_) | vault::Error::Missing { .. }) => Stop::Wait {
            what: RESUMED.to_owned(),
            sentence: format!("{subject} waits: {stopped}"),
        },
        other => {
            let words = other.to_string();
            Stop::Retry(format!("{subject}: {}.", words.trim_end_matches('.')))
        }
    }
}

/// A Cin7 call that certainly changed nothing.
pub(crate) fn cin7_stop(subject: &str, error: cin7::Error) -> Stop {
    match error {
        cin7::Error::Throttled { wait } => Stop::throttled("Cin7", wait),
        cin7::Error::Transient(words) => {
            Stop::Retry(format!("{subject}: {words}. It is tried again."))
        }
        cin7::Error::Uncertain(words) => Stop::Uncertain(format!(
            "{subject}: the answer was lost ({words}). It is looked up in Cin7 before anything is \
             written again."
        )),
        cin7::Error::Unauthorized(words) => Stop::KeysRefused(format!(
            "{subject}: Cin7 refused the API keys ({words}). Check the keys of this connection."
        )),
        // The words say who refused what.
        cin7::Error::Refused(words) => Stop::Attention(refusal(subject, &words)),
    }
}

fn refusal(subject: &str, words: &str) -> String {
    let words = words.trim_end_matches('.');
    format!("{subject}: {words}. Correct it in FreshBooks, Cin7 or the settings, then replay it.")
}

/// Gives the record the state that the end of its look asks for. Nothing is written yet.
pub(crate) fn conclude(work: &mut Work<'_>, stop: Stop) -> Result<(), ledger::Error> {
    let now = work.engine.ledger.clock().now();
    match stop {
        Stop::Ledger(error) => return Err(error),
        Stop::Retry(sentence) | Stop::KeysRefused(sentence) => retry_or_give_up(work, &sentence),
        Stop::Throttled { whose, wait } => {
            let seconds = wait.as_secs().to_string();
            let sentence = format!(
                "{}: {whose}'s call limit is reached; it goes on in {seconds} s.",
                work.subject()
            );
            work.record.retry(later(now, wait), sentence);
            work.note(
                Draft::new("throttled")
                    .with("by", whose)
                    .with("wait_s", seconds),
            );
        }
        Stop::Later { until, sentence } => {
            let soonest = later(now, Duration::from_secs(1));
            work.note(
                Draft::new("put off")
                    .with("until", until.to_string())
                    .with("sentence", &sentence),
            );
            work.record.retry(until.max(soonest), sentence);
        }
        Stop::Uncertain(sentence) => look_again(work, sentence),
        Stop::Wait { what, sentence } => {
            work.note(
                Draft::new("waiting")
                    .with("for", &what)
                    .with("sentence", &sentence),
            );
            let released = RELEASED.iter().any(|kind| what.starts_with(kind));
            work.record.wait(what, sentence);
            work.record.due_at = (!released).then(|| later(now, RECHECK));
        }
        Stop::Refused(words) => {
            let sentence = refusal(&work.subject(), &words);
            return conclude(work, Stop::Attention(sentence));
        }
        Stop::Attention(sentence) => {
            work.note(Draft::new("attention").with("sentence", &sentence));
            work.record.enter(State::Attention, sentence);
        }
        Stop::Skip { rule, sentence } => {
            work.note(
                Draft::new("skipped")
                    .with("rule", rule)
                    .with("sentence", &sentence),
            );
            work.record.enter(State::Skipped, sentence);
        }
    }
    Ok(())
}

/// The next look for what may have been written: on the schedule, but no later than absence is
/// believed. Looks in vain until then are no failed tries.
fn look_again(work: &mut Work<'_>, sentence: String) {
    let now = work.engine.ledger.clock().now();
    let mut steps = work.record.steps.iter().rev();
    let Some(step) = steps.find(|step| step.status == StepStatus::Uncertain) else {
        return retry_or_give_up(work, &sentence);
    };
    let looks = step.looks;
    let believed = believed_absent(work, &step.name);
    if believed <= now {
        return retry_or_give_up(work, &sentence);
    }
    let seed = work.record.key.to_string();
    let wait = work.engine.options.retry.wait_after(looks, &seed);
    let due = wait.map_or(believed, |wait| later(now, wait).min(believed));
    work.note(
        Draft::new("looked in vain")
            .with("sentence", &sentence)
            .with("again_at", due.to_string()),
    );
    work.record.retry(due, sentence);
}

fn retry_or_give_up(work: &mut Work<'_>, sentence: &str) {
    if let Err(tries) = retry(work, sentence) {
        give_up(work, sentence, tries);
    }
}

/// Counts a failed try and sets the next; the number of tries where the schedule has no next.
fn retry(work: &mut Work<'_>, sentence: &str) -> Result<(), u32> {
    let now = work.engine.ledger.clock().now();
    work.record.attempts += 1;
    let tries = work.record.attempts;
    let seed = work.record.key.to_string();
    let wait = work
        .engine
        .options
        .retry
        .wait_after(tries, &seed)
        .ok_or(tries)?;
    work.note(
        Draft::new("retry")
            .with("try", tries.to_string())
            .with("in_s", wait.as_secs().to_string())
            .with("sentence", sentence),
    );
    work.record.retry(later(now, wait), sentence);
    Ok(())
}

fn give_up(work: &mut Work<'_>, sentence: &str, tries: u32) {
    let sentence = format!(
        "{sentence} It failed {tries} times and is not tried again by itself; replay it once the cause \
         is gone."
    );
    work.note(Draft::new("given up").with("sentence", &sentence));
    work.record.enter(State::Attention, sentence);
}
