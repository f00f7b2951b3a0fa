//! A planned purchase brought into Cin7: header, order, invoice; and what stands there already made way
//! for.

use cin7::{
    Approach, PurchaseHeader, PurchaseInvoice, PurchaseKind, Writer, purchase_header_request,
    purchase_order_request,
};
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use mapping::{PurchasePlan, PurchaseTask};

use crate::posting::expect_writes;
use crate::revise::{self, Wanted, Way};
use crate::side::{PlacedInvoice, Purchases, Side, document_name};
use crate::steps::{CreatePurchase, PostInvoice, PostOrder, digest, run, without_mark};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// Header, order and invoice.
const WRITES: u32 = 3;

/// Brings a record's purchase to what is planned. `mark` gives the mark of a generation: voiding what
/// stood begins anew under another than the one that was planned with.
pub(crate) async fn bring(
    work: &mut Work<'_>,
    plan: &PurchasePlan,
    supplier: &str,
    mark: impl Fn(u32) -> String,
    writer: &Writer,
) -> Result<(), Stop> {
    let way = match wanted(&work.record, plan, supplier) {
        Some(wanted) => revise::make_way::<Purchases>(work, &wanted, writer).await?,
        None => Way::Free,
    };
    if way == Way::Adopted {
        return Ok(());
    }
    let plan = plan.marked(&mark(work.record.generation));
    post(work, &plan, supplier, writer).await
}

/// Says in the trail what was planned.
pub(crate) fn note_plan(work: &mut Work<'_>, plan: &PurchasePlan, mark: &str) {
    let rows = plan.invoice.lines.len() + plan.invoice.charges.len();
    work.note(
        Draft::new("planned")
            .with("mark", mark)
            .with(
                "settings_version",
                work.connection.settings_version.to_string(),
            )
            .with("lines", rows.to_string()),
    );
}

/// What is wanted of a purchase that was begun.
fn wanted<'a>(record: &Record, plan: &PurchasePlan, supplier: &'a str) -> Option<Wanted<'a>> {
    let id = Purchases::id(&record.cin7).filter(|_| record.has_begun())?;
    let header = purchase_header_request(&header_of(record, plan, supplier));
    let step = record.step(Purchases::HEADER);
    let task_id = record.cin7.task_id.as_deref().unwrap_or(id);
    Some(Wanted {
        id: id.to_owned(),
        partner: supplier,
        is_same_header: step.is_some_and(|step| step.request == digest(&header)),
        header,
        order: purchase_order_request(id, &plan.order),
        invoice: Purchases::invoice_request(id, &invoice_of(record, plan, id, task_id)),
    })
}

/// The header that is wanted now. A purchase keeps the kind and the approach that it was asked for with:
/// switching a setting is no reason to void what stands. Goods cannot be bought by a service purchase
/// (docs/cin7-api.md, purchases).
fn header_of(record: &Record, plan: &PurchasePlan, supplier: &str) -> PurchaseHeader {
    let wanted = plan.header(supplier);
    let asked = record.step(Purchases::HEADER);
    let Some(asked) = asked.filter(|step| step.status != StepStatus::Undone) else {
        return wanted;
    };
    let ways = [
        (PurchaseKind::Simple, Approach::Invoice),
        (PurchaseKind::Simple, Approach::Stock),
        (PurchaseKind::Service, Approach::Invoice),
    ];
    let others = ways.map(|(kind, approach)| PurchaseHeader {
        kind,
        approach,
        ..wanted.clone()
    });
    let fits = |header: &PurchaseHeader| {
        let holds = header.kind == PurchaseKind::Simple || plan.invoice.lines.is_empty();
        holds && asked.request == digest(&purchase_header_request(header))
    };
    others.into_iter().find(fits).unwrap_or(wanted)
}

/// The invoice that is wanted now, where it is posted to. One that could only be posted under a number
/// of its own keeps it.
fn invoice_of(record: &Record, plan: &PurchasePlan, id: &str, task_id: &str) -> PlacedInvoice {
    let placed = |invoice: PurchaseInvoice| PlacedInvoice {
        task_id: task_id.to_owned(),
        invoice,
    };
    let apart = placed(plan.invoice_numbered_apart());
    let step = record.step(Purchases::INVOICE);
    let sent = digest(&Purchases::invoice_request(id, &apart));
    if step.is_some_and(|step| step.request == sent) {
        return apart;
    }
    placed(plan.invoice.clone())
}

