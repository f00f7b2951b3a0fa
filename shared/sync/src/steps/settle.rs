//! Settling what is uncertain: by its mark, and by nothing else.

use std::time::Duration;

use cin7::Reader;
use clock::later;
use jiff::Timestamp;
use ledger::StepStatus;
use ledger::audit::Draft;

use super::protocol::{Found, Probe, done};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// Looks for the mark. `true`: it is there. `false`: it is believed absent and may be written.
pub(crate) async fn settle<P: Probe>(
    work: &mut Work<'_>,
    probe: &P,
    reader: &Reader,
) -> Result<bool, Stop> {
    if work.record.step_mut(P::NAME).status == StepStatus::Intended {
        mark_uncertain(work, P::NAME, "the worker ended between intent and outcome");
    }
    let subject = work.subject();
    let found = probe
        .find(reader)
        .await
        .map_err(|error| unsettled(&subject, error))?;
    let now = work.engine.ledger.clock().now();
    match found {
        Found::One(made) => {
            let outcome = Draft::new("outcome")
                .with("step", P::NAME)
                .with("found by", probe.mark());
            done(work, probe, &made, outcome).map(|()| true)
        }
        Found::Wrong(what) => Err(Stop::Attention(format!("{subject}: {what}"))),
        Found::Nothing | Found::Other(_) | Found::Draft(_)
            if believed_absent(work, P::NAME) > now =>
        {
            work.record.step_mut(P::NAME).looks += 1;
            Err(Stop::Uncertain(format!(
                "{subject}: the answer to its {} was lost and Cin7 does not show it yet. It is looked \
                 up again before anything is written.",
                P::NAME
            )))
        }
        Found::Other(what) => Err(Stop::Attention(format!("{subject}: {what}"))),
        Found::Draft(what) if work.record.step_mut(P::NAME).writes > 1 => {
            Err(Stop::Attention(format!("{subject}: {what}")))
        }
        Found::Nothing | Found::Draft(_) => absent(work, probe),
    }
}

/// Believed absent: it may be written again, unless that was tried as often as failures are retried.
fn absent<P: Probe>(work: &mut Work<'_>, probe: &P) -> Result<bool, Stop> {
    let writes = work.record.step_mut(P::NAME).writes;
    work.note(
        Draft::new("absent")
            .with("step", P::NAME)
            .with("mark", probe.mark()),
    );
    if work.engine.options.retry.wait_after(writes, "").is_some() {
        work.record.step_mut(P::NAME).status = StepStatus::Undone;
        return Ok(false);
    }
    Err(Stop::Attention(format!(
        "{}: its {} was sent {writes} times, every answer was lost, and Cin7 does not show it. Look for \
         {} in Cin7; once Cin7 answers again, replay it.",
        work.subject(),
        P::NAME,
        probe.mark()
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
