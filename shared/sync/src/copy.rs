//! Cin7's copy of a sale or a purchase, and whether it is still as we left it.

use cin7::{Difference, SalePayment, Writer, sent_day, sent_summary};
use jiff::civil::Date;
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use mapping::Held;

use crate::payment;
use crate::planning::plan_against;
use crate::side::{Payable, Shown, document_name};
use crate::steps::{digest, sent};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// A document and its payments as Cin7 shows them.
pub(crate) struct Copy<S: Payable> {
    pub(crate) shown: S::Shown,
    payments: Vec<SalePayment>,
}

/// What is to become of a document that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate<'a> {
    /// It goes back to draft, and is posted again with this invoice.
    Revised(&'a str),
    /// It is voided, and another with this invoice takes its place.
    Replaced(&'a str),
    /// It is voided, and nothing takes its place.
    Withdrawn,
}

/// Cin7's copy; `None` where the document is gone, and not merely not shown yet.
pub(crate) async fn copy<S: Payable>(
    work: &mut Work<'_>,
    id: &str,
    writer: &Writer,
) -> Result<Option<Copy<S>>, Stop> {
    if let Some(pace) = work.pace() {
        pace.expect(2);
    }
    let subject = work.subject();
    let failed = |error| cin7_stop(&subject, error);
    let reader = writer.reader();
    let shown = S::shown(reader, id).await;
    // Half of the answer that says there is none reads as any other refusal.
    if matches!(shown, Ok(None) | Err(cin7::Error::Refused(_))) {
        not_yet(work).await?;
    }
    let Some(shown) = shown.map_err(failed)? else {
        return Ok(None);
    };
    let payments = match S::payments(reader, id).await {
        // It was shown a moment ago: it has no payments.
        Err(cin7::Error::Refused(_)) => {
            not_yet(work).await?;
            Vec::new()
        }
        other => other.map_err(failed)?,
    };
    Ok(Some(Copy { shown, payments }))
}

/// A look that lags shows what stood there before our own last write
/// (docs/cin7-api.md, read-after-write lag).
async fn not_yet(work: &Work<'_>) -> Result<(), Stop> {
    let Some(until) = work.family_shown_late_until().await? else {
        return Ok(());
    };
    Err(Stop::Later {
        until,
        sentence: format!(
            "{}: Cin7 may not show all of {} yet. It is looked at again.",
            work.subject(),
            document_name(&work.record)
        ),
    })
}

/// Stops unless Cin7's copy is as we left it, with nothing else on it, and may be changed.
pub(crate) async fn as_left<S: Payable>(
    work: &mut Work<'_>,
    copy: &Copy<S>,
    fate: Fate<'_>,
    writer: &Writer,
) -> Result<(), Stop> {
    let Some(why) = touched(work, copy, fate).await? else {
        return not_locked::<S>(work, writer).await;
    };
    not_yet(work).await?;
    let subject = work.subject();
    let document = document_name(&work.record);
    let theirs = copy.shown.summary();
    let ours = match fate {
        Fate::Revised(invoice) | Fate::Replaced(invoice) => Some(sent_summary(invoice)),
        Fate::Withdrawn => None,
    };
    work.note(
        Draft::new("both versions")
            .with("freshbooks", ours.as_deref().unwrap_or("none"))
            .with("cin7", &theirs)
            .with("why", &why),
    );
    Err(Stop::Attention(match ours {
        Some(ours) => format!(
            "{subject} was changed in FreshBooks, but {document} is not as it was left: {why}. FreshBooks: {ours}. \
             Cin7: {theirs}. Nothing was overwritten; make the two agree by hand, then replay it."
        ),
        None => format!(
            "{subject} no longer counts in FreshBooks, but {document} is not as it was left: {why}. Cin7: {theirs}. \
             Nothing was voided; void it by hand if it should go, then replay it."
        ),
    }))
}

/// What somebody did to our copy; `None` where it is as we left it.
async fn touched<S: Payable>(
    work: &Work<'_>,
    copy: &Copy<S>,
    fate: Fate<'_>,
) -> Result<Option<String>, Stop> {
    let shown = &copy.shown;
    let papers = shown.papers();
    if papers.is_voided() {
        return Ok(Some("it was voided in Cin7".to_owned()));
    }
    let dependents = shown.dependents();
    if !dependents.is_empty() {
        return Ok(Some(format!("on it stands {}", dependents.join(", "))));
    }
    let stands = papers.standing_invoice().is_some();
    if !is_done(work, S::INVOICE) && stands {
        return Ok(Some("its invoice was entered in Cin7 by hand".to_owned()));
    }
    if is_done(work, S::INVOICE) && !stands {
        return Ok(Some("its invoice was taken back in Cin7".to_owned()));
    }
    // A header that stays is not overwritten.
    if !matches!(fate, Fate::Revised(_))
        && let Some(why) = header_touched::<S>(work, shown).await?
    {
        return Ok(Some(why));
    }
    for name in [S::ORDER, S::KEPT_ORDER, S::INVOICE] {
        let Some(step) = work
            .record
            .step(name)
            .filter(|step| step.status == StepStatus::Done)
        else {
            continue;
        };
        let Some(sent) = sent(work, step).await? else {
            return Ok(Some(format!(
                "what was sent as its {name} is not on record"
            )));
        };
        let differences = if name == S::INVOICE {
            invoice_differences::<S>(&work.record, shown, &sent)
        } else {
            shown.order_differences(&sent)
        };
        if !differences.is_empty() {
            return Ok(Some(changed(name, &differences)));
        }
    }
    payment::touched::<S>(work, &copy.payments).await
}

/// What somebody did to the header of our copy.
pub(crate) async fn header_touched<S: Payable>(
    work: &Work<'_>,
    shown: &S::Shown,
) -> Result<Option<String>, Stop> {
    let Some(step) = work.record.step(S::HEADER) else {
        return Ok(None);
    };
    let sent = sent(work, step).await?.unwrap_or_default();
    let differences = shown.header_differences(&sent);
    Ok((!differences.is_empty()).then(|| changed("header", &differences)))
}

/// What differs in the invoice; the number that Cin7 gave it when it was posted is no difference
/// (docs/cin7-api.md, purchase invoice).
pub(crate) fn invoice_differences<S: Payable>(
    record: &Record,
    shown: &S::Shown,
    sent: &str,
) -> Vec<Difference> {
    let given = record.cin7.invoice_number.as_deref();
    let mut differences = shown.invoice_differences(sent);
    differences.retain(|told| told.what != "InvoiceNumber" || Some(told.shown.as_str()) != given);
    differences
}

fn changed(what: &str, differences: &[Difference]) -> String {
    let told = differences.iter().take(3).map(ToString::to_string);
    let told: Vec<String> = told.collect();
    format!("its {what} was changed ({})", told.join(", "))
}

fn is_done(work: &Work<'_>, name: &str) -> bool {
    let step = work.record.step(name);
    step.is_some_and(|step| step.status == StepStatus::Done)
}

/// Stops where the document or a payment on it lies in a period that Cin7 has locked.
async fn not_locked<S: Payable>(work: &mut Work<'_>, writer: &Writer) -> Result<(), Stop> {
    let mut days = vec![sent_on(work, &work.record, S::INVOICE, "InvoiceDate").await?];
    for key in work.record.children.clone() {
        if let Some(child) = work.engine.ledger.record(&key).await?
            && child.parent.as_ref() == Some(&work.record.key)
            && child.cin7.payment_id.is_some()
        {
            days.push(sent_on(work, &child, S::PAYMENT, "DatePaid").await?);
        }
    }
    let document = document_name(&work.record);
    let first = days.into_iter().flatten().min();
    open_period(work, writer, first, &document).await
}

/// Stops where a day on which `what` stands in Cin7 is locked there.
pub(crate) async fn open_period(
    work: &mut Work<'_>,
    writer: &Writer,
    day: Option<Date>,
    what: &str,
) -> Result<(), Stop> {
    let Some(day) = day else {
        return Ok(());
    };
    let subject = work.subject();
    // Held rather than told, so that books in memory are read again: the date may have been set back.
    let planned = plan_against(work, writer, |facts| {
        let Some(lock) = facts.company.lock_date.filter(|lock| day <= *lock) else {
            return Ok(());
        };
        Err(Held::Attention {
            sentence: format!(
                "{subject} was changed in FreshBooks, but {what} stands in Cin7 on {day}, and the books are locked \
                 there up to and including {lock}. Nothing was touched; correct it in an open period by hand, or \
                 have the lock date set before {day} and replay it."
            ),
        })
    });
    planned.await?.map(|_| ()).map_err(Stop::from)
}

/// The day that a record's document was last sent with, where it stands.
pub(crate) async fn sent_on(
    work: &Work<'_>,
    record: &Record,
    step: &str,
    field: &str,
) -> Result<Option<Date>, Stop> {
    let Some(step) = record
        .step(step)
        .filter(|step| step.status == StepStatus::Done)
    else {
        return Ok(None);
    };
    let kept = work.engine.ledger.sent(&record.key, &step.name).await?;
    let kept = kept.filter(|text| digest(text) == step.request);
    Ok(kept.and_then(|text| sent_day(&text, field)))
}
