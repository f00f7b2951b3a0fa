//! Taking back what FreshBooks no longer has: a sale or a purchase is voided if it is as we left it.

use cin7::Writer;
use ledger::audit::Draft;
use ledger::{State, StepStatus};

use crate::copy::{Fate, as_left, copy, sent_on};
use crate::payment;
use crate::revise::{restored, undo};
use crate::side::{Payable, Shown, document_name};
use crate::steps::{VoidDocument, run, settle_open};
use crate::stop::Stop;
use crate::work::Work;

/// Voids a record's document, if one stands, and then ends the look as `held` says: what was taken back
/// for good is reversed, what waits in FreshBooks waits.
pub(crate) async fn withdraw<S: Payable>(work: &mut Work<'_>, held: Stop) -> Result<(), Stop> {
    if work.record.has_begun() {
        let writer = work.writer().await?;
        settle_open(work, writer.reader()).await?;
    }
    let standing = S::id(&work.record.cin7).map(str::to_owned);
    let mut taken_back = None;
    if let Some(id) = standing.filter(|_| work.record.has_begun()) {
        start_moved(work, &held, (S::INVOICE, "InvoiceDate")).await?;
        let document = document_name(&work.record);
        take_back::<S>(work, &id).await?;
        work.note(Draft::new("voided").with(S::NOUN, &document));
        work.record.begin_anew();
        work.moved = true;
        taken_back = Some(document);
    }
    end(work, held, taken_back)
}

/// Takes the payments off a document that is as we left it, and voids it. A person may have voided it
/// before.
pub(crate) async fn take_back<S: Payable>(work: &mut Work<'_>, id: &str) -> Result<(), Stop> {
    let writer = work.writer().await?;
    let copy = copy::<S>(work, id, &writer).await?;
    let standing = copy.filter(|copy| !copy.shown.papers().is_voided());
    if let Some(copy) = &standing {
        as_left(work, copy, Fate::Withdrawn, &writer).await?;
    }
    // From here on nobody may take it for standing.
    let content = work.record.content.take();
    if let Err(stop) = payment::detach_all::<S>(work).await {
        return Err(restored(work, content, stop));
    }
    if standing.is_none() {
        return Ok(());
    }
    match void::<S>(work, id, &writer).await {
        Err(Stop::Refused(words)) => Err(not_voided::<S>(work, content, &words)),
        other => other,
    }
}

fn not_voided<S: Payable>(work: &mut Work<'_>, content: Option<String>, words: &str) -> Stop {
    let undone = work.record.step(S::UNDO);
    let is_draft = undone.is_some_and(|step| step.status == StepStatus::Done);
    let draft = if is_draft {
        ", which is a draft now"
    } else {
        ""
    };
    let stop = Stop::Attention(format!(
        "{} no longer counts in FreshBooks, and Cin7 does not void {}{draft}: {}. Void it there by hand, then \
         replay it.",
        work.subject(),
        document_name(&work.record),
        words.trim_end_matches('.')
    ));
    if is_draft {
        return stop;
    }
    restored(work, content, stop)
}

/// Voids a document; one that Cin7 does not void as it is, once it is a draft
/// (docs/cin7-api.md, undo and void).
async fn void<S: Payable>(work: &mut Work<'_>, id: &str, writer: &Writer) -> Result<(), Stop> {
    let void = VoidDocument::<S>::new(id);
    let first = run(work, &void, writer).await;
    let invoice = work.record.step(S::INVOICE);
    let invoiced = invoice.is_some_and(|step| step.status == StepStatus::Done);
    if !matches!(first, Err(Stop::Refused(_))) || !undo::<S>(work, id, invoiced, writer).await? {
        return first;
    }
    run(work, &void, writer).await
}

/// Stops where a document would be taken back only because the start date of the settings was moved past
/// it: what crossed before that stands.
pub(crate) async fn start_moved(
    work: &Work<'_>,
    held: &Stop,
    (step, field): (&str, &str),
) -> Result<(), Stop> {
    let Stop::Skip { rule, sentence } = held else {
        return Ok(());
    };
    let day = sent_on(work, &work.record, step, field).await?;
    let before = day
        .zip(work.settings.start_date)
        .is_some_and(|(day, start)| day < start);
    if rule != "start_date" || !before {
        return Ok(());
    }
    Err(Stop::Attention(format!(
        "{sentence} It crossed before that date was set, and was changed in FreshBooks since. Cin7 still \
         holds what was there before; bring it up to date by hand."
    )))
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
