//! Settling everything that is open in a record, before anything new is planned.

use cin7::{NewJournal, NewMoneyOperation, Reader};
use ledger::{Record, Sent, Step as KnownStep, StepStatus};

use super::entry::{CompletedEntry, Entry, MarkedEntry, VoidEntry};
use super::invoice::AuthorisedInvoice;
use super::order::AuthorisedOrder;
use super::payment::{ChangedPayment, MarkedPayment, RemovePayment};
use super::protocol::{Probe, digest};
use super::purchase::MarkedPurchase;
use super::sale::MarkedSale;
use super::settle::settle;
use super::undo::{Undo, VoidDocument};
use crate::side::{Payable, Purchases, Sales, Side};
use crate::stop::Stop;
use crate::work::Work;

/// Looks for whatever may have been written, by what the ledger says was sent. Afterwards every step of
/// the record is done or certainly not; a customer or supplier is settled where it is resolved.
pub(crate) async fn settle_open(work: &mut Work<'_>, reader: &Reader) -> Result<(), Stop> {
    let open: Vec<KnownStep> = work
        .record
        .steps
        .iter()
        .filter(|step| matches!(step.status, StepStatus::Intended | StepStatus::Uncertain))
        .cloned()
        .collect();
    for step in open {
        settle_one(work, &step, reader).await?;
    }
    let is_done = |name: &str| {
        work.record
            .step(name)
            .is_some_and(|step| step.status == StepStatus::Done)
    };
    // What was taken back for good makes room for another document.
    let for_good = [
        Sales::VOID,
        Purchases::VOID,
        Sales::PAYMENT_REMOVAL,
        NewJournal::VOIDED,
        NewMoneyOperation::VOIDED,
    ];
    let removed = is_done(Purchases::PAYMENT_REMOVAL);
    let with_its_purchase = work.record.step(Purchases::HEADER).is_some();
    if for_good.into_iter().any(is_done) || (removed && !with_its_purchase) {
        work.record.begin_anew();
        work.moved = true;
    } else if removed {
        forget_payment(&mut work.record);
    }
    Ok(())
}

/// What was paid and bought in one record is taken back in one as well: that the payment is gone stays
/// known until its purchase is.
pub(crate) fn forget_payment(record: &mut Record) {
    let of_payment = [Purchases::PAYMENT, Purchases::PAYMENT_UPDATE];
    let steps = &mut record.steps;
    steps.retain(|step| !of_payment.contains(&step.name.as_str()));
    record.cin7.payment_id = None;
}

async fn settle_one(work: &mut Work<'_>, step: &KnownStep, reader: &Reader) -> Result<(), Stop> {
    let mark = step.mark.clone();
    match step.name.as_str() {
        MarkedSale::NAME => settle(work, &MarkedSale { mark }, reader).await?,
        MarkedPurchase::NAME => {
            let marked = MarkedPurchase::of(work, &mark);
            settle(work, &marked, reader).await?
        }
        name if is_of::<Sales>(name) => settle_document::<Sales>(work, step, reader).await?,
        name if is_of::<Purchases>(name) => {
            settle_document::<Purchases>(work, step, reader).await?
        }
        name if is_payment_of::<Sales>(name) => settle_payment::<Sales>(work, step, reader).await?,
        name if is_payment_of::<Purchases>(name) => {
            settle_payment::<Purchases>(work, step, reader).await?
        }
        _ => {
            settle_entry::<NewJournal>(work, step, reader).await?;
            return settle_entry::<NewMoneyOperation>(work, step, reader).await;
        }
    };
    Ok(())
}

/// Whether a step is about what stands in a document of a side.
fn is_of<S: Side>(name: &str) -> bool {
    [S::ORDER, S::INVOICE, S::UNDO, S::VOID].contains(&name)
}

