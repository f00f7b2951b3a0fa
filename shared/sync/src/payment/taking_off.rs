//! Taking a payment off its sale or purchase: because FreshBooks no longer has it, or to make way for its
//! document.

use cin7::Writer;
use ledger::audit::Draft;
use ledger::{Claim, Record, RecordKey, State, StepStatus};

use super::left;
use crate::copy::{open_period, sent_on};
use crate::family::what_for;
use crate::side::{Payable, Purchases, Side as _};
use crate::steps::{RemovePayment, forget_payment, run, settle_open};
use crate::stop::{Stop, conclude};
use crate::work::{Origin, Work, in_a_sentence};

/// Removes the record's payment from Cin7, if one stands and is as we left it. Afterwards the record
/// begins anew.
pub(crate) async fn take_off<S: Payable>(work: &mut Work<'_>, why: &str) -> Result<(), Stop> {
    if !work.record.has_begun() {
        return Ok(());
    }
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    if remove::<S>(work, why, &writer).await? {
        work.record.begin_anew();
        work.moved = true;
    }
    Ok(())
}

/// Removes the payment, and says whether there was any to remove.
async fn remove<S: Payable>(work: &mut Work<'_>, why: &str, writer: &Writer) -> Result<bool, Stop> {
    let id = S::id(&work.record.cin7).map(str::to_owned);
    let (Some(id), Some(payment_id)) = (id, work.record.cin7.payment_id.clone()) else {
        return Ok(false);
    };
    match left::shown::<S>(work, writer).await? {
        Some(shown) => {
            left::as_left::<S>(work, &shown).await?;
            let day = sent_on(work, &work.record, S::PAYMENT, "DatePaid").await?;
            open_period(work, writer, day, "it").await?;
            // Until the answer is known, nobody may take it for standing.
            work.record.content = None;
            run(work, &RemovePayment::<S>::new(&id, &payment_id), writer).await?;
            work.note(Draft::new("taken off").with("why", why));
        }
        None => work.note(Draft::new("gone from Cin7 already").with("why", why)),
    }
    Ok(true)
}

/// Takes every payment of a document off it. Those with records of their own then wait for it; one that
/// stands in its record was paid when it was bought, and is made anew with the purchase.
pub(crate) async fn detach_all<S: Payable>(work: &mut Work<'_>) -> Result<(), Stop> {
    if work.record.step(S::PAYMENT).is_some() {
        let writer = work.writer().await?;
        remove::<S>(work, "its purchase is taken back", &writer).await?;
        forget_payment(&mut work.record);
    }
    // The children's looks take their own calls.
    work.save().await?;
    for key in work.record.children.clone() {
        let known = work.engine.ledger.record(&key).await?;
        let stands =
            |child: &Record| child.has_begun() && child.parent.as_ref() == Some(&work.record.key);
        if known.as_ref().is_some_and(stands) {
            detach::<S>(work, &key).await?;
        }
    }
    Ok(())
}

/// Whether the payment is gone that stood in the record of what was bought, and its purchase is not yet.
pub(crate) fn is_taken_off(record: &Record) -> bool {
    let removal = record.step(Purchases::PAYMENT_REMOVAL);
    removal.is_some_and(|step| step.status == StepStatus::Done)
        && record.step(Purchases::HEADER).is_some()
}

async fn detach<S: Payable>(document: &Work<'_>, key: &RecordKey) -> Result<(), Stop> {
    let engine = document.engine;
    let subject = document.subject();
    let heard = Draft::new("received")
        .with("event", "making way")
        .with("for", &subject);
    let claim = engine
        .ledger
        .claim(key, document.worker.owner, engine.options.lease, heard)
        .await?;
    let record = match claim {
        Claim::Ours(record) => *record,
        Claim::Held { until } => {
            return Err(Stop::Later {
                until,
                sentence: format!(
                    "{subject} waits for another worker to finish with payment {}.",
                    key.id
                ),
            });
        }
    };
    let known = (document.connection.clone(), document.settings.clone());
    let mut work = Work::new(engine, known, record, document.worker, Origin::Parent);
    let ended = take_off::<S>(&mut work, &format!("its {} is taken back", S::PAID)).await;
    let failed = match ended {
        Ok(()) => {
            let sentence = format!(
                "{} was taken off its {} while {} is brought up to date, and goes on again after it.",
                work.subject(),
                S::NOUN,
                in_a_sentence(&subject)
            );
            work.note(Draft::new("waiting").with("for", what_for(&document.record.key)));
            work.record.wait(what_for(&document.record.key), sentence);
            None
        }
        Err(stop) => {
            conclude(&mut work, stop.clone())?;
            Some(stop)
        }
    };
    work.record.lease = None;
    work.save().await?;
    match failed {
        None => Ok(()),
        Some(stop) => Err(follow(&subject, &work, stop)),
    }
}

/// What the payment's trouble means for its document: the same, in its own words.
fn follow(subject: &str, payment: &Work<'_>, stop: Stop) -> Stop {
    let sentence = format!(
        "{subject} cannot be brought up to date yet. {}",
        payment.record.sentence
    );
    match stop {
        Stop::Throttled { whose, wait } => Stop::Throttled { whose, wait },
        Stop::Ledger(error) => Stop::Ledger(error),
        Stop::KeysRefused(_) => Stop::KeysRefused(sentence),
        _ => match (payment.record.state, payment.record.due_at) {
            (State::Retrying | State::Uncertain, Some(until)) => Stop::Later { until, sentence },
            _ => Stop::Attention(sentence),
        },
    }
}
