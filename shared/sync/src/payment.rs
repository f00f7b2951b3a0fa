//! A FreshBooks payment becomes a payment of its invoice's sale, a bill payment one of its bill's
//! purchase.

mod kinds;
mod left;
mod room;
mod taking_off;

use cin7::{NewSalePayment, PaymentType, Writer, payment_request};
use freshbooks::Shown;
use ledger::audit::Draft;
use ledger::{Record, RecordKey, State};
use mapping::{Held, PaymentPlan, Settings};

use crate::copy::{open_period, sent_on};
use crate::family::{bring_parent, release_siblings, stands, what_for};
use crate::fetch;
use crate::look::deleted;
use crate::planning::plan_against;
use crate::posting::{finished, unchanged};
use crate::side::{Payable, Side as _};
use crate::steps::{CreatePayment, UpdatePayment, digest, keep_update, run, sent, settle_open};
use crate::stop::Stop;
use crate::withdraw::{end, start_moved};
use crate::work::{Work, name_of};

pub(crate) use kinds::{AnyPayment, paid_invoice};
pub(crate) use left::touched;
pub(crate) use room::{left_open, too_large};
pub(crate) use taking_off::{detach_all, is_taken_off, take_off};

pub(crate) async fn look<P: AnyPayment>(work: &mut Work<'_>) -> Result<(), Stop> {
    let payment = match P::fetch(work).await? {
        None => return fetch::gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(payment)) => payment,
    };
    work.describe_amount(payment.amount(), payment.paid_on());
    work.record.told_deleted = false;
    let content = payment.content();
    work.saw(&content, payment.version());
    work.note(
        Draft::new("fetched")
            .with("version", payment.version())
            .with("amount", payment.amount().to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    match payment.crosses(&work.settings) {
        Ok(()) => {}
        Err(held @ Held::Skipped { .. }) => {
            let held = Stop::from(held);
            start_moved(work, &held, (P::Side::PAYMENT, "DatePaid")).await?;
            take_off::<P::Side>(work, "it no longer counts in FreshBooks").await?;
            return end(work, held, None);
        }
        Err(held) => return Err(held.into()),
    }
    let parent = parent_key(work, &payment)?;
    leave_other_parent::<P>(work, &parent).await?;
    let parent = bring_parent(work, &parent).await?;
    on_standing(&work.subject(), &parent)?;
    // The parent's look may have taken it off and put it on again.
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    put_on(work, &payment, &parent).await?;
    finished(work, content);
    Ok(())
}

/// Takes the payment off what it paid before, where FreshBooks moved it.
async fn leave_other_parent<P: AnyPayment>(
    work: &mut Work<'_>,
    parent: &RecordKey,
) -> Result<(), Stop> {
    let before = work.record.parent.clone();
    let Some(before) = before.filter(|before| before != parent) else {
        return Ok(());
    };
    let why = format!("FreshBooks moved it to another {}", P::Side::PAID);
    take_off::<P::Side>(work, &why).await?;
    if work.moved {
        release_siblings(work, &before).await?;
    }
    Ok(())
}

fn parent_key<P: AnyPayment>(work: &Work<'_>, payment: &P) -> Result<RecordKey, Stop> {
    let subject = work.subject();
    let (noun, id) = (P::Side::PAID, payment.parent_id());
    RecordKey::parse(work.connection.id.as_str(), noun, id)
        .map_err(|_| Stop::Attention(format!("{subject} is of {noun} {id:?}, which cannot be.")))
}

/// What an invoice or a bill that does not stand in Cin7 means for its payment.
pub(crate) fn on_standing(subject: &str, parent: &Record) -> Result<(), Stop> {
    if stands(parent) {
        return Ok(());
    }
    let (noun, name) = (parent.key.kind.as_str(), name_of(parent));
    if parent.state == State::Skipped {
        return Err(Stop::Skip {
            rule: noun.to_owned(),
            sentence: format!(
                "{subject} does not cross, because its {noun} does not: {}",
                parent.sentence
            ),
        });
    }
    if parent.state == State::Reversed {
        return Err(Stop::Wait {
            what: what_for(&parent.key),
            sentence: format!(
                "{subject} stands in FreshBooks, but its {noun} does not: {} Delete the payment there too, or \
                 restore the {noun}, with which it crosses again.",
                parent.sentence
            ),
        });
    }
    Err(Stop::Wait {
        what: what_for(&parent.key),
        sentence: format!(
            "{subject} waits for its {noun}, and crosses after it. {name} is {}: {}",
            parent.state.name(),
            parent.sentence
        ),
    })
}

/// Posts the payment to the document that stands, or changes the one that stands there.
async fn put_on<P: AnyPayment>(
    work: &mut Work<'_>,
    payment: &P,
    parent: &Record,
) -> Result<(), Stop> {
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let plan = plan(work, payment, parent, &writer).await?;
    room::make_room::<P::Side>(work, &plan, parent).await?;
    let Some(id) = P::Side::id(&parent.cin7).map(str::to_owned) else {
        return Err(Stop::Retry(format!(
            "{}: its {} has no id yet.",
            work.subject(),
            P::Side::NOUN
        )));
    };
    work.record
        .cin7
        .order_number
        .clone_from(&parent.cin7.order_number);
    work.record
        .cin7
        .invoice_number
        .clone_from(&parent.cin7.invoice_number);
    let mark = P::mark(
        &work.connection.account_id,
        payment.id(),
        work.record.generation,
    );
    let target = Target::of::<P::Side>(parent);
    let wanted = wanted(mark, &work.settings, plan, &target);
    if let Some(payment_id) = work.record.cin7.payment_id.clone() {
        let before = match work.record.step(P::Side::PAYMENT) {
            Some(step) => sent(work, step).await?,
            None => None,
        };
        let made_as = payment_request(&wanted);
        let update = UpdatePayment::<P::Side>::new(&id, &payment_id, wanted, before);
        // What was found after a lost answer may be what is wanted already.
        let standing = work.record.step(P::Side::PAYMENT);
        let standing = standing.map(|step| &step.request);
        if [digest(&made_as), digest(&update.changed.sent)]
            .iter()
            .any(|request| Some(request) == standing)
        {
            return Ok(());
        }
        return change(work, update, &writer).await;
    }
    P::Side::keep_id(&mut work.record.cin7, &id);
    run(work, &CreatePayment::<P::Side>::new(&id, wanted), &writer).await
}

/// What a payment is put on.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The task of the invoice; of a simple sale or purchase the document itself.
    task_id: String,
}

