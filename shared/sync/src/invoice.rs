//! A FreshBooks invoice becomes a sale: header, order, invoice.

use cin7::{SaleHeader, Writer, header_request};
use freshbooks::{Invoice, Stage, Visibility};
use ledger::audit::Draft;
use ledger::{Record, State, StepStatus};
use mapping::{Held, SalePlan, content_hash, plan_sale, sale_mark};

use crate::copy::sale_name;
use crate::planning::{Planned, plan_against};
use crate::revise::{self, Way};
use crate::steps::{
    CreateSale, KEPT_ORDER, PostInvoice, PostOrder, Undo, digest, run, settle_open, without_mark,
};
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
        return withdraw(work, held).await;
    }
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let (plan, known) = match plan(work, &invoice, &writer).await? {
        Ok(planned) => planned,
        Err(held @ Held::Skipped { .. }) => return withdraw(work, held.into()).await,
        Err(held) => return Err(kept_back(work, held)),
    };
    let customer = customer::resolve(work, &invoice, &known, &writer).await?;
    if work.record.has_begun() {
        match revise::make_way(work, &plan, &customer, &writer).await? {
            Way::Free => {}
            Way::Adopted => {
                posted(work, &plan, content);
                return Ok(());
            }
        }
    }
    post(work, &plan, &customer, &writer).await?;
    posted(work, &plan, content);
    Ok(())
}

fn posted(work: &mut Work<'_>, plan: &SalePlan, content: String) {
    let record = &mut work.record;
    // Done with: the next change takes back anew.
    record.steps.retain(|step| step.name != Undo::STEP);
    record.content = Some(content);
    record.attempts = 0;
    record.posted_at = Some(work.engine.ledger.clock().now());
    record.enter(State::Posted, "");
    work.moved = true;
    work.note(Draft::new("posted").with("total", plan.total.to_string()));
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

/// Unchanged costs nothing. Whatever a person had to look at is judged anew by the next confirm pass.
fn unchanged(work: &mut Work<'_>) {
    work.note(Draft::new("unchanged"));
    let trusted = work.record.confirmed_at.is_some() && work.record.state != State::Attention;
    let state = if trusted {
        State::Confirmed
    } else {
        State::Posted
    };
    work.record.enter(state, "");
}

/// A change that cannot cross leaves the sale as it was.
fn kept_back(work: &Work<'_>, held: Held) -> Stop {
    let stop = Stop::from(held);
    if work.record.content.is_none() {
        return stop;
    }
    let still = format!(
        " {} still holds the version before.",
        sale_name(&work.record)
    );
    match stop {
        Stop::Wait { what, sentence } => Stop::Wait {
            what,
            sentence: sentence + &still,
        },
        Stop::Attention(sentence) => Stop::Attention(sentence + &still),
        other => other,
    }
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
    if let Some(pace) = work.pace() {
        let steps = work.record.steps.iter();
        let done = steps.filter(|step| step.status == StepStatus::Done).count();
        let writes = WRITES - u32::from(plan.service_sale);
        pace.expect(writes.saturating_sub(u32::try_from(done).unwrap_or(0)));
    }
    let header = header(&work.record, plan, customer, &work.connection.account_id);
    run(work, &CreateSale::new(header), writer).await?;
    let Some(sale_id) = work.record.cin7.sale_id.clone() else {
        let sale = sale_name(&work.record);
        return Err(Stop::Attention(format!(
            "{}: {}",
            work.subject(),
            without_mark(&sale)
        )));
    };
    let taken_back = work.record.step(Undo::STEP).is_some();
    if work.record.step(KEPT_ORDER).is_none() && !work.record.cin7.service_sale {
        let order = PostOrder::new(&sale_id, plan.order.clone(), taken_back);
        run(work, &order, writer).await?;
    }
    let invoice = PostInvoice::new(&sale_id, plan.invoice.clone(), plan.total, taken_back);
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