async fn post(
    work: &mut Work<'_>,
    plan: &PurchasePlan,
    supplier: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    expect_writes(work, WRITES);
    // What finds the header again after a lost answer; whoever began anew forgot it.
    work.record.cin7.supplier_id = Some(supplier.to_owned());
    let header = header_of(&work.record, plan, supplier);
    let goods_first = header.approach == Approach::Stock;
    let create = CreatePurchase::new(work, header);
    run(work, &create, writer).await?;
    let Some(id) = work.record.cin7.purchase_id.clone() else {
        let purchase = document_name(&work.record);
        return Err(Stop::Attention(format!(
            "{}: {}",
            work.subject(),
            without_mark(&purchase)
        )));
    };
    let no_order = post_order(work, plan, &id, writer).await?;
    match post_invoice(work, plan, &id, writer).await {
        Err(Stop::Refused(words)) if goods_first && is_about_goods(&words) => {
            Err(goods_to_come(work))
        }
        // What kept the order out keeps the invoice out as well.
        Err(Stop::Refused(_)) if no_order.is_some() => {
            work.record.cin7.service_sale = false;
            Err(Stop::Refused(no_order.unwrap_or_default()))
        }
        other => other,
    }
}

/// Posts the order. A service purchase may have none: then Cin7's refusal comes back, and whether the
/// invoice is taken without an order decides (docs/cin7-api.md, purchases).
async fn post_order(
    work: &mut Work<'_>,
    plan: &PurchasePlan,
    id: &str,
    writer: &Writer,
) -> Result<Option<String>, Stop> {
    if work.record.step(Purchases::KEPT_ORDER).is_some() || work.record.cin7.service_sale {
        return Ok(None);
    }
    let taken_back = work.record.step(Purchases::UNDO).is_some();
    let order = PostOrder::<Purchases>::new(id, plan.order.clone(), taken_back);
    match run(work, &order, writer).await {
        Err(Stop::Refused(words)) if plan.kind == PurchaseKind::Service => {
            work.note(Draft::new("no order").with("why", &words));
            work.record.cin7.service_sale = true;
            Ok(Some(words))
        }
        other => other.map(|()| None),
    }
}

/// Posts the invoice; under a number of its own where Cin7 does not take the supplier's a second time.
async fn post_invoice(
    work: &mut Work<'_>,
    plan: &PurchasePlan,
    id: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    let task_id = task(work, id, writer).await?;
    let taken_back = work.record.step(Purchases::UNDO).is_some();
    let wanted = invoice_of(&work.record, plan, id, &task_id);
    let number = wanted.invoice.number.clone();
    let invoice = PostInvoice::<Purchases>::new(id, wanted, plan.total, taken_back);
    let posted = run(work, &invoice, writer).await;
    let Err(Stop::Refused(words)) = &posted else {
        return posted;
    };
    let apart = plan.invoice_numbered_apart();
    if number == apart.number || !is_about_number(words, &number) {
        return posted;
    }
    work.note(Draft::new("numbered apart").with("why", words));
    let placed = PlacedInvoice {
        task_id,
        invoice: apart,
    };
    let invoice = PostInvoice::<Purchases>::new(id, placed, plan.total, taken_back);
    run(work, &invoice, writer).await
}

/// The task of the invoice: as the header's answer showed it, else as the settings have it
/// (docs/cin7-api.md, purchase invoice).
async fn task(work: &mut Work<'_>, id: &str, writer: &Writer) -> Result<String, Stop> {
    if let Some(task_id) = work.record.cin7.task_id.clone() {
        return Ok(task_id);
    }
    if work.settings.cin7.purchase_task == PurchaseTask::Purchase {
        return Ok(id.to_owned());
    }
    let subject = work.subject();
    let shown = writer.reader().purchase(id).await;
    let shown = shown.map_err(|error| cin7_stop(&subject, error))?;
    let Some(purchase) = shown else {
        return Err(Stop::Retry(format!(
            "{subject}: Cin7 does not show {} yet. It is looked at again.",
            document_name(&work.record)
        )));
    };
    let task_id = purchase.invoice_task().to_owned();
    work.record.cin7.task_id = Some(task_id.clone());
    Ok(task_id)
}

fn is_about_number(words: &str, number: &str) -> bool {
    let (words, number) = (words.to_lowercase(), number.to_lowercase());
    let is_apart = |(at, found): (usize, &str)| {
        let before = words[..at].chars().next_back();
        let after = words[at + found.len()..].chars().next();
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    };
    let told = ["invoicenumber", "invoice number"];
    told.iter().any(|told| words.contains(told))
        || words.match_indices(number.as_str()).any(is_apart)
}

fn is_about_goods(words: &str) -> bool {
    let words = words.to_lowercase();
    ["stock", "receiv"].iter().any(|told| words.contains(told))
}

/// Looked at again on the clock: nobody says when goods were received.
fn goods_to_come(work: &Work<'_>) -> Stop {
    Stop::Wait {
        what: "cin7:received".to_owned(),
        sentence: format!(
            "{} stands in Cin7 as the order of {}, and its invoice follows once the goods are received there. \
             Receive them in Cin7, or write `approach = \"INVOICE\"` under `[settings.purchases]` for bills \
             to come.",
            work.subject(),
            document_name(&work.record)
        ),
    }
}
