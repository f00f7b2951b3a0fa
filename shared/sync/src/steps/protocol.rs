//! One Cin7 write, at most once.
//!
//! Before the call the ledger says what is about to be written and under which mark; after it, what
//! came back. Whatever lies between the two, a lost reply or a dead worker, is settled by looking in
//! Cin7 for the mark (`settle.rs`). Only when it was absent for long enough is the call made again,
//! and each time after a longer look: a look straight after a write may not see it
//! (docs/cin7-api.md, failures).

use cin7::{Echo, Reader, Writer};
use ledger::audit::Draft;
use ledger::{Record, Sent, StepStatus};
use sha2::{Digest, Sha256};

use super::settle::{mark_uncertain, settle};
use crate::side::document_name;
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// What a look for a mark found.
pub(crate) enum Found<T> {
    /// What was to be written, or to be gone, is.
    One(T),
    /// It is not, as far as can be seen now.
    Nothing,
    /// It is there in another form than was sent, as the rest of a sentence. A look that lags shows
    /// the form before, so this is believed only after as long as an absence.
    Other(String),
    /// It is there as it was sent, but left a draft, as the rest of a sentence. It is written once more
    /// before that is believed.
    Draft(String),
    /// Something that a person has to look at, as the rest of a sentence.
    Wrong(String),
}

/// How one kind of Cin7 write is found again.
pub(crate) trait Probe: Sync {
    /// What it makes.
    type Made: Send + Sync;

    /// Its name in the record.
    const NAME: &'static str;

    /// How it is found again.
    fn mark(&self) -> &str;

    /// Looks for what an earlier try may have made.
    fn find(
        &self,
        reader: &Reader,
    ) -> impl Future<Output = Result<Found<Self::Made>, cin7::Error>> + Send;

    /// Cin7's id of what was made.
    fn id(&self, made: &Self::Made) -> String;

    /// Keeps what was made in the record; the rest of a sentence where it is not what was sent.
    fn keep(&self, made: &Self::Made, record: &mut Record) -> Result<(), String>;
}

/// One kind of Cin7 write.
pub(crate) trait Step: Sync {
    /// How it is found again.
    type Probe: Probe;

    /// The probe of this very write.
    fn probe(&self) -> &Self::Probe;

    /// The very text that is sent.
    fn request(&self) -> String;

    /// What the audit trail keeps of it: all, unless it tells of people.
    fn kept_request(&self) -> String {
        self.request()
    }

    /// What the audit trail keeps of the answer, likewise.
    fn kept_response(&self, response: String) -> String {
        response
    }

    /// Makes the call.
    fn write(
        &self,
        writer: &Writer,
    ) -> impl Future<Output = Result<Echo<Made<Self>>, cin7::Error>> + Send;
}

/// What a step makes.
pub(crate) type Made<S> = <<S as Step>::Probe as Probe>::Made;

/// Brings one step to its end, wherever it was left.
pub(crate) async fn run<S: Step>(
    work: &mut Work<'_>,
    step: &S,
    writer: &Writer,
) -> Result<(), Stop> {
    let (request, probe) = (step.request(), step.probe());
    let name = S::Probe::NAME;
    // Another mark is another document: what is known of the one before says nothing about it.
    work.record
        .steps
        .retain(|known| known.name != name || known.mark == probe.mark());
    if let Some(known) = work.record.step(name) {
        let same = known.request == digest(&request);
        let done = match known.status {
            StepStatus::Done => true,
            StepStatus::Undone => false,
            StepStatus::Intended | StepStatus::Uncertain => {
                settle(work, probe, writer.reader()).await?
            }
        };
        if done {
            return if same {
                Ok(())
            } else {
                Err(changed_meanwhile(work, name))
            };
        }
    }
    intend(work, step, request).await?;
    act(work, step, writer).await
}

