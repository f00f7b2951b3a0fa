//! A FreshBooks payment becomes a payment of its invoice's sale.

mod left;
mod room;
mod taking_off;

use cin7::{NewSalePayment, PaymentType, Writer, payment_request};
use freshbooks::{Payment, ShownPayment};
use ledger::audit::Draft;
use ledger::{Record, RecordKey, State};
use mapping::{
    Held, PaidInvoice, PaymentPlan, Settings, payment_crosses, payment_hash, payment_mark,
    plan_payment,
};

use crate::copy::{open_period, sent_on};
use crate::family::{bring_parent, release_siblings, stands, what_for};
use crate::fetch;
use crate::look::deleted;
use crate::planning::plan_against;
use crate::posting::{finished, unchanged};
use crate::steps::{
    CreatePayment, MarkedPayment, UpdatePayment, digest, keep_update, run, sent, settle_open,
};
use crate::stop::Stop;
use crate::withdraw::{end, start_moved};
use crate::work::{Work, name_of};

pub(crate) use left::{step_name, touched};
pub(crate) use room::{left_open, too_large};
pub(crate) use taking_off::{detach_all, take_off};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let payment = match fetch::payment(work).await? {
        None => return fetch::gone(work).await,
        Some(ShownPayment::Deleted { .. }) => return deleted(work).await,
        Some(ShownPayment::Standing(payment)) => payment,
    };
    work.describe_amount(payment.amount, payment.paid_on);
    work.record.told_deleted = false;
    let content = payment_hash(&payment);
    work.note(
        Draft::new("fetched")
            .with("version", &payment.version)
            .with("amount", payment.amount.to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    match payment_crosses(&payment, &work.settings) {
        Ok(()) => {}
        Err(held @ Held::Skipped { .. }) => {
            let held = Stop::from(held);
            start_moved(work, &held, ("payment", "DatePaid")).await?;
            take_off(work, "it no longer counts in FreshBooks").await?;
            return end(work, held, None);
        }
        Err(held) => return Err(held.into()),
    }
    let invoice = invoice_key(work, &payment)?;
    if work
        .record
        .parent
        .as_ref()
        .is_some_and(|before| *before != invoice)
    {
        let before = work.record.parent.clone();
        take_off(work, "FreshBooks moved it to another invoice").await?;
        if let Some(before) = before.filter(|_| work.moved) {
            release_siblings(work, &before).await?;
        }
    }
    let parent = bring_parent(work, &invoice).await?;
    on_standing(&work.subject(), &parent)?;
    // The invoice's look may have taken it off and put it on again.
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    put_on(work, &payment, &parent).await?;
    finished(work, content);
    Ok(())
}

fn invoice_key(work: &Work<'_>, payment: &Payment) -> Result<RecordKey, Stop> {
    let subject = work.subject();
    let id = payment.invoice_id.as_deref().unwrap_or_default();
    RecordKey::parse(work.connection.id.as_str(), "invoice", id).map_err(|_| {
        Stop::Attention(format!(
            "{subject} names an invoice that cannot be: {id:?}."
        ))
    })
}

/// What an invoice that does not stand in Cin7 means for its payment.
pub(crate) fn on_standing(subject: &str, parent: &Record) -> Result<(), Stop> {
    if stands(parent) {
        return Ok(());
    }
    let invoice = name_of(parent);
    if parent.state == State::Skipped {
        return Err(Stop::Skip {
            rule: "invoice".to_owned(),
            sentence: format!(
                "{subject} does not cross, because its invoice does not: {}",
                parent.sentence
            ),
        });
    }
    if parent.state == State::Reversed {
        return Err(Stop::Wait {
            what: what_for(&parent.key),
            sentence: format!(
                "{subject} stands in FreshBooks, but its invoice does not: {} Delete the payment there too, or \
                 restore the invoice, with which it crosses again.",
                parent.sentence
            ),
        });
    }
    Err(Stop::Wait {
        what: what_for(&parent.key),
        sentence: format!(
            "{subject} waits for its invoice, and crosses after it. {invoice} is {}: {}",
            parent.state.name(),
            parent.sentence
        ),
    })
}

/// Posts the payment to the sale, or changes the one that stands there.
async fn put_on(work: &mut Work<'_>, payment: &Payment, parent: &Record) -> Result<(), Stop> {
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let plan = plan(work, payment, parent, &writer).await?;
    room::make_room(work, &plan, parent).await?;
    let Some(sale_id) = parent.cin7.sale_id.clone() else {
        return Err(Stop::Retry(format!(
            "{}: its sale has no id yet.",
            work.subject()
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
    let account = work.connection.account_id.clone();
    let of = (
        account.as_str(),
        payment.id.as_str(),
        work.record.generation,
    );
    let wanted = wanted(of, &work.settings, plan, &Target::of(parent));
    if let Some(payment_id) = work.record.cin7.payment_id.clone() {
        let before = match work.record.step("payment") {
            Some(step) => sent(work, step).await?,
            None => None,
        };
        let made_as = payment_request(&wanted);
        let update = UpdatePayment::new(&sale_id, &payment_id, wanted, before);
        // What was found after a lost answer may be what is wanted already.
        let standing = work.record.step("payment").map(|step| &step.request);
        if [digest(&made_as), digest(&update.changed.sent)]
            .iter()
            .any(|request| Some(request) == standing)
        {
            return Ok(());
        }
        return change(work, update, &writer).await;
    }
    work.record.cin7.sale_id = Some(sale_id.clone());
    let marked = MarkedPayment {
        sale_id,
        mark: wanted.reference.clone(),
        amount: Some(wanted.amount),
    };
    let create = CreatePayment {
        marked,
        payment: wanted,
    };
    run(work, &create, &writer).await
}

/// What a payment is put on.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The task of the sale's invoice; of a simple sale the sale itself.
    task_id: String,
}

impl Target {
    pub(crate) fn of(invoice: &Record) -> Self {
        let sale_id = invoice.cin7.sale_id.as_deref().unwrap_or_default();
        Self::of_sale(invoice.cin7.task_id.as_deref().unwrap_or(sale_id))
    }

    pub(crate) fn of_sale(task_id: &str) -> Self {
        Self {
            task_id: task_id.to_owned(),
        }
    }
}

/// The payment as Cin7 is to hold it; its FreshBooks account, id and generation make its mark.
pub(crate) fn wanted(
    (account, id, generation): (&str, &str, u32),
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
        reference: payment_mark(account, id, generation),
        kind: if settings.cin7.payment_type_in_capitals {
            PaymentType::Capitals
        } else {
            PaymentType::Sample
        },
    }
}

/// What has to be known of an invoice that stands.
pub(crate) fn paid_invoice(parent: &Record, payment: &Payment) -> PaidInvoice {
    let currency = parent
        .currency
        .as_deref()
        .and_then(|code| code.parse().ok());
    PaidInvoice {
        number: parent.number.clone().unwrap_or_default(),
        currency: currency.unwrap_or(payment.amount.currency),
    }
}

/// Changes the payment that stands, if it is as we left it. One that a person made what it should be is
/// left alone.
async fn change(work: &mut Work<'_>, update: UpdatePayment, writer: &Writer) -> Result<(), Stop> {
    let Some(shown) = left::shown(work, writer).await? else {
        return Err(Stop::Attention(format!(
            "{} was changed in FreshBooks, and somebody deleted it in Cin7. It is not written again; enter \
             it there by hand if it should stand.",
            work.subject()
        )));
    };
    // What is not shown must not pass for being so already: only what somebody changed is adopted.
    let edited = left::difference(work, &work.record, &shown)
        .await?
        .is_some();
    if edited && shown.differences(&update.changed.sent).is_empty() {
        work.note(Draft::new("adopted").with("payment", &shown.id));
        work.record.cin7.total = Some(money::cents(shown.amount).to_string());
        return Ok(());
    }
    left::as_left(work, &shown).await?;
    let day = sent_on(work, &work.record, "payment", "DatePaid").await?;
    open_period(work, writer, day, "it").await?;
    // Until the answer is known, Cin7 holds neither for certain.
    work.record.content = None;
    run(work, &update, writer).await?;
    keep_update(work, &update.changed.sent).await?;
    work.moved = true;
    Ok(())
}

async fn plan(
    work: &mut Work<'_>,
    payment: &Payment,
    parent: &Record,
    writer: &Writer,
) -> Result<PaymentPlan, Stop> {
    let invoice = paid_invoice(parent, payment);
    let settings = work.settings.clone();
    let planned = plan_against(work, writer, |facts| {
        plan_payment(payment, &invoice, &settings, facts)
    });
    let (plan, _) = planned.await??;
    work.note(
        Draft::new("planned")
            .with("invoice", &invoice.number)
            .with("account", &plan.account)
            .with(
                "settings_version",
                work.connection.settings_version.to_string(),
            ),
    );
    Ok(plan)
}
