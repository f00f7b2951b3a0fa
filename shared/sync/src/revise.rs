//! Making way for what FreshBooks says now: a sale or a purchase that stands is taken back, if it is as
//! we left it.

use cin7::Writer;
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use mapping::Undo as UndoWay;
use money::cents;

use crate::copy::{Fate, as_left, copy, header_touched, invoice_differences};
use crate::payment;
use crate::side::{Payable, Shown, document_name};
use crate::steps::{Part, Undo, VoidDocument, digest, run, sent};
use crate::stop::Stop;
use crate::work::Work;

/// What a document that stood came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// What is missing can be posted.
    Free,
    /// Cin7 holds already what FreshBooks says.
    Adopted,
}

/// The requests that the plan would send for a document that there is.
pub(crate) struct Wanted<'a> {
    /// Cin7's id of it.
    pub(crate) id: String,
    /// Cin7's id of its customer or supplier.
    pub(crate) partner: &'a str,
    pub(crate) header: String,
    /// Whether the header that stands is the one that is wanted.
    pub(crate) is_same_header: bool,
    pub(crate) order: String,
    pub(crate) invoice: String,
}

/// Takes back whatever of a document that was begun is not what is wanted now. Nothing is touched unless
/// all of it is as we left it and nothing else stands on it.
pub(crate) async fn make_way<S: Payable>(
    work: &mut Work<'_>,
    wanted: &Wanted<'_>,
    writer: &Writer,
) -> Result<Way, Stop> {
    let order = standing(work, S::ORDER, &wanted.order);
    let invoice = standing(work, S::INVOICE, &wanted.invoice);
    // One of services may have no order, so none is missing.
    let kept = work.record.step(S::KEPT_ORDER).is_some() || work.record.cin7.service_sale;
    // A payment that stood in the same record, and was taken off, is made anew with all of it.
    let header = wanted.is_same_header && !payment::is_taken_off(&work.record);
    if header && invoice == Standing::Same && (order == Standing::Same || kept) {
        // Whatever it came to there when it was written, the next confirm pass sees what it does now.
        work.record.cin7.total = None;
        return Ok(Way::Adopted);
    }
    if header && invoice == Standing::None && order != Standing::Other {
        return Ok(Way::Free);
    }
    let Some(copy) = copy::<S>(work, &wanted.id, writer).await? else {
        return Err(Stop::Attention(format!(
            "{} was changed in FreshBooks, and {} is gone from Cin7. Nothing is written; enter it there by \
             hand if it should stand.",
            work.subject(),
            document_name(&work.record)
        )));
    };
    let adoptable =
        invoice == Standing::Other && made_so::<S>(&work.record, &copy.shown, wanted, kept);
    if adoptable && edited::<S>(work, &copy.shown).await? {
        adopt::<S>(work, &copy.shown, wanted).await?;
        return Ok(Way::Adopted);
    }
    let fate = if header {
        Fate::Revised(&wanted.invoice)
    } else {
        Fate::Replaced(&wanted.invoice)
    };
    as_left(work, &copy, fate, writer).await?;
    let paid_in_one = work.record.step(S::PAYMENT).is_some();
    // From here on nobody may take it for standing, until Cin7 has refused all or holds the new one.
    let content = work.record.content.take();
    if let Err(stop) = payment::detach_all::<S>(work).await {
        return Err(restored(work, content, stop));
    }
    if header
        && !paid_in_one
        && undo::<S>(work, &wanted.id, invoice != Standing::None, writer).await?
    {
        return Ok(Way::Free);
    }
    // What is voided loses its header too.
    let voided = match header_touched::<S>(work, &copy.shown).await? {
        None => run(work, &VoidDocument::<S>::new(&wanted.id), writer).await,
        Some(why) => Err(Stop::Refused(format!(
            "it takes nothing of {} back, and {why}",
            document_name(&work.record)
        ))),
    };
    if let Err(stop) = voided {
        return Err(restored(work, content, stop));
    }
    work.note(Draft::new("voided").with(S::NOUN, document_name(&work.record)));
    work.record.begin_anew();
    work.moved = true;
    Ok(Way::Free)
}

