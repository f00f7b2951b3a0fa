//! Planning against what is known of a Cin7 account.

use std::sync::Arc;

use cin7::{Reader, Writer};
use ledger::{ConnectionId, Ledger};
use mapping::{Facts, Held};

use crate::cin7_pace::KeyPace;
use crate::facts::{Failed, Known, KnownFacts, read_entry};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// What came of planning: the plan and what it was made against, or what keeps the document back.
pub(crate) type Planned<T> = Result<(T, Arc<Known>), Held>;

/// Plans against the books as last read, and once more against a fresh reading where they lack something.
pub(crate) async fn plan_against<T>(
    work: &mut Work<'_>,
    writer: &Writer,
    plan: impl Fn(&Facts<'_>) -> Result<T, Held>,
) -> Result<Planned<T>, Stop> {
    let (engine, id, pace) = (work.engine, work.connection.id.clone(), work.pace());
    let on = (&engine.facts, &engine.ledger, &id);
    let planned = plan_with(on, writer.reader(), pace.as_deref(), plan).await;
    let (planned, renewed) = planned.map_err(|error| failed(work, error))?;
    if let Some(renewed) = renewed {
        work.note(read_entry(&renewed));
    }
    Ok(planned)
}

/// The same without a record; and the fresh reading, where there was one.
pub(crate) async fn plan_with<T>(
    (facts, ledger, id): (&KnownFacts, &Ledger, &ConnectionId),
    reader: &Reader,
    pace: Option<&KeyPace>,
    plan: impl Fn(&Facts<'_>) -> Result<T, Held>,
) -> Result<(Planned<T>, Option<Arc<Known>>), Failed> {
    let known = facts.get(ledger, id, reader, pace).await?;
    let held = match plan(&known.facts()) {
        Ok(planned) => return Ok((Ok((planned, known)), None)),
        Err(held) => held,
    };
    // What is for a person may have been put right there too: the lock date is one of the facts.
    if matches!(held, Held::Skipped { .. }) {
        return Ok((Err(held), None));
    }
    let Some(renewed) = facts.renewed(ledger, id, reader, pace).await? else {
        return Ok((Err(held), None));
    };
    let planned = plan(&renewed.facts()).map(|planned| (planned, renewed.clone()));
    Ok((planned, Some(renewed)))
}

fn failed(work: &Work<'_>, error: Failed) -> Stop {
    match error {
        Failed::Ledger(error) => Stop::Ledger(error),
        Failed::Cin7(cin7::Error::Refused(words)) => Stop::Retry(format!(
            "{}: Cin7's reference books could not be read: \u{201c}{words}\u{201d}. It is tried again.",
            work.subject()
        )),
        Failed::Cin7(error) => cin7_stop(&work.subject(), error),
    }
}
