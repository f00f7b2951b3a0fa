//! Taking an entry back: because FreshBooks no longer has it, or to make way for what it says now.

use cin7::Writer;
use ledger::audit::Draft;

use super::left::{as_left, last_sent_as, shown};
use crate::revise::restored;
use crate::side::document_name;
use crate::steps::{Entry, VoidEntry, is_voided, run, settle_open};
use crate::stop::Stop;
use crate::withdraw::{end, start_moved};
use crate::work::Work;

/// Voids the entry; afterwards the record begins anew.
pub(super) async fn void<E: Entry>(
    work: &mut Work<'_>,
    id: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    let called = document_name(&work.record);
    // From here on nobody may take it for standing, until Cin7 has refused or holds the new one.
    let content = work.record.content.take();
    if let Err(stop) = run(work, &VoidEntry::<E>::new(id), writer).await {
        let stop = match stop {
            Stop::Refused(words) => Stop::Attention(format!(
                "{} was changed or deleted in FreshBooks, and Cin7 does not void {called}: {}. Void it there by \
                 hand, then replay it.",
                work.subject(),
                words.trim_end_matches('.')
            )),
            stop => stop,
        };
        return Err(restored(work, content, stop));
    }
    work.note(Draft::new("voided").with("entry", called));
    work.record.begin_anew();
    work.moved = true;
    Ok(())
}

/// Takes back what FreshBooks no longer has, if it is as we left it, and then ends the look as `held`
/// says. A person may have voided it before.
pub(crate) async fn withdraw<E: Entry>(work: &mut Work<'_>, held: Stop) -> Result<(), Stop> {
    let mut taken_back = None;
    if work.record.has_begun() {
        let writer = work.writer().await?;
        settle_open(work, writer.reader()).await?;
        if let Some(id) = E::id(&mut work.record).clone() {
            start_moved(work, &held, (last_sent_as::<E>(&work.record), E::DAY)).await?;
            taken_back = Some(document_name(&work.record));
            take_back::<E>(work, &id, &writer).await?;
        }
    }
    end(work, held, taken_back)
}

pub(crate) async fn take_back<E: Entry>(
    work: &mut Work<'_>,
    id: &str,
    writer: &Writer,
) -> Result<(), Stop> {
    let shown = shown::<E>(work, id, writer).await?;
    let Some(shown) = shown.filter(|shown| !is_voided(shown.status())) else {
        work.note(Draft::new("gone from Cin7 already"));
        work.record.begin_anew();
        work.moved = true;
        return Ok(());
    };
    as_left::<E>(work, &shown, None, writer).await?;
    void::<E>(work, id, writer).await
}