/// Where nothing more will be tried by itself, the document stands as it did, and its payments go on again.
pub(crate) fn restored(work: &mut Work<'_>, content: Option<String>, stop: Stop) -> Stop {
    let stands = !payment::is_taken_off(&work.record);
    if stands && matches!(stop, Stop::Refused(_) | Stop::Attention(_)) {
        work.record.content = content;
        work.moved = true;
    }
    stop
}

/// Whether somebody changed the invoice: what is not shown must not pass for being so already.
async fn edited<S: Payable>(work: &Work<'_>, shown: &S::Shown) -> Result<bool, Stop> {
    let Some(step) = work.record.step(S::INVOICE) else {
        return Ok(false);
    };
    let sent = sent(work, step).await?;
    let differences = |sent: String| invoice_differences::<S>(&work.record, shown, &sent);
    Ok(sent.is_some_and(|sent| !differences(sent).is_empty()))
}

/// Whether a person made the copy what it should be.
fn made_so<S: Payable>(record: &Record, shown: &S::Shown, wanted: &Wanted<'_>, kept: bool) -> bool {
    let billed = shown.partner_id();
    billed.is_none_or(|billed| billed.eq_ignore_ascii_case(wanted.partner))
        && shown.papers().standing_invoice().is_some()
        && invoice_differences::<S>(record, shown, &wanted.invoice).is_empty()
        && (kept || shown.order_differences(&wanted.order).is_empty())
}

/// How a document that was written compares with the one that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    None,
    Same,
    Other,
}

fn standing(work: &Work<'_>, name: &str, wanted: &str) -> Standing {
    match work.record.step(name) {
        Some(step) if step.status == StepStatus::Done => {
            if step.request == digest(wanted) {
                Standing::Same
            } else {
                Standing::Other
            }
        }
        _ => Standing::None,
    }
}

/// What stands is what is wanted, because a person made it so.
async fn adopt<S: Payable>(
    work: &mut Work<'_>,
    shown: &S::Shown,
    wanted: &Wanted<'_>,
) -> Result<(), Stop> {
    work.note(Draft::new("adopted").with("request", &wanted.invoice));
    let papers = shown.papers();
    let total = papers.invoices.iter().find_map(|invoice| invoice.total);
    work.record.cin7.total = total.map(|total| cents(total).to_string());
    work.record.step_mut(S::HEADER).request = digest(&wanted.header);
    for (name, request) in [(S::ORDER, &wanted.order), (S::INVOICE, &wanted.invoice)] {
        if work.record.step(name).is_none() {
            continue;
        }
        work.record.step_mut(name).request = digest(request);
        let sent = ledger::Sent {
            step: name,
            request,
        };
        work.save_sending(Some(sent)).await?;
    }
    Ok(())
}

/// Takes the document back to a draft, in the way the settings choose, else in the other; `false` where
/// Cin7 refuses both.
pub(crate) async fn undo<S: Payable>(
    work: &mut Work<'_>,
    id: &str,
    invoiced: bool,
    writer: &Writer,
) -> Result<bool, Stop> {
    let task_id = work.record.cin7.task_id.clone();
    let task_id = task_id.as_deref().unwrap_or(id);
    let ways: &[Part] = match (invoiced, work.settings.cin7.undo) {
        (false, _) => &[Part::Order],
        (true, UndoWay::Sale) => &[Part::Whole, Part::Invoice],
        (true, UndoWay::Invoice) => &[Part::Invoice, Part::Whole],
    };
    // One that is done with took back what stood there before.
    let over = |step: &ledger::Step| step.name == S::UNDO && step.status == StepStatus::Done;
    work.record.steps.retain(|step| !over(step));
    for &part in ways {
        match run(work, &Undo::<S>::new(part, id, task_id), writer).await {
            Ok(()) => {
                work.moved = true;
                return Ok(true);
            }
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(false)
}
