//! Taking a payment off its sale: because FreshBooks no longer has it, or to make way for its invoice.

use ledger::audit::Draft;
use ledger::{Claim, RecordKey, State};

use super::left;
use crate::copy::{open_period, sent_on};
use crate::family::what_for;
use crate::steps::{RemovePayment, run, settle_open};
use crate::stop::{Stop, conclude};
use crate::work::{Origin, Work, in_a_sentence};

/// Removes the record's payment from Cin7, if one stands and is as we left it. Afterwards the record
/// begins anew.
pub(crate) async fn take_off(work: &mut Work<'_>, why: &str) -> Result<(), Stop> {
    if !work.record.has_begun() {
        return Ok(());
    }
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let (Some(sale_id), Some(payment_id)) = (
        work.record.cin7.sale_id.clone(),
        work.record.cin7.payment_id.clone(),
    ) else {
        return Ok(());
    };
    match left::shown(work, &writer).await? {
        Some(shown) => {
            left::as_left(work, &shown).await?;
            let day = sent_on(work, &work.record, "payment", "DatePaid").await?;
            open_period(work, &writer, day, "it").await?;
            // Until the answer is known, nobody may take it for standing.
            work.record.content = None;
            let removal = RemovePayment {
                sale_id,
                payment_id,
            };
            run(work, &removal, &writer).await?;
            work.note(Draft::new("taken off").with("why", why));
        }
        None => work.note(Draft::new("gone from Cin7 already").with("why", why)),
    }
    work.record.begin_anew();
    work.moved = true;
    Ok(())
}

/// Takes every payment of an invoice off its sale; each then waits for the invoice.
pub(crate) async fn detach_all(work: &mut Work<'_>) -> Result<(), Stop> {
    // The children's looks take their own calls.
    work.save().await?;
    for key in work.record.children.clone() {
        let known = work.engine.ledger.record(&key).await?;
        let stands = |child: &ledger::Record| {
            child.has_begun() && child.parent.as_ref() == Some(&work.record.key)
        };
        if known.as_ref().is_some_and(stands) {
            detach(work, &key).await?;
        }
    }
    Ok(())
}

async fn detach(invoice: &Work<'_>, key: &RecordKey) -> Result<(), Stop> {
    let engine = invoice.engine;
    let subject = invoice.subject();
    let heard = Draft::new("received")
        .with("event", "making way")
        .with("for", &subject);
    let claim = engine
        .ledger
        .claim(key, invoice.worker.owner, engine.options.lease, heard)
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
    let known = (invoice.connection.clone(), invoice.settings.clone());
    let mut work = Work::new(engine, known, record, invoice.worker, Origin::Parent);
    let ended = take_off(&mut work, "its invoice is taken back").await;
    let failed = match ended {
        Ok(()) => {
            let sentence = format!(
                "{} was taken off its sale while {} is brought up to date, and goes on again after it.",
                work.subject(),
                in_a_sentence(&subject)
            );
            work.note(Draft::new("waiting").with("for", what_for(&invoice.record.key)));
            work.record.wait(what_for(&invoice.record.key), sentence);
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

/// What the payment's trouble means for its invoice: the same, in its own words.
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
