//! Taking back what FreshBooks no longer has: a sale is voided if it is as we left it.

use cin7::Writer;
use ledger::audit::Draft;
use ledger::{State, StepStatus};

use crate::payment;
use crate::revise::{as_left, copy, sale_name, undo};
use crate::steps::{Undo, VoidSale, run, settle_open};
use crate::stop::Stop;
use crate::work::Work;

/// Voids an invoice's sale, if one stands, and then ends the look as `held` says: what was taken back for
/// good is reversed, what waits in FreshBooks waits.
pub(crate) async fn withdraw(work: &mut Work<'_>, held: Stop) -> Result<(), Stop> {
    if work.record.has_begun() {
        let writer = work.writer().await?;
        settle_open(work, writer.reader()).await?;
    }
    let standing = work.record.cin7.sale_id.clone();
    let mut taken_back = None;
    if let Some(sale_id) = standing.filter(|_| work.record.has_begun()) {
        let sale = sale_name(&work.record);
        take_back(work, &sale_id).await?;
        work.note(Draft::new("voided").with("sale", &sale));
        work.record.begin_anew();
        work.moved = true;
        taken_back = Some(sale);
    }
    end(work, held, taken_back)
}

/// Takes the payments off a sale that is as we left it, and voids it. A person may have voided it before.
async fn take_back(work: &mut Work<'_>, sale_id: &str) -> Result<(), Stop> {
    let writer = work.writer().await?;
    let copy = copy(work, sale_id, &writer).await?;
    let voided = copy.shown.sale().status.eq_ignore_ascii_case("VOIDED");
    if !voided {
        as_left(work, &copy, None).await?;
    }
    // From here on nobody may take the sale for standing.
    let content = work.record.content.take();
    payment::detach_all(work).await?;
    if voided {
        return Ok(());
    }
    let Err(stop) = void(work, sale_id, &writer).await else {
        return Ok(());
    };
    let Stop::Refused(words) = stop else {
        return Err(stop);
    };
    let undo = work.record.step(Undo::STEP);
    let as_it_was = undo.is_none_or(|step| step.status != StepStatus::Done);
    if as_it_was {
        work.record.content = content;
        work.moved = true;
    }
    Err(Stop::Attention(format!(
        "{} no longer counts in FreshBooks, and Cin7 does not void {}{}: {}. Void it there by hand, then \
         replay it.",
        work.subject(),
        sale_name(&work.record),
        if as_it_was {
            ""
        } else {
            ", which is a draft now"
        },
        words.trim_end_matches('.')
    )))
}

/// Voids a sale; one that Cin7 does not void as it is, once it is a draft
/// (docs/cin7-api.md, undo and void).
async fn void(work: &mut Work<'_>, sale_id: &str, writer: &Writer) -> Result<(), Stop> {
    let void = VoidSale {
        sale_id: sale_id.to_owned(),
    };
    let first = run(work, &void, writer).await;
    let invoiced = work.record.cin7.invoice_number.is_some() || work.record.cin7.task_id.is_some();
    if !matches!(first, Err(Stop::Refused(_))) || !undo(work, sale_id, invoiced, writer).await? {
        return first;
    }
    run(work, &void, writer).await
}

/// A document that crossed once and was taken back is reversed; one that never did is as `held` says.
pub(crate) fn end(work: &mut Work<'_>, held: Stop, taken_back: Option<String>) -> Result<(), Stop> {
    let Stop::Skip { rule, sentence } = held else {
        return Err(held);
    };
    if work.record.generation == 1 {
        return Err(Stop::Skip { rule, sentence });
    }
    let what = taken_back.unwrap_or_else(|| "what had crossed".to_owned());
    let sentence = match rule.as_str() {
        "deleted" | "gone" => format!(
            "{} was deleted in FreshBooks, and {what} was taken back in Cin7.",
            work.subject()
        ),
        _ => format!("{sentence} For that, {what} was taken back in Cin7."),
    };
    work.note(
        Draft::new("reversed")
            .with("rule", rule)
            .with("sentence", &sentence),
    );
    work.record.enter(State::Reversed, sentence);
    Ok(())
}
