//! How a look at a document that is posted whole begins and ends, whichever side it is of.

use ledger::audit::Draft;
use ledger::{State, StepStatus};
use mapping::Held;
use money::Money;

use crate::side::{Side, document_name};
use crate::stop::Stop;
use crate::work::Work;

/// Everything is written.
pub(crate) fn posted<S: Side>(work: &mut Work<'_>, total: Money, content: String) {
    let record = &mut work.record;
    // Done with: the next change takes back anew.
    record.steps.retain(|step| step.name != S::UNDO);
    record.content = Some(content);
    record.attempts = 0;
    record.posted_at = Some(work.engine.ledger.clock().now());
    record.enter(State::Posted, "");
    work.moved = true;
    work.note(Draft::new("posted").with("total", total.to_string()));
}

/// The same of what nothing stands on.
pub(crate) fn finished(work: &mut Work<'_>, content: String) {
    let record = &mut work.record;
    record.content = Some(content);
    record.attempts = 0;
    record.posted_at = Some(work.engine.ledger.clock().now());
    record.confirmed_at = None;
    record.enter(State::Posted, "");
    let total = record.cin7.total.clone().unwrap_or_default();
    work.note(Draft::new("posted").with("total", total));
}

/// Unchanged costs nothing. Whatever a person had to look at is judged anew by the next confirm pass.
pub(crate) fn unchanged(work: &mut Work<'_>) {
    work.note(Draft::new("unchanged"));
    let trusted = work.record.confirmed_at.is_some() && work.record.state != State::Attention;
    let state = if trusted {
        State::Confirmed
    } else {
        State::Posted
    };
    work.record.enter(state, "");
}

/// A change that cannot cross leaves what stands as it was.
pub(crate) fn kept_back(work: &Work<'_>, held: Held) -> Stop {
    let stop = Stop::from(held);
    if work.record.content.is_none() {
        return stop;
    }
    stop.adding(&format!(
        " {} still holds the version before.",
        document_name(&work.record)
    ))
}

/// Says how many calls are to come at most, `writes` less what is done.
pub(crate) fn expect_writes(work: &Work<'_>, writes: u32) {
    if let Some(pace) = work.pace() {
        let steps = work.record.steps.iter();
        let done = steps.filter(|step| step.status == StepStatus::Done).count();
        pace.expect(writes.saturating_sub(u32::try_from(done).unwrap_or(0)));
    }
}
