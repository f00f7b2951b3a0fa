//! Whether Cin7's copy of an entry is still as we left it.

use cin7::{ShownEntry, Writer, sent_day};
use jiff::civil::Date;
use ledger::audit::Draft;
use ledger::{Record, Step, StepStatus};

use crate::copy::open_period;
use crate::side::document_name;
use crate::steps::{Entry, is_completed, is_voided, sent};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// A step of the record that is done.
pub(super) fn done<'a>(record: &'a Record, name: &str) -> Option<&'a Step> {
    let step = record.step(name);
    step.filter(|step| step.status == StepStatus::Done)
}

/// The step that says how the entry was last sent.
pub(super) fn last_sent_as<E: Entry>(record: &Record) -> &'static str {
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
pub(super) async fn shown<E: Entry>(
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
pub(super) async fn touched<E: Entry>(
    work: &Work<'_>,
    shown: &ShownEntry,
) -> Result<Option<String>, Stop> {
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
pub(super) async fn as_left<E: Entry>(
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
