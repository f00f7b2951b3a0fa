//! Making way for what FreshBooks says now: a sale that stands is taken back, if it is as we left it.

use cin7::{ShownSale, Writer, header_request, invoice_request, order_request};
use ledger::StepStatus;
use ledger::audit::Draft;
use mapping::{SalePlan, Undo as UndoWay};
use money::cents;

use crate::copy::{Fate, as_left, copy, header_touched, is_invoiced, sale_name};
use crate::invoice::{header_of, same_header};
use crate::payment;
use crate::steps::{KEPT_ORDER, Part, Undo, VoidSale, digest, run, sent};
use crate::stop::Stop;
use crate::work::Work;

/// What a sale that stood came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// What is missing can be posted.
    Free,
    /// Cin7 holds already what FreshBooks says.
    Adopted,
}

/// Takes back whatever of a sale that was begun is not what is wanted now. Nothing is touched unless all
/// of it is as we left it and nothing else stands on it.
pub(crate) async fn make_way(
    work: &mut Work<'_>,
    plan: &SalePlan,
    customer: &str,
    writer: &Writer,
) -> Result<Way, Stop> {
    let Some(sale_id) = work.record.cin7.sale_id.clone() else {
        return Ok(Way::Free);
    };
    let wanted = Wanted::new(plan, &sale_id);
    let order = standing(work, "order", &wanted.order);
    let invoice = standing(work, "invoice", &wanted.invoice);
    // A service sale has no order, so none is missing.
    let kept = work.record.step(KEPT_ORDER).is_some() || work.record.cin7.service_sale;
    let header = same_header(&work.record, plan, customer);
    if header && invoice == Standing::Same && (order == Standing::Same || kept) {
        // Whatever it came to there when it was written, the next confirm pass sees what it does now.
        work.record.cin7.total = None;
        return Ok(Way::Adopted);
    }
    if header && invoice == Standing::None && order != Standing::Other {
        return Ok(Way::Free);
    }
    let Some(copy) = copy(work, &sale_id, writer).await? else {
        return Err(Stop::Attention(format!(
            "{} was changed in FreshBooks, and {} is gone from Cin7. Nothing is written; enter it there by \
             hand if it should stand.",
            work.subject(),
            sale_name(&work.record)
        )));
    };
    let adoptable = invoice == Standing::Other && made_so(&copy.shown, &wanted, customer, kept);
    if adoptable && edited(work, &copy.shown).await? {
        adopt(
            work,
            &copy.shown,
            &wanted,
            header_request(&header_of(&work.record, plan, customer)),
        )
        .await?;
        return Ok(Way::Adopted);
    }
    let fate = if header {
        Fate::Revised(&wanted.invoice)
    } else {
        Fate::Replaced(&wanted.invoice)
    };
    as_left(work, &copy, fate, writer).await?;
    // From here on nobody may take the sale for standing, until Cin7 has refused all or holds the new one.
    let content = work.record.content.take();
    if let Err(stop) = payment::detach_all(work).await {
        return Err(restored(work, content, stop));
    }
    if header && undo(work, &sale_id, invoice != Standing::None, writer).await? {
        return Ok(Way::Free);
    }
    // What is voided loses its header too.
    let voided = match header_touched(work, &copy.shown).await? {
        None => run(work, &VoidSale { sale_id }, writer).await,
        Some(why) => Err(Stop::Refused(format!(
            "it takes nothing of {} back, and {why}",
            sale_name(&work.record)
        ))),
    };
    if let Err(stop) = voided {
        return Err(restored(work, content, stop));
    }
    work.note(Draft::new("voided").with("sale", sale_name(&work.record)));
    work.record.begin_anew();
    work.moved = true;
    Ok(Way::Free)
}

/// Where nothing more will be tried by itself, the sale stands as it did, and its payments go on again.
pub(crate) fn restored(work: &mut Work<'_>, content: Option<String>, stop: Stop) -> Stop {
    if matches!(stop, Stop::Refused(_) | Stop::Attention(_)) {
        work.record.content = content;
        work.moved = true;
    }
    stop
}

/// Whether somebody changed the invoice: what is not shown must not pass for being so already.
async fn edited(work: &Work<'_>, shown: &ShownSale) -> Result<bool, Stop> {
    let Some(step) = work.record.step("invoice") else {
        return Ok(false);
    };
    let sent = sent(work, step).await?;
    Ok(sent.is_some_and(|sent| !shown.invoice_differences(&sent).is_empty()))
}

/// Whether a person made the copy what it should be.
fn made_so(shown: &ShownSale, wanted: &Wanted, customer: &str, kept: bool) -> bool {
    let billed = shown.sale().customer_id.as_deref();
    billed.is_none_or(|billed| billed.eq_ignore_ascii_case(customer))
        && is_invoiced(shown)
        && shown.invoice_differences(&wanted.invoice).is_empty()
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

/// The requests that the plan would send.
pub(crate) struct Wanted {
    order: String,
    invoice: String,
}

impl Wanted {
    fn new(plan: &SalePlan, sale_id: &str) -> Self {
        Self {
            order: order_request(sale_id, &plan.order),
            invoice: invoice_request(sale_id, &plan.invoice),
        }
    }
}

/// What stands is what is wanted, because a person made it so.
async fn adopt(
    work: &mut Work<'_>,
    shown: &ShownSale,
    wanted: &Wanted,
    header: String,
) -> Result<(), Stop> {
    work.note(Draft::new("adopted").with("request", &wanted.invoice));
    let mut invoices = shown.sale().invoices.iter();
    let total = invoices.find_map(|invoice| invoice.total);
    work.record.cin7.total = total.map(|total| cents(total).to_string());
    work.record.step_mut("sale").request = digest(&header);
    for (name, request) in [("order", &wanted.order), ("invoice", &wanted.invoice)] {
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

/// Takes the sale back to a draft, in the way the settings choose, else in the other; `false` where Cin7
/// refuses both.
pub(crate) async fn undo(
    work: &mut Work<'_>,
    sale_id: &str,
    invoiced: bool,
    writer: &Writer,
) -> Result<bool, Stop> {
    let task_id = work.record.cin7.task_id.clone();
    let task_id = task_id.as_deref().unwrap_or(sale_id);
    let ways: &[Part] = match (invoiced, work.settings.cin7.undo) {
        (false, _) => &[Part::Sale],
        (true, UndoWay::Sale) => &[Part::Sale, Part::Invoice],
        (true, UndoWay::Invoice) => &[Part::Invoice, Part::Sale],
    };
    // One that is done with took back what stood there before.
    let over = |step: &ledger::Step| step.name == Undo::STEP && step.status == StepStatus::Done;
    work.record.steps.retain(|step| !over(step));
    for &part in ways {
        match run(work, &Undo::new(part, sale_id, task_id), writer).await {
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
