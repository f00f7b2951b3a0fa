//! One look at one record, from claiming it to releasing what stands on it.

use std::pin::Pin;
use std::sync::Arc;

use ledger::audit::Draft;
use ledger::{Claim, Connection, Record, RecordKey, State, Status};
use mapping::Settings;

use crate::engine::{Engine, Looked, report};
use crate::family;
use crate::stop::{Stop, conclude};
use crate::work::{Origin, Work, Worker};
use crate::{invoice, payment};

/// A look in progress, boxed because a payment looks at its invoice, and an invoice at its payments.
pub(crate) type Look<'a> = Pin<Box<dyn Future<Output = Result<Looked, ledger::Error>> + Send + 'a>>;

/// Looks at `key`; the outermost look also looks at whatever it released.
pub(crate) fn look_at<'a>(
    engine: &'a Engine,
    key: &'a RecordKey,
    heard: Draft,
    worker: Worker<'a>,
    origin: Origin,
) -> Look<'a> {
    Box::pin(async move {
        let claim = engine
            .ledger
            .claim(key, worker.owner, engine.options.lease, heard);
        let mut record = match claim.await? {
            Claim::Ours(record) => *record,
            Claim::Held { until } => return Ok(Looked::Held { until }),
        };
        forgive(&mut record);
        // Before anything can fail: the look that comes of a retry no longer hears the event. What was
        // announced of one record says nothing of those that are looked at for its sake.
        record.told_deleted |= origin == Origin::Message && worker.event.ends_with(".delete");
        let known = match connection_of(engine, &mut record).await? {
            Ok(known) => known,
            Err(draft) => return put_back(engine, record, draft, worker.owner).await,
        };
        let outermost = origin == Origin::Message;
        let mut work = Work::new(engine, known, record, worker, origin);
        if let Err(stop) = dispatch(&mut work).await {
            conclude(&mut work, stop)?;
        }
        // Before the record itself is written: should this worker die in between, they are due.
        let released = family::release(&work).await?;
        work.record.lease = None;
        work.save().await?;
        report(&work.record);
        if outermost {
            family::look_at_each(engine, &released, worker).await?;
        }
        Ok(Looked::At(work.record.state))
    })
}

/// Whatever ended the tries before: a new reason to look is a new start.
fn forgive(record: &mut Record) {
    let on_its_way = matches!(
        record.state,
        State::Retrying | State::Uncertain | State::Queued | State::Working
    );
    if !on_its_way {
        record.attempts = 0;
        record.steps.iter_mut().for_each(|step| step.writes = 0);
    }
}

type Known = (Connection, Arc<Settings>);

/// The record's connection and its settings; without them the record ends here, with this entry.
async fn connection_of(
    engine: &Engine,
    record: &mut Record,
) -> Result<Result<Known, Draft>, ledger::Error> {
    let id = record.key.connection.clone();
    let Some(connection) = engine.ledger.connection(&id).await? else {
        let sentence = format!(
            "{} {}: there is no connection {id}. Remove its callback in FreshBooks, or connect it again.",
            record.key.kind, record.key.id
        );
        record.enter(State::Attention, sentence);
        return Ok(Err(Draft::new("attention")));
    };
    match engine.settings(&connection).await? {
        Ok(settings) => Ok(Ok((connection, settings))),
        Err(sentence) => {
            record.wait("settings", sentence);
            Ok(Err(Draft::new("waiting").with("for", "settings")))
        }
    }
}

/// Ends a look that went no further than the record.
pub(crate) async fn put_back(
    engine: &Engine,
    mut record: Record,
    draft: Draft,
    owner: &str,
) -> Result<Looked, ledger::Error> {
    record.lease = None;
    let draft = draft.with("sentence", &record.sentence);
    engine
        .ledger
        .commit(&mut record, vec![draft], owner)
        .await?;
    report(&record);
    Ok(Looked::At(record.state))
}

async fn dispatch(work: &mut Work<'_>) -> Result<(), Stop> {
    if work.connection.status == Status::Paused {
        let sentence = format!(
            "{} waits: connection {} is paused. Resume it.",
            work.subject(),
            work.connection.id
        );
        return Err(Stop::Wait {
            what: "connection:resumed".to_owned(),
            sentence,
        });
    }
    match work.record.key.kind.as_str() {
        "invoice" => invoice::look(work).await,
        "payment" => payment::look(work).await,
        _ => Err(Stop::Skip {
            rule: "kind".to_owned(),
            sentence: format!(
                "{} does not cross: this version moves invoices and payments only.",
                work.subject()
            ),
        }),
    }
}