async fn settle_document<S: Side>(
    work: &mut Work<'_>,
    step: &KnownStep,
    reader: &Reader,
) -> Result<bool, Stop> {
    let id = S::id(&work.record.cin7).unwrap_or_default().to_owned();
    let name = step.name.as_str();
    if name == S::UNDO {
        return settle(work, &Undo::<S>::from_mark(&step.mark, &id), reader).await;
    }
    if name == S::VOID {
        return settle(work, &VoidDocument::<S>::new(&id), reader).await;
    }
    let sent = sent(work, step).await?;
    // Only where it was taken back before may it still show what stood there then.
    let taken_back = work.record.step(S::UNDO).is_some();
    if name == S::ORDER {
        let order = AuthorisedOrder::<S>::new(&id, sent, taken_back);
        return settle(work, &order, reader).await;
    }
    let invoice = AuthorisedInvoice::<S>::new(&id, sent, taken_back);
    settle(work, &invoice, reader).await
}

/// Whether a step is about a payment on a document of a side.
fn is_payment_of<S: Payable>(name: &str) -> bool {
    [S::PAYMENT, S::PAYMENT_UPDATE, S::PAYMENT_REMOVAL].contains(&name)
}

async fn settle_payment<S: Payable>(
    work: &mut Work<'_>,
    step: &KnownStep,
    reader: &Reader,
) -> Result<bool, Stop> {
    let id = S::id(&work.record.cin7).unwrap_or_default().to_owned();
    let payment_id = work.record.cin7.payment_id.clone().unwrap_or_default();
    if step.name == S::PAYMENT {
        let marked = MarkedPayment::<S>::new(&id, &step.mark, None);
        return settle(work, &marked, reader).await;
    }
    if step.name == S::PAYMENT_REMOVAL {
        // What was removed is known by the step alone once it was forgotten.
        let removal = RemovePayment::<S>::new(&id, &step.mark);
        return settle(work, &removal, reader).await;
    }
    let sent = sent(work, step).await?.unwrap_or_default();
    let before = match work.record.step(S::PAYMENT) {
        Some(step) => self::sent(work, step).await?,
        None => None,
    };
    let changed = ChangedPayment::<S>::new(&id, &payment_id, sent, before);
    let applied = settle(work, &changed, reader).await?;
    if applied {
        keep_update::<S>(work, &changed.sent).await?;
    }
    Ok(applied)
}

/// Settles a step of a journal or of a money operation; any other is left as it is.
async fn settle_entry<E: Entry>(
    work: &mut Work<'_>,
    step: &KnownStep,
    reader: &Reader,
) -> Result<(), Stop> {
    let name = step.name.as_str();
    if name == E::MADE {
        settle(work, &MarkedEntry::<E>::new(&step.mark), reader).await?;
    } else if name == E::COMPLETED {
        let sent = sent(work, step).await?.unwrap_or_default();
        let completed = CompletedEntry::<E>::new(&step.mark, sent);
        settle(work, &completed, reader).await?;
    } else if name == E::VOIDED {
        settle(work, &VoidEntry::<E>::new(&step.mark), reader).await?;
    }
    Ok(())
}

/// An update that was applied is what the payment was sent as from now on; the step is over.
pub(crate) async fn keep_update<S: Payable>(work: &mut Work<'_>, sent: &str) -> Result<(), Stop> {
    let record = &mut work.record;
    record.steps.retain(|step| step.name != S::PAYMENT_UPDATE);
    record.step_mut(S::PAYMENT).request = digest(sent);
    let standing = Sent {
        step: S::PAYMENT,
        request: sent,
    };
    Ok(work.save_sending(Some(standing)).await?)
}

/// What a step sent, whole; `None` where the ledger does not have it.
pub(crate) async fn sent(work: &Work<'_>, step: &KnownStep) -> Result<Option<String>, Stop> {
    let name = match step.name.as_str() {
        Sales::KEPT_ORDER => Sales::ORDER,
        Purchases::KEPT_ORDER => Purchases::ORDER,
        name => name,
    };
    let kept = work.engine.ledger.sent(&work.record.key, name).await?;
    Ok(kept.filter(|text| digest(text) == step.request))
}