/// Takes the call first, so that nothing but the call itself comes after the intent; then writes the
/// intent. The commit is the fence: whoever lost the record to another worker stops here.
async fn intend<S: Step>(work: &mut Work<'_>, step: &S, request: String) -> Result<(), Stop> {
    if let Some(pace) = work.pace() {
        pace.hold()
            .await
            .map_err(|not_now| Stop::throttled("Cin7", not_now.wait))?;
    }
    let now = work.engine.ledger.clock().now();
    let intended = work.record.step_mut(S::Probe::NAME);
    intended.intended_at = intended.intended_at.or(Some(now));
    intended.mark = step.probe().mark().to_owned();
    intended.request = digest(&request);
    intended.status = StepStatus::Intended;
    intended.uncertain_since = None;
    intended.writes += 1;
    work.note(
        Draft::new("intent")
            .with("step", S::Probe::NAME)
            .with("mark", step.probe().mark())
            .with("request", step.kept_request()),
    );
    // What tells of people is kept nowhere; nothing is ever compared with it either.
    let whole = (step.kept_request() == request).then_some(Sent {
        step: S::Probe::NAME,
        request: &request,
    });
    Ok(work.save_sending(whole).await?)
}

async fn act<S: Step>(work: &mut Work<'_>, step: &S, writer: &Writer) -> Result<(), Stop> {
    let error = match step.write(writer).await {
        Ok(Echo { response, value }) => {
            let outcome = Draft::new("outcome")
                .with("step", S::Probe::NAME)
                .with("response", step.kept_response(response));
            return done(work, step.probe(), &value, outcome);
        }
        Err(error) => error,
    };
    let again = work.record.step_mut(S::Probe::NAME).writes > 1;
    match error {
        cin7::Error::Uncertain(words) => {
            mark_uncertain(work, S::Probe::NAME, &words);
            work.save().await?;
        }
        // What an earlier try wrote may be why this one is refused.
        cin7::Error::Refused(words) if again => {
            mark_uncertain(
                work,
                S::Probe::NAME,
                &format!("refused after an uncertain try: {words}"),
            );
            if let Ok(Found::One(made)) = step.probe().find(writer.reader()).await {
                let outcome = Draft::new("outcome")
                    .with("step", S::Probe::NAME)
                    .with("found by", step.probe().mark());
                return done(work, step.probe(), &made, outcome);
            }
            // The step stays uncertain: a replay looks for it before it writes again.
            return Err(cin7_stop(&work.subject(), cin7::Error::Refused(words)));
        }
        error => return undone(work, S::Probe::NAME, error),
    }
    if settle(work, step.probe(), writer.reader()).await? {
        return Ok(());
    }
    Err(Stop::Uncertain(format!(
        "{}: the answer to its {} was lost.",
        work.subject(),
        S::Probe::NAME
    )))
}

/// Certainly not applied, so it does not count as written.
fn undone(work: &mut Work<'_>, name: &str, error: cin7::Error) -> Result<(), Stop> {
    let step = work.record.step_mut(name);
    step.status = StepStatus::Undone;
    step.writes = step.writes.saturating_sub(1);
    work.note(
        Draft::new("outcome")
            .with("step", name)
            .with("error", error.to_string()),
    );
    Err(match error {
        cin7::Error::Refused(words) => Stop::Refused(words),
        error => cin7_stop(&work.subject(), error),
    })
}

/// Keeps what Cin7 has.
pub(super) fn done<P: Probe>(
    work: &mut Work<'_>,
    probe: &P,
    made: &P::Made,
    outcome: Draft,
) -> Result<(), Stop> {
    let id = probe.id(made);
    work.note(outcome.with("id", &id));
    let now = work.engine.ledger.clock().now();
    let record = &mut work.record;
    let known = record.step_mut(P::NAME);
    known.status = StepStatus::Done;
    known.uncertain_since = None;
    known.cin7_id = Some(id);
    record.written_at = Some(now);
    let kept = probe.keep(made, record);
    kept.map_err(|what| Stop::Attention(format!("{}: {what}", work.subject())))
}

fn changed_meanwhile(work: &Work<'_>, name: &str) -> Stop {
    Stop::Attention(format!(
        "{}: its {name} was already written to {} in another form. Compare the two, correct it in Cin7 by \
         hand if needed, then replay it.",
        work.subject(),
        document_name(&work.record)
    ))
}

/// The digest under which a request stands in the record, in hex.
pub(crate) fn digest(request: &str) -> String {
    Sha256::digest(request.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
