//! A FreshBooks invoice becomes a sale: header, order, invoice.

use std::sync::Arc;

use cin7::Writer;
use freshbooks::{Invoice, Stage, Visibility};
use ledger::State;
use ledger::audit::Draft;
use mapping::{Held, SalePlan, content_hash, plan_sale, sale_mark};

use crate::facts::{Failed, Known, read_entry};
use crate::steps::{CreateSale, PostInvoice, PostOrder, run, without_mark};
use crate::stop::{Stop, cin7_stop, vault_stop};
use crate::work::Work;
use crate::{customer, fetch};

/// Header, order and invoice.
const WRITES: u32 = 3;

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let Some(invoice) = fetch::invoice(work).await? else {
        return Err(gone(work));
    };
    work.describe(&invoice);
    let content = content_hash(&invoice);
    work.note(
        Draft::new("fetched")
            .with("version", &invoice.version)
            .with("total", invoice.total.to_string())
            .with("content", &content),
    );
    if work.record.content.is_some() {
        return already_posted(work, &invoice, &content);
    }
    not_yet(work, &invoice)?;
    let opened = work
        .engine
        .cin7
        .writer(&work.connection.id, work.patience)
        .await;
    let (writer, pace) = opened.map_err(|error| vault_stop(&work.subject(), error))?;
    work.pace = Some(pace);
    let (plan, known) = plan(work, &invoice, &writer).await?;
    let customer = customer::resolve(work, &invoice, &known, &writer).await?;
    post(work, &plan, &customer, &writer).await?;
    work.record.content = Some(content);
    work.record.attempts = 0;
    work.record.posted_at = Some(work.engine.ledger.clock().now());
    work.record.enter(State::Posted, "");
    work.note(Draft::new("posted").with("total", plan.total.to_string()));
    Ok(())
}

/// What keeps an invoice back before anything of Cin7 has to be known: such a look makes no call.
fn not_yet(work: &Work<'_>, invoice: &Invoice) -> Result<(), Stop> {
    let subject = work.subject();
    if invoice.visibility == Visibility::Deleted {
        return Err(Stop::Skip {
            rule: "deleted".to_owned(),
            sentence: format!("{subject} was deleted in FreshBooks before it crossed."),
        });
    }
    if invoice.stage == Stage::Draft {
        return Err(Stop::Wait {
            what: "freshbooks:sent".to_owned(),
            sentence: format!("{subject} is a draft in FreshBooks; it crosses when it is sent."),
        });
    }
    Ok(())
}

/// FreshBooks may not show yet what it just announced, and shows nothing under a wrong account.
const MISSED: u32 = 3;

fn gone(work: &Work<'_>) -> Stop {
    let subject = work.subject();
    let announced = work.record.number.is_none() && !work.event.ends_with(".delete");
    if announced && work.record.attempts < MISSED {
        return Stop::Retry(format!(
            "{subject} is not there in FreshBooks yet. It is tried again."
        ));
    }
    if announced {
        return Stop::Attention(format!(
            "{subject} does not exist in FreshBooks account {}. If it should, check the connection's \
             account_id.",
            work.connection.account_id
        ));
    }
    Stop::Skip {
        rule: "gone".to_owned(),
        sentence: format!("{subject} no longer exists in FreshBooks."),
    }
}

/// An invoice that Cin7 already holds: unchanged costs nothing, a change is for a person.
fn already_posted(work: &mut Work<'_>, invoice: &Invoice, content: &str) -> Result<(), Stop> {
    if work.record.content.as_deref() == Some(content) {
        work.note(Draft::new("unchanged"));
        // Whatever a person had to look at is judged anew by the next confirm pass.
        let trusted = work.record.confirmed_at.is_some() && work.record.state != State::Attention;
        let state = if trusted {
            State::Confirmed
        } else {
            State::Posted
        };
        work.record.enter(state, "");
        return Ok(());
    }
    let (subject, sale) = (work.subject(), sale_name(work));
    let held = work
        .record
        .cin7
        .total
        .as_deref()
        .unwrap_or("an unknown total");
    let what = if invoice.visibility == Visibility::Deleted {
        format!(
            "was deleted in FreshBooks after it crossed; {sale} stands in Cin7 with {held}. Void it \
             there if it should go."
        )
    } else {
        format!(
            "was changed in FreshBooks after it crossed: FreshBooks now says {}, {sale} in Cin7 holds \
             {held}. Correct the sale in Cin7.",
            invoice.total
        )
    };
    Err(Stop::Attention(format!("{subject} {what}")))
}

