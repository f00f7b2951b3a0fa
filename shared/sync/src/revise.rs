//! Making way for what FreshBooks says now: a sale that stands is taken back, if it is as we left it.

use cin7::{
    SalePayment, ShownSale, Writer, header_request, invoice_request, order_request, sent_summary,
};
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use mapping::{SalePlan, Undo as UndoWay};

use crate::invoice::same_header;
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
    let kept = work.record.step(KEPT_ORDER).is_some();
    let header = same_header(work, plan, customer);
    if header && invoice == Standing::Same && (order == Standing::Same || kept) {
        return Ok(Way::Adopted);
    }
    if header && invoice == Standing::None && order != Standing::Other {
        return Ok(Way::Free);
    }
    let copy = copy(work, &sale_id, writer).await?;
    if invoice == Standing::Other && made_so(&copy.shown, &wanted, customer, kept) {
        adopt(work, &wanted, header_request(&plan.header(customer))).await?;
        return Ok(Way::Adopted);
    }
    as_left(work, &copy, Some(&wanted)).await?;
    // From here on nobody may take the sale for standing, until Cin7 has refused all or holds the new one.
    let content = work.record.content.take();
    payment::detach_all(work).await?;
    if header && undo(work, &sale_id, invoice != Standing::None, writer).await? {
        return Ok(Way::Free);
    }
    if let Err(stop) = run(work, &VoidSale { sale_id }, writer).await {
        if matches!(stop, Stop::Refused(_)) {
            work.record.content = content;
            work.moved = true;
        }
        return Err(stop);
    }
    work.note(Draft::new("voided").with("sale", sale_name(&work.record)));
    work.record.begin_anew();
    work.moved = true;
    Ok(Way::Free)
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

/// A sale and its payments as Cin7 shows them.
pub(crate) struct Copy {
    pub(crate) shown: ShownSale,
    payments: Vec<SalePayment>,
}

pub(crate) async fn copy(
    work: &mut Work<'_>,
    sale_id: &str,
    writer: &Writer,
) -> Result<Copy, Stop> {
    if let Some(pace) = work.pace() {
        pace.expect(2);
    }
    let subject = work.subject();
    let failed = |error| crate::stop::cin7_stop(&subject, error);
    let reader = writer.reader();
    let Some(shown) = reader.shown_sale(sale_id).await.map_err(failed)? else {
        // One just made may not be shown yet (docs/cin7-api.md, read-after-write lag).
        if let Some(until) = work.shown_late_until(&work.record) {
            return Err(Stop::Later {
                until,
                sentence: format!(
                    "{subject}: Cin7 may not show {} yet. It is looked at again.",
                    sale_name(&work.record)
                ),
            });
        }
        return Err(Stop::Attention(format!(
            "{subject} changed in FreshBooks, and {} is gone from Cin7. Nothing is written; enter it \
             there by hand if it should stand.",
            sale_name(&work.record)
        )));
    };
    let payments = reader.sale_payments(sale_id).await.map_err(failed)?;
    Ok(Copy { shown, payments })
}

/// Whether Cin7's copy is as we left it, with nothing else on it; otherwise why not, with both versions.
pub(crate) async fn as_left(
    work: &mut Work<'_>,
    copy: &Copy,
    wanted: Option<&Wanted>,
) -> Result<(), Stop> {
    let Some(why) = touched(work, copy).await? else {
        return Ok(());
    };
    let subject = work.subject();
    let sale = sale_name(&work.record);
    // A look that lags shows what stood there before our own last write.
    if let Some(until) = work.family_shown_late_until().await? {
        return Err(Stop::Later {
            until,
            sentence: format!(
                "{subject}: Cin7 may not show all of {sale} yet. It is looked at again."
            ),
        });
    }
    let theirs = copy.shown.summary();
    let ours = wanted.map_or_else(|| "gone".to_owned(), |wanted| sent_summary(&wanted.invoice));
    work.note(
        Draft::new("both versions")
            .with("freshbooks", &ours)
            .with("cin7", &theirs)
            .with("why", &why),
    );
    Err(Stop::Attention(format!(
        "{subject} was changed in FreshBooks, but {sale} is not as it was left: {why}. FreshBooks: {ours}. \
         Cin7: {theirs}. Nothing was overwritten; make the two agree by hand, then replay it."
    )))
}

/// What somebody did to our copy; `None` where it is as we left it.
async fn touched(work: &Work<'_>, copy: &Copy) -> Result<Option<String>, Stop> {
    let shown = &copy.shown;
    if shown.sale().status.eq_ignore_ascii_case("VOIDED") {
        return Ok(Some("it was voided in Cin7".to_owned()));
    }
    let dependents = shown.dependents();
    if !dependents.is_empty() {
        return Ok(Some(format!("on it stands {}", dependents.join(", "))));
    }
    if !is_done(work, "invoice") && is_invoiced(shown) {
        return Ok(Some("its invoice was entered in Cin7 by hand".to_owned()));
    }
    if is_done(work, "invoice") && !is_invoiced(shown) {
        return Ok(Some("its invoice was taken back in Cin7".to_owned()));
    }
    for name in ["order", KEPT_ORDER, "invoice"] {
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
        let differences = match name {
            "invoice" => shown.invoice_differences(&sent),
            _ => shown.order_differences(&sent),
        };
        if !differences.is_empty() {
            let told: Vec<String> = differences
                .iter()
                .take(3)
                .map(ToString::to_string)
                .collect();
            return Ok(Some(format!(
                "its {name} was changed ({})",
                told.join(", ")
            )));
        }
    }
    payment::touched(work, &copy.payments).await
}

fn is_done(work: &Work<'_>, name: &str) -> bool {
    let step = work.record.step(name);
    step.is_some_and(|step| step.status == StepStatus::Done)
}

fn is_invoiced(shown: &ShownSale) -> bool {
    let mut invoices = shown.sale().invoices.iter();
    invoices.any(|invoice| {
        ["AUTHORISED", "PAID"]
            .iter()
            .any(|status| invoice.status.eq_ignore_ascii_case(status))
    })
}

/// What stands is what is wanted, because a person made it so.
async fn adopt(work: &mut Work<'_>, wanted: &Wanted, header: String) -> Result<(), Stop> {
    work.note(Draft::new("adopted").with("request", &wanted.invoice));
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

/// How people call a record's sale.
pub(crate) fn sale_name(record: &Record) -> String {
    match (&record.cin7.order_number, &record.cin7.sale_id) {
        (Some(number), _) => format!("sale {number}"),
        (None, Some(id)) => format!("sale {id}"),
        (None, None) => "its sale".to_owned(),
    }
}
