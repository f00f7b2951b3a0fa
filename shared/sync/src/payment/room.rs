//! Whether a payment fits onto its invoice. What Cin7 does with one that is too large is unconfirmed
//! (docs/cin7-api.md, sale payments), so none is ever sent.

use ledger::audit::Draft;
use ledger::{Ledger, Record, RecordKey};
use mapping::PaymentPlan;
use money::{Decimal, Money};

use crate::look::look_at;
use crate::side::Payable;
use crate::stop::Stop;
use crate::work::{Origin, Work, in_a_sentence, name_of};

/// Stops a payment that is larger than what is open on its invoice. Before that its siblings are looked
/// at once: one of them may have become smaller in FreshBooks.
pub(super) async fn make_room<S: Payable>(
    work: &mut Work<'_>,
    plan: &PaymentPlan,
    parent: &Record,
) -> Result<(), Stop> {
    let Some(total) = total_of(parent) else {
        return Ok(());
    };
    let (ledger, key) = (&work.engine.ledger, work.record.key.clone());
    let (mut open, siblings) = open_amount(ledger, &key, parent, total).await?;
    if plan.amount.amount > open && work.origin != Origin::Sibling && !siblings.is_empty() {
        work.save().await?;
        for key in &siblings {
            let heard = Draft::new("received")
                .with("event", "room needed")
                .with("by", work.record.key.to_string());
            look_at(work.engine, key, heard, work.worker, Origin::Sibling).await?;
        }
        (open, _) = open_amount(ledger, &key, parent, total).await?;
    }
    if plan.amount.amount <= open {
        return Ok(());
    }
    let open = Money::new(open, plan.amount.currency);
    let invoice = in_a_sentence(&name_of(parent));
    let sentence = too_large::<S>(&work.subject(), plan, open, &invoice);
    Err(Stop::Attention(sentence))
}

/// The sentence for a payment that does not fit.
pub(crate) fn too_large<S: Payable>(
    subject: &str,
    plan: &PaymentPlan,
    open: Money,
    document: &str,
) -> String {
    format!(
        "{subject} of {} is more than the {open} that is open on {document} in Cin7. Nothing is posted; enter \
         it there by hand, the rest as {}, or correct it in FreshBooks.",
        plan.amount,
        S::REST
    )
}

/// What the other payments of an invoice leave open for the payment `of`; `None` where its total is
/// not known.
pub(crate) async fn left_open(
    ledger: &Ledger,
    of: &RecordKey,
    parent: &Record,
) -> Result<Option<Decimal>, ledger::Error> {
    let Some(total) = total_of(parent) else {
        return Ok(None);
    };
    let (open, _) = open_amount(ledger, of, parent, total).await?;
    Ok(Some(open))
}

fn total_of(invoice: &Record) -> Option<Decimal> {
    let total = invoice.cin7.total.as_ref().or(invoice.total.as_ref());
    total.and_then(|total| total.parse().ok())
}

/// What the other payments leave open, and whose they are.
async fn open_amount(
    ledger: &Ledger,
    of: &RecordKey,
    parent: &Record,
    total: Decimal,
) -> Result<(Decimal, Vec<RecordKey>), ledger::Error> {
    let (mut open, mut siblings) = (total, Vec::new());
    for key in parent.children.iter().filter(|key| *key != of) {
        let Some(sibling) = ledger.record(key).await? else {
            continue;
        };
        if sibling.parent.as_ref() != Some(&parent.key) || !sibling.has_begun() {
            continue;
        }
        let held = sibling.cin7.total.as_deref().or(sibling.total.as_deref());
        open -= held
            .and_then(|held| held.parse().ok())
            .unwrap_or(Decimal::ZERO);
        siblings.push(key.clone());
    }
    Ok((open, siblings))
}
