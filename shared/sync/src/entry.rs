//! Bringing a journal or a money operation to where it should be.

mod left;
mod taking_back;

use cin7::{EntryStatus, Writer};
use ledger::audit::Draft;
use ledger::{Record, Sent, StepStatus};
use mapping::{Facts, Held};

use self::left::{as_left, done, shown, touched};
use self::taking_back::void;
use crate::planning::{Planned, plan_against};
use crate::side::document_name;
use crate::steps::{CompleteEntry, CreateEntry, Entry, digest, is_completed, run, settle_open};
use crate::stop::Stop;
use crate::work::Work;

pub(crate) use taking_back::{take_back, withdraw};

/// The mark of a document of an account and of a generation.
pub(crate) type MarkOf = fn(&str, &str, u32) -> String;

/// Plans a document for the generation that stands or is to be made; what may have been written before
/// is settled first.
pub(crate) async fn plan<T>(
    work: &mut Work<'_>,
    mark_of: MarkOf,
    plan: impl Fn(&Facts<'_>, &str) -> Result<T, Held>,
) -> Result<Planned<T>, Stop> {
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let mark = mark(work, mark_of);
    let planned = plan_against(work, &writer, |facts| plan(facts, &mark)).await?;
    if planned.is_ok() {
        let version = work.connection.settings_version.to_string();
        work.note(
            Draft::new("planned")
                .with("mark", &mark)
                .with("settings_version", version),
        );
    }
    Ok(planned)
}

fn mark(work: &Work<'_>, mark_of: MarkOf) -> String {
    let record = &work.record;
    mark_of(
        &work.connection.account_id,
        record.key.id.as_str(),
        record.generation,
    )
}

/// Makes the entry, or makes the one that stands what it should be: a draft by sending it again, one
/// that is booked by voiding it and making another.
pub(crate) async fn bring<E: Entry>(
    work: &mut Work<'_>,
    wanted: E,
    mark_of: MarkOf,
) -> Result<(), Stop> {
    let writer = work.writer().await?;
    if let Some(id) = E::id(&mut work.record).clone()
        && make_way(work, &wanted, &id, &writer).await? == Way::Adopted
    {
        return Ok(());
    }
    // What was voided keeps its mark.
    let mark = mark(work, mark_of);
    let wanted = wanted.marked_as(mark);
    if let Some(pace) = work.pace() {
        pace.expect(1 + u32::from(wanted.status() == EntryStatus::Draft));
    }
    // A draft that was made to say something else is as it was made, until it is completed.
    if E::id(&mut work.record).is_none() {
        run(work, &CreateEntry::new(wanted.clone()), &writer).await?;
    }
    let Some(id) = E::id(&mut work.record).clone() else {
        return Err(Stop::Attention(format!(
            "{}: Cin7 gave its {} no id. Look for it there.",
            work.subject(),
            E::NOUN
        )));
    };
    let total = wanted.total().to_string();
    if !work.record.cin7.completed {
        run(work, &CompleteEntry::new(&id, wanted), &writer).await?;
    }
    // What was found again after a lost answer is what was sent.
    work.record.cin7.total.get_or_insert(total);
    Ok(())
}

/// What an entry that stood came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// What is missing can be written.
    Free,
    /// Cin7 holds already what FreshBooks says.
    Adopted,
}

async fn make_way<E: Entry>(
    work: &mut Work<'_>,
    wanted: &E,
    id: &str,
    writer: &Writer,
) -> Result<Way, Stop> {
    let same = is_same(&work.record, wanted, id);
    if same && work.record.cin7.completed {
        return Ok(Way::Adopted);
    }
    if same {
        return Ok(Way::Free);
    }
    let Some(shown) = shown::<E>(work, id, writer).await? else {
        return Err(Stop::Attention(format!(
            "{} was changed in FreshBooks, and {} is gone from Cin7. Nothing is written; enter it there by \
             hand if it should stand.",
            work.subject(),
            document_name(&work.record)
        )));
    };
    let request = wanted.update_request(id);
    let is_so = is_completed(shown.status()) && shown.differences(&request).is_empty();
    // What is not shown must not pass for being so already: only what somebody changed is adopted.
    if is_so && touched::<E>(work, &shown).await?.is_some() {
        adopt(work, wanted, id).await?;
        return Ok(Way::Adopted);
    }
    as_left::<E>(work, &shown, Some(wanted), writer).await?;
    if work.record.cin7.completed {
        void::<E>(work, id, writer).await?;
    }
    Ok(Way::Free)
}

/// Whether what was sent last is what is wanted now, whichever status it was asked for with.
fn is_same<E: Entry>(record: &Record, wanted: &E, id: &str) -> bool {
    let as_completed = wanted.clone().with_status(EntryStatus::Completed);
    if let Some(step) = done(record, E::COMPLETED) {
        return step.request == digest(&as_completed.update_request(id));
    }
    let as_draft = wanted.clone().with_status(EntryStatus::Draft);
    done(record, E::MADE).is_some_and(|step| {
        [as_completed, as_draft]
            .iter()
            .any(|entry| step.request == digest(&entry.request()))
    })
}

/// What stands is what is wanted, because a person made it so.
async fn adopt<E: Entry>(work: &mut Work<'_>, wanted: &E, id: &str) -> Result<(), Stop> {
    let wanted = wanted.clone().with_status(EntryStatus::Completed);
    let request = wanted.update_request(id);
    work.note(Draft::new("adopted").with("request", &request));
    work.record.cin7.completed = true;
    work.record.cin7.total = Some(wanted.total().to_string());
    let step = work.record.step_mut(E::COMPLETED);
    id.clone_into(&mut step.mark);
    step.status = StepStatus::Done;
    step.request = digest(&request);
    let sent = Sent {
        step: E::COMPLETED,
        request: &request,
    };
    Ok(work.save_sending(Some(sent)).await?)
}