fn sale_name(work: &Work<'_>) -> String {
    let evidence = &work.record.cin7;
    match (&evidence.order_number, &evidence.sale_id) {
        (Some(number), _) => format!("sale {number}"),
        (None, Some(id)) => format!("sale {id}"),
        (None, None) => "its sale".to_owned(),
    }
}

/// Plans against the books as last read, and once more against a fresh reading where they lack something.
async fn plan(
    work: &mut Work<'_>,
    invoice: &Invoice,
    writer: &Writer,
) -> Result<(SalePlan, Arc<Known>), Stop> {
    let (engine, id) = (work.engine, work.connection.id.clone());
    let pace = work.pace.clone();
    let mark = sale_mark(&work.connection.account_id, &invoice.id);
    let reading = engine
        .facts
        .get(&engine.ledger, &id, writer.reader(), pace.as_deref())
        .await;
    let mut known = reading.map_err(|error| failed(work, error))?;
    let mut planned = plan_sale(invoice, &work.settings, &known.facts(), &mark);
    // What is for a person may have been put right there too: the lock date is one of the facts.
    if matches!(planned, Err(Held::Waiting { .. } | Held::Attention { .. })) {
        let renewed = engine
            .facts
            .renewed(&engine.ledger, &id, writer.reader(), pace.as_deref())
            .await;
        if let Some(renewed) = renewed.map_err(|error| failed(work, error))? {
            work.note(read_entry(&renewed));
            planned = plan_sale(invoice, &work.settings, &renewed.facts(), &mark);
            known = renewed;
        }
    }
    let plan = planned?;
    work.note(
        Draft::new("planned")
            .with("mark", &mark)
            .with(
                "settings_version",
                work.connection.settings_version.to_string(),
            )
            .with("lines", plan.invoice.lines.len().to_string()),
    );
    Ok((plan, known))
}

fn failed(work: &Work<'_>, error: Failed) -> Stop {
    match error {
        Failed::Ledger(error) => Stop::Ledger(error),
        Failed::Cin7(cin7::Error::Refused(words)) => Stop::Retry(format!(
            "{}: Cin7's reference books could not be read: \u{201c}{words}\u{201d}. It is tried again.",
            work.subject()
        )),
        Failed::Cin7(error) => cin7_stop(&work.subject(), error),
    }
}

async fn post(
    work: &mut Work<'_>,
    plan: &SalePlan,
    customer: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    if let Some(pace) = &work.pace {
        let done = work
            .record
            .steps
            .iter()
            .filter(|step| step.status == ledger::StepStatus::Done)
            .count();
        pace.expect(WRITES.saturating_sub(u32::try_from(done).unwrap_or(0)));
    }
    let header = plan.header(customer);
    run(work, &CreateSale { header }, writer).await?;
    let Some(sale_id) = work.record.cin7.sale_id.clone() else {
        let sale = sale_name(work);
        return Err(Stop::Attention(format!(
            "{}: {}",
            work.subject(),
            without_mark(&sale)
        )));
    };
    run(
        work,
        &PostOrder {
            sale_id: sale_id.clone(),
            order: plan.order.clone(),
        },
        writer,
    )
    .await?;
    run(
        work,
        &PostInvoice {
            sale_id,
            invoice: plan.invoice.clone(),
            total: plan.total,
        },
        writer,
    )
    .await
}
