//! A FreshBooks invoice becomes a sale: header, order, invoice.

use cin7::{SaleHeader, Writer, header_request, invoice_request, order_request};
use freshbooks::{Invoice, Stage, Visibility};
use ledger::audit::Draft;
use ledger::{Record, StepStatus};
use mapping::{Held, SalePlan, content_hash, plan_sale, sale_mark};

use crate::catch_up::DELETED;
use crate::planning::{Planned, plan_against};
use crate::posting::{expect_writes, kept_back, posted, unchanged};
use crate::revise::{self, Wanted, Way};
use crate::side::{Sales, Side, document_name};
use crate::steps::{CreateSale, PostInvoice, PostOrder, digest, run, settle_open, without_mark};
use crate::stop::Stop;
use crate::withdraw::withdraw;
use crate::work::{Origin, Work};
use crate::{customer, fetch};

/// Header, order and invoice; a service sale has no order.
const WRITES: u32 = 3;

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    if let Origin::Child(child) = &work.origin {
        work.record.adopt_child(child);
    }
    let Some(invoice) = fetch::invoice(work).await? else {
        return fetch::gone(work).await;
    };
    work.describe(&invoice);
    work.record.told_deleted = false;
    let content = content_hash(&invoice);
    let is_deleted = invoice.visibility == Visibility::Deleted;
    work.saw(
        if is_deleted { DELETED } else { &content },
        &invoice.version,
    );
    work.note(
        Draft::new("fetched")
            .with("version", &invoice.version)
            .with("total", invoice.total.to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    if let Some(held) = not_yet(&work.subject(), &invoice) {
        return withdraw::<Sales>(work, held).await;
    }
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let (plan, known) = match plan(work, &invoice, &writer).await? {
        Ok(planned) => planned,
        Err(held @ Held::Skipped { .. }) => return withdraw::<Sales>(work, held.into()).await,
        Err(held) => return Err(kept_back(work, held)),
    };
    let customer = customer::resolve(work, &invoice, &known, &writer).await?;
    let way = match wanted(&work.record, &plan, &customer) {
        Some(wanted) => revise::make_way::<Sales>(work, &wanted, &writer).await?,
        None => Way::Free,
    };
    if way == Way::Free {
        post(work, &plan, &customer, &writer).await?;
    }
    posted::<Sales>(work, plan.total, content);
    Ok(())
}

/// What is wanted of a sale that was begun.
fn wanted<'a>(record: &Record, plan: &SalePlan, customer: &'a str) -> Option<Wanted<'a>> {
    let id = Sales::id(&record.cin7).filter(|_| record.has_begun())?;
    Some(Wanted {
        id: id.to_owned(),
        partner: customer,
        header: header_request(&header_of(record, plan, customer)),
        is_same_header: same_header(record, plan, customer),
        order: order_request(id, &plan.order),
        invoice: invoice_request(id, &plan.invoice),
    })
}

/// What keeps an invoice back before anything of Cin7 has to be known: such a look makes no call.
pub(crate) fn not_yet(subject: &str, invoice: &Invoice) -> Option<Stop> {
    if invoice.visibility == Visibility::Deleted {
        return Some(Stop::Skip {
            rule: "deleted".to_owned(),
            sentence: format!("{subject} was deleted in FreshBooks."),
        });
    }
    (invoice.stage == Stage::Draft).then(|| Stop::Wait {
        what: "freshbooks:sent".to_owned(),
        sentence: format!("{subject} is a draft in FreshBooks; it crosses when it is sent."),
    })
}

async fn plan(
    work: &mut Work<'_>,
    invoice: &Invoice,
    writer: &Writer,
) -> Result<Planned<SalePlan>, Stop> {
    let mark = sale_mark(
        &work.connection.account_id,
        &invoice.id,
        work.record.generation,
    );
    let settings = work.settings.clone();
    let planned = plan_against(work, writer, |facts| {
        plan_sale(invoice, &settings, facts, &mark)
    });
    let (plan, known) = match planned.await? {
        Ok(planned) => planned,
        Err(held) => return Ok(Err(held)),
    };
    work.note(
        Draft::new("planned")
            .with("mark", &mark)
            .with(
                "settings_version",
                work.connection.settings_version.to_string(),
            )
            .with("lines", plan.invoice.lines.len().to_string()),
    );
    Ok(Ok((plan, known)))
}

async fn post(
    work: &mut Work<'_>,
    plan: &SalePlan,
    customer: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    expect_writes(work, WRITES - u32::from(plan.service_sale));
    let header = header(&work.record, plan, customer, &work.connection.account_id);
    run(work, &CreateSale::new(header), writer).await?;
    let Some(sale_id) = work.record.cin7.sale_id.clone() else {
        let sale = document_name(&work.record);
        return Err(Stop::Attention(format!(
            "{}: {}",
            work.subject(),
            without_mark(&sale)
        )));
    };
    let taken_back = work.record.step(Sales::UNDO).is_some();
    if work.record.step(Sales::KEPT_ORDER).is_none() && !work.record.cin7.service_sale {
        let order = PostOrder::<Sales>::new(&sale_id, plan.order.clone(), taken_back);
        run(work, &order, writer).await?;
    }
    let invoice = PostInvoice::<Sales>::new(&sale_id, plan.invoice.clone(), plan.total, taken_back);
    run(work, &invoice, writer).await
}

/// The header of an invoice's sale of the record's generation: voiding begins anew under another mark
/// than the one that was planned with.
pub(crate) fn header(
    record: &Record,
    plan: &SalePlan,
    customer: &str,
    account: &str,
) -> SaleHeader {
    let mut header = header_of(record, plan, customer);
    header.external_id = sale_mark(account, record.key.id.as_str(), record.generation);
    header
}

/// The header that is wanted now. A sale keeps the kind that it was asked for with: switching the
/// setting is no reason to void what stands.
pub(crate) fn header_of(record: &Record, plan: &SalePlan, customer: &str) -> SaleHeader {
    let wanted = plan.header(customer);
    let other = SaleHeader {
        service_only: !wanted.service_only,
        ..wanted.clone()
    };
    let asked = record.step("sale");
    let asked = asked.filter(|step| step.status != StepStatus::Undone);
    if asked.is_some_and(|step| step.request == digest(&header_request(&other))) {
        return other;
    }
    wanted
}

/// Whether the header that stands is the one that is wanted now. Goods cannot be sold by a service sale
/// (docs/cin7-api.md, sale types).
pub(crate) fn same_header(record: &Record, plan: &SalePlan, customer: &str) -> bool {
    if record.cin7.service_sale && !plan.services_only {
        return false;
    }
    let wanted = digest(&header_request(&header_of(record, plan, customer)));
    let step = record.step("sale");
    step.is_some_and(|step| step.request == wanted)
}
