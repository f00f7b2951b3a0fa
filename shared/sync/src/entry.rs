//! Bringing a journal or a money operation to where it should be, and taking it back.

use cin7::{EntryStatus, ShownEntry, Writer, sent_day};
use jiff::civil::Date;
use ledger::audit::Draft;
use ledger::{Record, Sent, StepStatus};
use mapping::{Facts, Held};

use crate::copy::open_period;
use crate::planning::{Planned, plan_against};
use crate::revise::restored;
use crate::side::document_name;
use crate::steps::{
    CompleteEntry, CreateEntry, Entry, VoidEntry, digest, is_completed, is_voided, run, sent,
    settle_open,
};
use crate::stop::{Stop, cin7_stop};
use crate::withdraw::{end, start_moved};
use crate::work::Work;

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

fn done<'a>(record: &'a Record, name: &str) -> Option<&'a ledger::Step> {
    let step = record.step(name);
    step.filter(|step| step.status == StepStatus::Done)
}

/// The step that says how the entry was last sent.
fn last_sent_as<E: Entry>(record: &Record) -> &'static str {
    if done(record, E::COMPLETED).is_some() {
        return E::COMPLETED;
    }
    E::MADE
}

async fn last_sent<E: Entry>(work: &Work<'_>) -> Result<Option<String>, Stop> {
    match done(&work.record, last_sent_as::<E>(&work.record)) {
        Some(step) => sent(work, step).await,
        None => Ok(None),
    }
}

/// Cin7's copy; `None` where it is gone, and not merely not shown yet.
async fn shown<E: Entry>(
    work: &mut Work<'_>,
    id: &str,
    writer: &Writer,
) -> Result<Option<ShownEntry>, Stop> {
    if let Some(pace) = work.pace() {
        pace.expect(1);
    }
    let shown = E::shown(writer.reader(), id).await;
    if matches!(shown, Ok(None) | Err(cin7::Error::Refused(_))) {
        not_yet(work)?;
    }
    shown.map_err(|error| cin7_stop(&work.subject(), error))
}

/// A look that lags shows what stood there before our own last write
/// (docs/cin7-api.md, read-after-write lag).
fn not_yet(work: &Work<'_>) -> Result<(), Stop> {
    let Some(until) = work.shown_late_until(&work.record) else {
        return Ok(());
    };
    Err(Stop::Later {
        until,
        sentence: format!(
            "{}: Cin7 may not show {} as it is yet. It is looked at again.",
            work.subject(),
            document_name(&work.record)
        ),
    })
}

/// What somebody did to our entry, as the rest of a sentence; `None` where it is as we left it.
async fn touched<E: Entry>(work: &Work<'_>, shown: &ShownEntry) -> Result<Option<String>, Stop> {
    if is_voided(shown.status()) {
        return Ok(Some("it was voided in Cin7".to_owned()));
    }
    if is_completed(shown.status()) != work.record.cin7.completed {
        let status = shown.status();
        return Ok(Some(format!("its status there is {status} now")));
    }
    let Some(sent) = last_sent::<E>(work).await? else {
        return Ok(Some("what was sent is not on record".to_owned()));
    };
    let differences = shown.differences(&sent);
    let told: Vec<String> = differences
        .iter()
        .take(3)
        .map(ToString::to_string)
        .collect();
    Ok((!told.is_empty()).then(|| format!("it was changed ({})", told.join(", "))))
}

/// Stops unless the entry is as we left it and its day is not locked in Cin7. Nothing `wanted`: it is
/// to go.
async fn as_left<E: Entry>(
    work: &mut Work<'_>,
    shown: &ShownEntry,
    wanted: Option<&E>,
    writer: &Writer,
) -> Result<(), Stop> {
    let called = document_name(&work.record);
    let Some(why) = touched::<E>(work, shown).await? else {
        let day = day_sent::<E>(work).await?;
        return open_period(work, writer, day, &called).await;
    };
    not_yet(work)?;
    let subject = work.subject();
    let theirs = format!("status {}", shown.status());
    work.note(
        Draft::new("both versions")
            .with("freshbooks", wanted.map(Entry::request).unwrap_or_default())
            .with("cin7", &theirs)
            .with("why", &why),
    );
    Err(Stop::Attention(match wanted {
        Some(wanted) => format!(
            "{subject} was changed in FreshBooks, but {called} is not as it was left: {why}. FreshBooks: {} {}. \
             Nothing was overwritten; make the two agree by hand, then replay it.",
            wanted.total(),
            work.record.currency.as_deref().unwrap_or_default()
        ),
        None => format!(
            "{subject} no longer counts in FreshBooks, but {called} is not as it was left: {why}. Nothing was \
             voided; void it by hand if it should go, then replay it."
        ),
    }))
}

async fn day_sent<E: Entry>(work: &Work<'_>) -> Result<Option<Date>, Stop> {
    let sent = last_sent::<E>(work).await?;
    Ok(sent.and_then(|sent| sent_day(&sent, E::DAY)))
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

/// Voids the entry; afterwards the record begins anew.
async fn void<E: Entry>(work: &mut Work<'_>, id: &str, writer: &Writer) -> Result<(), Stop> {
    let called = document_name(&work.record);
    // From here on nobody may take it for standing, until Cin7 has refused or holds the new one.
    let content = work.record.content.take();
    if let Err(stop) = run(work, &VoidEntry::<E>::new(id), writer).await {
        let stop = match stop {
            Stop::Refused(words) => Stop::Attention(format!(
                "{} was changed or deleted in FreshBooks, and Cin7 does not void {called}: {}. Void it there by \
                 hand, then replay it.",
                work.subject(),
                words.trim_end_matches('.')
            )),
            stop => stop,
        };
        return Err(restored(work, content, stop));
    }
    work.note(Draft::new("voided").with("entry", called));
    work.record.begin_anew();
    work.moved = true;
    Ok(())
}

/// Takes back what FreshBooks no longer has, if it is as we left it, and then ends the look as `held`
/// says. A person may have voided it before.
pub(crate) async fn withdraw<E: Entry>(work: &mut Work<'_>, held: Stop) -> Result<(), Stop> {
    let mut taken_back = None;
    if work.record.has_begun() {
        let writer = work.writer().await?;
        settle_open(work, writer.reader()).await?;
        if let Some(id) = E::id(&mut work.record).clone() {
            start_moved(work, &held, (last_sent_as::<E>(&work.record), E::DAY)).await?;
            taken_back = Some(document_name(&work.record));
            take_back::<E>(work, &id, &writer).await?;
        }
    }
    end(work, held, taken_back)
}

pub(crate) async fn take_back<E: Entry>(
    work: &mut Work<'_>,
    id: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    let shown = shown::<E>(work, id, writer).await?;
    let Some(shown) = shown.filter(|shown| !is_voided(shown.status())) else {
        work.note(Draft::new("gone from Cin7 already"));
        work.record.begin_anew();
        work.moved = true;
        return Ok(());
    };
    as_left::<E>(work, &shown, None, writer).await?;
    void::<E>(work, id, writer).await
}