impl Target {
    pub(crate) fn of<S: Payable>(paid: &Record) -> Self {
        let id = S::id(&paid.cin7).unwrap_or_default();
        Self::task(paid.cin7.task_id.as_deref().unwrap_or(id))
    }

    pub(crate) fn task(task_id: &str) -> Self {
        Self {
            task_id: task_id.to_owned(),
        }
    }
}

/// The payment as Cin7 is to hold it.
pub(crate) fn wanted(
    mark: String,
    settings: &Settings,
    plan: PaymentPlan,
    target: &Target,
) -> NewSalePayment {
    NewSalePayment {
        task_id: target.task_id.clone(),
        amount: plan.amount.amount,
        paid_on: plan.paid_on,
        account: plan.account,
        currency_rate: plan.currency_rate,
        reference: mark,
        kind: if settings.cin7.payment_type_in_capitals {
            PaymentType::Capitals
        } else {
            PaymentType::Sample
        },
    }
}

/// Changes the payment that stands, if it is as we left it. One that a person made what it should be is
/// left alone.
async fn change<S: Payable>(
    work: &mut Work<'_>,
    update: UpdatePayment<S>,
    writer: &Writer,
) -> Result<(), Stop> {
    let Some(shown) = left::shown::<S>(work, writer).await? else {
        return Err(Stop::Attention(format!(
            "{} was changed in FreshBooks, and somebody deleted it in Cin7. It is not written again; enter \
             it there by hand if it should stand.",
            work.subject()
        )));
    };
    // What is not shown must not pass for being so already: only what somebody changed is adopted.
    let edited = left::difference::<S>(work, &work.record, &shown)
        .await?
        .is_some();
    if edited && shown.differences(&update.changed.sent).is_empty() {
        work.note(Draft::new("adopted").with("payment", &shown.id));
        work.record.cin7.total = Some(money::cents(shown.amount).to_string());
        return Ok(());
    }
    left::as_left::<S>(work, &shown).await?;
    let day = sent_on(work, &work.record, S::PAYMENT, "DatePaid").await?;
    open_period(work, writer, day, "it").await?;
    // Until the answer is known, Cin7 holds neither for certain.
    work.record.content = None;
    run(work, &update, writer).await?;
    keep_update::<S>(work, &update.changed.sent).await?;
    work.moved = true;
    Ok(())
}

async fn plan<P: AnyPayment>(
    work: &mut Work<'_>,
    payment: &P,
    parent: &Record,
    writer: &Writer,
) -> Result<PaymentPlan, Stop> {
    let settings = work.settings.clone();
    let planned = plan_against(work, writer, |facts| payment.plan(parent, &settings, facts));
    let (plan, _) = planned.await??;
    let version = work.connection.settings_version.to_string();
    work.note(
        Draft::new("planned")
            .with(P::Side::PAID, parent.number.clone().unwrap_or_default())
            .with("account", &plan.account)
            .with("settings_version", version),
    );
    Ok(plan)
}
