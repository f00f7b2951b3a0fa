//! Settling what is uncertain: by its mark, and by nothing else.

use std::time::Duration;

use cin7::Reader;
use clock::later;
use jiff::Timestamp;
use ledger::StepStatus;
use ledger::audit::Draft;

use super::protocol::{Found, Step, done};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// Looks for the mark. `true`: it is there. `false`: it is believed absent and may be written.
pub(super) async fn settle<S: Step>(
    work: &mut Work<'_>,
    step: &S,
    reader: &Reader,
) -> Result<bool, Stop> {
    if work.record.step_mut(S::NAME).status == StepStatus::Intended {
        mark_uncertain(work, S::NAME, "the worker ended between intent and outcome");
    }
    let subject = work.subject();
    let found = step
        .find(reader)
        .await
        .map_err(|error| unsettled(&subject, error))?;
    let now = work.engine.ledger.clock().now();
    match found {
        Found::One(made) => {
            let outcome = Draft::new("outcome")
                .with("step", S::NAME)
                .with("found by", step.mark());
            done(work, step, &made, outcome).map(|()| true)
        }
        Found::Wrong(what) => Err(Stop::Attention(format!("{subject}: {what}"))),
        Found::Nothing if believed_absent(work, S::NAME) > now => {
            work.record.step_mut(S::NAME).looks += 1;
            Err(Stop::Uncertain(format!(
                "{subject}: the answer to its {} was lost and Cin7 does not show it yet. It is looked \
                 up again before anything is written.",
                S::NAME
            )))
        }
        Found::Nothing => absent(work, step),
    }
}

/// Believed absent: it may be written again, unless that was tried as often as failures are retried.
fn absent<S: Step>(work: &mut Work<'_>, step: &S) -> Result<bool, Stop> {
    let writes = work.record.step_mut(S::NAME).writes;
    work.note(
        Draft::new("absent")
            .with("step", S::NAME)
            .with("mark", step.mark()),
    );
    if work.engine.options.retry.wait_after(writes, "").is_some() {
        return Ok(false);
    }
    Err(Stop::Attention(format!(
        "{}: its {} was sent {writes} times, every answer was lost, and Cin7 does not show it. Look for \
         {} in Cin7; once Cin7 answers again, replay it.",
        work.subject(),
        S::NAME,
        step.mark()
    )))
}

/// From when on an uncertain step that is not found is believed absent: later after each write, so
/// that a list that lags cannot lead to a second and third document.
pub(crate) fn believed_absent(work: &Work<'_>, name: &str) -> Timestamp {
    let now = work.engine.ledger.clock().now();
    let Some(step) = work.record.step(name) else {
        return now;
    };
    let retry = &work.engine.options.retry;
    let longer = retry.wait_after(step.writes, "").unwrap_or(Duration::ZERO);
    later(
        step.uncertain_since.unwrap_or(now),
        work.settle_after().max(longer),
    )
}

/// A failed look leaves the step as uncertain as it was.
fn unsettled(subject: &str, error: cin7::Error) -> Stop {
    match error {
        cin7::Error::Refused(words) => Stop::Retry(format!(
            "{subject}: an answer was lost, and the look for it was refused: \u{201c}{words}\u{201d}. \
             It is looked up again."
        )),
        other => cin7_stop(subject, other),
    }
}

pub(super) fn mark_uncertain(work: &mut Work<'_>, name: &str, why: &str) {
    let now = work.engine.ledger.clock().now();
    let step = work.record.step_mut(name);
    step.status = StepStatus::Uncertain;
    step.uncertain_since = Some(now);
    step.looks = 0;
    work.note(Draft::new("uncertain").with("step", name).with("why", why));
}
