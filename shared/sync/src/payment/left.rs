//! Whether a payment in Cin7 is still as we left it.

use cin7::{SalePayment, Writer};
use ledger::Record;

use crate::side::Payable;
use crate::steps::digest;
use crate::stop::{Stop, cin7_stop};
use crate::work::{Work, name_of};

/// The record's payment as Cin7 shows it; `None` where it is believed to be gone.
pub(super) async fn shown<S: Payable>(
    work: &mut Work<'_>,
    writer: &Writer,
) -> Result<Option<SalePayment>, Stop> {
    let id = S::id(&work.record.cin7).unwrap_or_default().to_owned();
    let payment_id = work.record.cin7.payment_id.clone().unwrap_or_default();
    let subject = work.subject();
    let rows = S::payments(writer.reader(), &id).await;
    // A document just made may not be shown yet either (docs/cin7-api.md, read-after-write lag).
    if matches!(rows, Err(cin7::Error::Refused(_))) {
        not_yet(work)?;
    }
    let rows = rows.map_err(|error| cin7_stop(&subject, error))?;
    let found = rows
        .into_iter()
        .find(|row| row.id.eq_ignore_ascii_case(&payment_id));
    if found.is_none() {
        not_yet(work)?;
    }
    Ok(found)
}

/// Stops unless the payment stands as it was last written.
pub(super) async fn as_left<S: Payable>(
    work: &mut Work<'_>,
    shown: &SalePayment,
) -> Result<(), Stop> {
    let Some(why) = difference::<S>(work, &work.record, shown).await? else {
        return Ok(());
    };
    not_yet(work)?;
    let told = |amount: &Option<String>| amount.clone().unwrap_or_default();
    Err(Stop::Attention(format!(
        "{} was changed or deleted in FreshBooks, but it is not in Cin7 as it was left: {why}. FreshBooks: \
         {} {}. Cin7: {} of {} on account {}. Nothing was overwritten; make the two agree by hand, then \
         replay it.",
        work.subject(),
        told(&work.record.total),
        told(&work.record.currency),
        shown.amount,
        shown
            .paid_on
            .map_or_else(|| "an unknown day".to_owned(), |day| day.to_string()),
        shown.account,
    )))
}

/// A look that lags shows what stood there before our own last write.
fn not_yet(work: &Work<'_>) -> Result<(), Stop> {
    let Some(until) = work.shown_late_until(&work.record) else {
        return Ok(());
    };
    Err(Stop::Later {
        until,
        sentence: format!(
            "{}: Cin7 may not show it as it is yet. It is looked at again.",
            work.subject()
        ),
    })
}

/// How a payment differs from what was last written of it.
pub(super) async fn difference<S: Payable>(
    work: &Work<'_>,
    record: &Record,
    shown: &SalePayment,
) -> Result<Option<String>, Stop> {
    let Some(step) = record.step(S::PAYMENT) else {
        return Ok(Some("what was sent is not on record".to_owned()));
    };
    let kept = work.engine.ledger.sent(&record.key, &step.name).await?;
    let Some(sent) = kept.filter(|text| digest(text) == step.request) else {
        return Ok(Some("what was sent is not on record".to_owned()));
    };
    let differences = shown.differences(&sent);
    Ok((!differences.is_empty()).then(|| {
        let told: Vec<String> = differences.iter().map(ToString::to_string).collect();
        told.join(", ")
    }))
}

/// What somebody did to the payments on a document, as the rest of a sentence; `None` where each is one
/// of ours, as we left it, and none of ours is missing.
pub(crate) async fn touched<S: Payable>(
    work: &Work<'_>,
    rows: &[SalePayment],
) -> Result<Option<String>, Stop> {
    let mut ours = Vec::new();
    for key in &work.record.children {
        if let Some(child) = work.engine.ledger.record(key).await? {
            // One that was moved stands on another document.
            if child.parent.as_ref() == Some(&work.record.key) {
                ours.push(child);
            }
        }
    }
    // What was paid when it was bought stands in its own record.
    if work.record.step(S::PAYMENT).is_some() {
        ours.push(work.record.clone());
    }
    for row in rows {
        let Some(child) = ours.iter().find(|child| is_of::<S>(child, row)) else {
            return Ok(Some(format!(
                "a payment of {} that is not ours stands on it",
                row.amount
            )));
        };
        // One whose answer was lost is settled before it is taken off.
        if !child.is_uncertain()
            && let Some(why) = difference::<S>(work, child, row).await?
        {
            return Ok(Some(format!(
                "{} on it was changed ({why})",
                name_of(child)
            )));
        }
    }
    let is_shown = |child: &Record| rows.iter().any(|row| is_of::<S>(child, row));
    let missing = ours
        .iter()
        .find(|child| child.cin7.payment_id.is_some() && !child.is_uncertain() && !is_shown(child));
    Ok(missing.map(|child| format!("{} was deleted from it", name_of(child))))
}

fn is_of<S: Payable>(child: &Record, row: &SalePayment) -> bool {
    let by_id = child.cin7.payment_id.as_deref();
    let by_mark = child.step(S::PAYMENT).map(|step| step.mark.as_str());
    by_id.is_some_and(|id| id.eq_ignore_ascii_case(&row.id))
        || by_mark == Some(row.reference.as_str())
}
