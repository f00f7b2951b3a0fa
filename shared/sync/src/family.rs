//! Records that stand on each other: a payment on its invoice.
//!
//! A child is known to its parent before it may wait for it, in the parent's own record: no index that
//! lags decides who is released.

use std::time::Duration;

use clock::later;
use ledger::audit::Draft;
use ledger::{Record, RecordKey, State};

use crate::engine::{Engine, Looked};
use crate::look::look_at;
use crate::stop::Stop;
use crate::work::{Origin, Work, Worker, name_of};

/// How much time of an invocation has to be left to look at one more record.
const ONE_MORE: Duration = Duration::from_secs(10);

/// Looks at a record's parent first, in the same pass; gives back what it came to. Whatever the parent
/// did to this record meanwhile is read again.
pub(crate) async fn bring_parent(work: &mut Work<'_>, parent: &RecordKey) -> Result<Record, Stop> {
    work.record.parent = Some(parent.clone());
    let engine = work.engine;
    let known = engine.ledger.record(parent).await?;
    // One that a person has to look at stands as it is until they did: another look would only try
    // again what was refused.
    let as_it_is = |known: &Record| {
        is_put_off(work, known) || (known.state == State::Attention && stands(known))
    };
    if let Some(known) = known.filter(as_it_is) {
        return adopted(work, known).await;
    }
    // Whoever looked at the parent a moment ago need not do it again.
    if !matches!(work.origin, Origin::Parent | Origin::Sibling) {
        work.save().await?;
        let heard = Draft::new("received")
            .with("event", "needed by")
            .with("record", work.record.key.to_string());
        let origin = Origin::Child(work.record.key.clone());
        if let Looked::Held { until } = look_at(engine, parent, heard, work.worker, origin).await? {
            return Err(Stop::Later {
                until,
                sentence: format!(
                    "{} waits for another worker to finish with {} {}.",
                    work.subject(),
                    parent.kind,
                    parent.id
                ),
            });
        }
        read_again(work).await?;
    }
    let found = engine.ledger.record(parent).await?;
    found.ok_or_else(|| {
        Stop::Retry(format!(
            "{}: its {} has no record yet.",
            work.subject(),
            parent.kind
        ))
    })
}

/// Whether a record is tried again at a time of its own, which whoever needs it must not shorten.
pub(crate) fn is_put_off(work: &Work<'_>, record: &Record) -> bool {
    let now = work.engine.ledger.clock().now();
    matches!(record.state, State::Retrying | State::Uncertain)
        && record.due_at.is_some_and(|due| due > now)
}

/// Makes the record known to a parent that is not looked at now.
async fn adopted(work: &mut Work<'_>, mut parent: Record) -> Result<Record, Stop> {
    if parent.adopt_child(&work.record.key) {
        let needed = Draft::new("needed").with("by", work.record.key.to_string());
        let ledger = &work.engine.ledger;
        ledger
            .commit(&mut parent, vec![needed], work.worker.owner)
            .await?;
    }
    Ok(parent)
}

/// The parent may have taken this record's document off: what is known of it is what the ledger says.
async fn read_again(work: &mut Work<'_>) -> Result<(), Stop> {
    let Some(mut now) = work.engine.ledger.record(&work.record.key).await? else {
        return Ok(());
    };
    now.lease.clone_from(&work.record.lease);
    now.state = work.record.state;
    now.total.clone_from(&work.record.total);
    now.currency.clone_from(&work.record.currency);
    now.day = work.record.day;
    now.seen.clone_from(&work.record.seen);
    now.parent.clone_from(&work.record.parent);
    work.record = now;
    Ok(())
}

/// Makes due what waits for this record, and whatever stands on it where it moved. Returns who that is.
pub(crate) async fn release(work: &Work<'_>) -> Result<Vec<RecordKey>, ledger::Error> {
    let record = &work.record;
    let mut released = Vec::new();
    let ledger = &work.engine.ledger;
    if work.moved
        && let Some(parent) = &record.parent
    {
        return release_siblings(work, parent).await;
    }
    // While its own end is open, whatever is released would come back to wait.
    let ended = !matches!(record.state, State::Retrying | State::Uncertain);
    let news = stands(record) || (ended && record.state != work.found);
    if !(news || work.moved) {
        return Ok(released);
    }
    let because = name_of(record);
    for key in &record.children {
        if work.origin == Origin::Child(key.clone()) {
            continue;
        }
        let Some(child) = ledger.record(key).await? else {
            continue;
        };
        let waits = child.waiting_for.as_deref() == Some(what_for(&record.key).as_str());
        if (waits || work.moved) && ledger.release(key, work.worker.owner, &because).await? {
            released.push(key.clone());
        }
    }
    Ok(released)
}

/// What this record gave up may be what another on the same parent needs: one that a person looks at and
/// that does not stand is looked at again.
pub(crate) async fn release_siblings(
    work: &Work<'_>,
    parent: &RecordKey,
) -> Result<Vec<RecordKey>, ledger::Error> {
    let ledger = &work.engine.ledger;
    let mut released = Vec::new();
    let Some(parent) = ledger.record(parent).await? else {
        return Ok(released);
    };
    let because = name_of(&work.record);
    for key in parent
        .children
        .iter()
        .filter(|key| **key != work.record.key)
    {
        let Some(sibling) = ledger.record(key).await? else {
            continue;
        };
        let held_back = sibling.state == State::Attention && !sibling.has_begun();
        if held_back && ledger.release(key, work.worker.owner, &because).await? {
            released.push(key.clone());
        }
    }
    Ok(released)
}

/// What a record waits for that waits for this one.
pub(crate) fn what_for(parent: &RecordKey) -> String {
    format!("{}:{}", parent.kind, parent.id)
}

/// Whether a record's whole document stands in Cin7, so that others can stand on it.
pub(crate) fn stands(record: &Record) -> bool {
    let settled = matches!(
        record.state,
        State::Posted | State::Confirmed | State::Attention
    );
    let made = record.cin7.sale_id.is_some() || record.cin7.purchase_id.is_some();
    settled && record.content.is_some() && made
}

/// Looks at each in the same pass while there is time; the others are due and are queued.
pub(crate) async fn look_at_each(
    engine: &Engine,
    keys: &[RecordKey],
    worker: Worker<'_>,
) -> Result<(), ledger::Error> {
    for key in keys {
        if later(engine.ledger.clock().now(), ONE_MORE) > worker.patience {
            return Ok(());
        }
        let heard = Draft::new("received").with("event", "released");
        look_at(engine, key, heard, worker, Origin::Parent).await?;
    }
    Ok(())
}
