//! One Cin7 write, at most once.
//!
//! Before the call the ledger says what is about to be written and under which mark; after it, what
//! came back. Whatever lies between the two, a lost reply or a dead worker, is settled by looking in
//! Cin7 for the mark. Only when it was absent for long enough is the call made again: a look straight
//! after a write may not see it (docs/cin7-api.md, failures).

use cin7::{Echo, Reader, Writer};
use clock::later;
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use sha2::{Digest, Sha256};

use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// What a look for a mark found.
pub(crate) enum Found<T> {
    /// Exactly what was to be written.
    One(T),
    /// Nothing.
    Nothing,
    /// Something that a person has to look at, as the rest of a sentence.
    Wrong(String),
}

/// One kind of Cin7 write.
pub(crate) trait Step: Sync {
    /// What it makes.
    type Made: Send + Sync;

    /// Its name in the record.
    const NAME: &'static str;

    /// How it is found again.
    fn mark(&self) -> &str;

    /// The very text that is sent.
    fn request(&self) -> String;

    /// Looks for what an earlier try may have made.
    fn find(
        &self,
        reader: &Reader,
    ) -> impl Future<Output = Result<Found<Self::Made>, cin7::Error>> + Send;

    /// Makes the call.
    fn write(
        &self,
        writer: &Writer,
    ) -> impl Future<Output = Result<Echo<Self::Made>, cin7::Error>> + Send;

    /// Cin7's id of what was made.
    fn id(made: &Self::Made) -> String;

    /// Keeps what was made in the record; the rest of a sentence where it is not what was sent.
    fn keep(&self, made: &Self::Made, record: &mut Record) -> Result<(), String>;
}

/// Brings one step to its end, wherever it was left.
pub(crate) async fn run<S: Step>(
    work: &mut Work<'_>,
    step: &S,
    writer: &Writer,
) -> Result<(), Stop> {
    let request = step.request();
    let digest = sha256(&request);
    match work
        .record
        .step(S::NAME)
        .map(|known| (known.status, known.request == digest))
    {
        Some((StepStatus::Done, true)) => return Ok(()),
        Some((StepStatus::Done, false)) => return Err(changed_meanwhile(work, S::NAME)),
        Some((StepStatus::Intended | StepStatus::Uncertain, _)) => {
            if settle(work, step, writer.reader()).await? {
                return Ok(());
            }
        }
        Some((StepStatus::Undone, _)) | None => {}
    }
    let intended = work.record.step_mut(S::NAME);
    intended.mark = step.mark().to_owned();
    intended.request.clone_from(&digest);
    intended.status = StepStatus::Intended;
    intended.uncertain_since = None;
    work.note(
        Draft::new("intent")
            .with("step", S::NAME)
            .with("mark", step.mark())
            .with("request", request),
    );
    work.save().await?;
    match step.write(writer).await {
        Ok(Echo { response, value }) => {
            let outcome = Draft::new("outcome")
                .with("step", S::NAME)
                .with("response", response);
            done(work, step, &value, outcome)
        }
        Err(cin7::Error::Uncertain(words)) => {
            mark_uncertain(work, S::NAME, &words);
            work.save().await?;
            if settle(work, step, writer.reader()).await? {
                return Ok(());
            }
            Err(cin7_stop(&work.subject(), cin7::Error::Uncertain(words)))
        }
        Err(error) => {
            work.record.step_mut(S::NAME).status = StepStatus::Undone;
            work.note(
                Draft::new("outcome")
                    .with("step", S::NAME)
                    .with("error", error.to_string()),
            );
            Err(cin7_stop(&work.subject(), error))
        }
    }
}

/// Looks for the mark. `true`: it is there. `false`: it is believed absent and may be written.
async fn settle<S: Step>(work: &mut Work<'_>, step: &S, reader: &Reader) -> Result<bool, Stop> {
    let now = work.engine.ledger.clock().now();
    let known = work.record.step_mut(S::NAME);
    if known.status == StepStatus::Intended {
        mark_uncertain(work, S::NAME, "the worker ended between intent and outcome");
    }
    let since = work.record.step_mut(S::NAME).uncertain_since.unwrap_or(now);
    let subject = work.subject();
    match step
        .find(reader)
        .await
        .map_err(|error| unsettled(&subject, error))?
    {
        Found::One(made) => {
            let outcome = Draft::new("outcome")
                .with("step", S::NAME)
                .with("found by", step.mark());
            done(work, step, &made, outcome).map(|()| true)
        }
        Found::Wrong(what) => Err(Stop::Attention(format!("{subject}: {what}"))),
        Found::Nothing if later(since, work.settle_after()) <= now => {
            work.note(
                Draft::new("absent")
                    .with("step", S::NAME)
                    .with("mark", step.mark()),
            );
            Ok(false)
        }
        Found::Nothing => {
            work.record.step_mut(S::NAME).looks += 1;
            Err(Stop::Uncertain(format!(
                "{subject}: the answer to its {} was lost and Cin7 does not show it yet. It is looked up again before anything is written.",
                S::NAME
            )))
        }
    }
}

/// A failed look leaves the step as uncertain as it was.
fn unsettled(subject: &str, error: cin7::Error) -> Stop {
    match error {
        cin7::Error::Refused(words) => Stop::Uncertain(format!(
            "{subject}: the answer was lost, and the look for it was refused: \u{201c}{words}\u{201d}. It is looked up again."
        )),
        other => cin7_stop(subject, other),
    }
}

fn done<S: Step>(
    work: &mut Work<'_>,
    step: &S,
    made: &S::Made,
    outcome: Draft,
) -> Result<(), Stop> {
    let id = S::id(made);
    work.note(outcome.with("id", &id));
    let record = &mut work.record;
    let known = record.step_mut(S::NAME);
    known.status = StepStatus::Done;
    known.uncertain_since = None;
    known.cin7_id = Some(id);
    let kept = step.keep(made, record);
    kept.map_err(|what| Stop::Attention(format!("{}: {what}", work.subject())))
}

fn mark_uncertain(work: &mut Work<'_>, name: &str, why: &str) {
    let now = work.engine.ledger.clock().now();
    let step = work.record.step_mut(name);
    step.status = StepStatus::Uncertain;
    step.uncertain_since = Some(now);
    step.looks = 0;
    work.note(Draft::new("uncertain").with("step", name).with("why", why));
}

fn changed_meanwhile(work: &Work<'_>, name: &str) -> Stop {
    let number = work
        .record
        .cin7
        .order_number
        .as_deref()
        .unwrap_or("in Cin7");
    Stop::Attention(format!(
        "{}: its {name} was already written to sale {number} in another form; the invoice or the settings changed while it was crossing. Void that sale in Cin7, or finish it there.",
        work.subject()
    ))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
