//! One look at one record, from claiming it to releasing what stands on it.

use std::pin::Pin;
use std::sync::Arc;

use cin7::{NewJournal, NewMoneyOperation};
use freshbooks::Payment;
use ledger::audit::Draft;
use ledger::{Claim, Connection, Record, RecordKey, State, Status};
use mapping::Settings;

use crate::catch_up::DELETED;
use crate::engine::{Engine, Looked, report};
use crate::family;
use crate::side::{Purchases, Sales};
use crate::stop::{RESUMED, Stop, conclude};
use crate::withdraw::{end, withdraw};
use crate::work::{Origin, Work, Worker};
use crate::{
    bill, bill_payment, credentials, credit_note, entry, expense, income, invoice, journal, payment,
};

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
        let mut ended = dispatch(&mut work).await;
        if let Err(Stop::KeysRefused(sentence)) = ended {
            ended = match judged(&mut work, sentence).await {
                Ok(()) => dispatch(&mut work).await,
                Err(stop) => Err(stop),
            };
        }
        if let Err(stop) = ended {
            conclude(&mut work, stop)?;
        }
        // Before the record itself is written: should this worker die in between, they are due.
        let mut released = family::release(&work).await?;
        for key in std::mem::take(&mut work.found_children) {
            if !released.contains(&key) {
                released.push(key);
            }
        }
        work.record.lease = None;
        work.save().await?;
        report(&work.record);
        resumed_meanwhile(&work).await?;
        if outermost {
            family::look_at_each(engine, &released, worker).await?;
        }
        Ok(Looked::At(work.record.state))
    })
}

/// Boxed for the same reason as [`dispatch`].
fn judged<'w>(
    work: &'w mut Work<'_>,
    sentence: String,
) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + Send + 'w>> {
    Box::pin(credentials::judge(work, sentence))
}

/// A connection that was resumed between this look's reading of it and its end has released what waited
/// then, and this record was not among it.
async fn resumed_meanwhile(work: &Work<'_>) -> Result<(), ledger::Error> {
    let record = &work.record;
    if record.state != State::Waiting || record.waiting_for.as_deref() != Some(RESUMED) {
        return Ok(());
    }
    let ledger = &work.engine.ledger;
    let connection = ledger.connection(&record.key.connection).await?;
    if connection.is_some_and(|connection| connection.status == Status::Active) {
        let because = "its connection works again";
        ledger
            .release(&record.key, work.worker.owner, because)
            .await?;
    }
    Ok(())
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
    let known = engine.ledger.connection(&id).await?;
    let Some(connection) = known.filter(|known| known.status != Status::Removed) else {
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

/// Boxed where it is made: looks nest, and each would carry the whole of it on the stack.
fn dispatch<'w>(
    work: &'w mut Work<'_>,
) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + Send + 'w>> {
    Box::pin(dispatched(work))
}

/// The kinds that have a look of their own in [`dispatched`]: what is caught up with.
const LOOKED_AT: [&str; 8] = [
    "invoice",
    "payment",
    "bill",
    "bill_payment",
    "expense",
    "other_income",
    "credit_note",
    "journal_entry",
];

/// Whether records of this kind cross.
pub(crate) fn is_looked_at(kind: &str) -> bool {
    LOOKED_AT.contains(&kind)
}

async fn dispatched(work: &mut Work<'_>) -> Result<(), Stop> {
    if let Some(why) = credentials::stopped(&work.connection) {
        return Err(Stop::Wait {
            what: RESUMED.to_owned(),
            sentence: format!("{} waits: {why}", work.subject()),
        });
    }
    let kind = work.record.key.kind.clone();
    // What stands in Cin7 is kept up with, whatever is switched off since.
    if !work.record.has_begun() {
        mapping::kind_crosses(&work.subject(), kind.as_str(), &work.settings)?;
    }
    match kind.as_str() {
        "invoice" => invoice::look(work).await,
        "payment" => payment::look::<Payment>(work).await,
        "bill" => bill::look(work).await,
        "bill_payment" => bill_payment::look(work).await,
        "expense" => expense::look(work).await,
        "other_income" => income::look(work).await,
        "credit_note" => credit_note::look(work).await,
        "journal_entry" => journal::look(work).await,
        kind => Err(Stop::Skip {
            rule: "kind".to_owned(),
            sentence: format!(
                "{} does not cross: this version moves no documents of the kind {kind}.",
                work.subject()
            ),
        }),
    }
}

/// Takes whatever stands of a record in Cin7 back, because of `why`, and ends its look as `held` says.
pub(crate) async fn take_back(work: &mut Work<'_>, held: Stop, why: &str) -> Result<(), Stop> {
    match work.record.key.kind.as_str() {
        "invoice" => withdraw::<Sales>(work, held).await,
        "bill" => withdraw::<Purchases>(work, held).await,
        "expense" => expense::withdraw(work, held).await,
        "other_income" => entry::withdraw::<NewMoneyOperation>(work, held).await,
        "journal_entry" => entry::withdraw::<NewJournal>(work, held).await,
        "bill_payment" => {
            payment::take_off::<Purchases>(work, why).await?;
            end(work, held, None)
        }
        _ => {
            payment::take_off::<Sales>(work, why).await?;
            end(work, held, None)
        }
    }
}

/// What FreshBooks shows as deleted is taken back.
pub(crate) async fn deleted(work: &mut Work<'_>) -> Result<(), Stop> {
    work.record.told_deleted = false;
    work.saw(DELETED, "");
    work.note(Draft::new("fetched").with("deleted", "yes"));
    let held = Stop::Skip {
        rule: "deleted".to_owned(),
        sentence: format!(
            "{} is deleted in FreshBooks, so nothing of it is posted; restore it there if it should cross.",
            work.subject()
        ),
    };
    take_back(work, held, "it was deleted in FreshBooks").await
}
