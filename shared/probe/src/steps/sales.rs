//! What sales may be like, and how they are taken back, paid and found again.

use std::time::Duration;

use cin7::PaymentType;
use clock::{later, until};
use money::Decimal;

use super::Found;
use crate::progress::Finding;
use crate::sitting::{Invoiced, Sitting, Stop, failed, tried, unsettled};

/// For how long a new sale is looked for in Cin7's list.
const PATIENCE: Duration = Duration::from_secs(600);
/// The default of the setting. One measurement is no upper bound, so the probe never goes below it.
const SETTLED: u32 = 60;
const LONGEST: u32 = 3600;

/// A sale of services without an order (docs/cin7-api.md, sale types).
pub(super) async fn service(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let found =
        |flag, evidence: String| Ok(Found::one(Finding::new("service_sales", flag, evidence)));
    let sale = match at.header(step, true).await? {
        Ok(sale) => sale,
        Err(words) => {
            return found(
                false,
                format!("Cin7 refused a sale of services: \u{201c}{words}\u{201d}."),
            );
        }
    };
    let service = match sale.service {
        Some(service) => service,
        None => {
            let shown = at.writer.reader().sale(&sale.id).await;
            let shown = shown.map_err(|error| Stop::Failed(failed(error)))?;
            shown.and_then(|shown| shown.service).unwrap_or_default()
        }
    };
    if !service {
        let evidence = "Cin7 made an ordinary sale of what was asked for as a sale of services.";
        return found(false, evidence.to_owned());
    }
    let line = at.account()?.line(Decimal::ONE, Decimal::ONE_HUNDRED);
    let wanted = line.total + line.tax;
    match at.invoice(&sale, &[line], false).await? {
        Ok(Invoiced {
            total: Some(total), ..
        }) if total == wanted => found(
            true,
            "Cin7 made a service sale and took its invoice without an order.".to_owned(),
        ),
        Ok(_) => Ok(Found::nothing(format!(
            "Cin7 took the invoice of a service sale, but not as one of {wanted}."
        ))),
        Err(words) => found(
            false,
            format!(
                "Cin7 made a service sale and refused its invoice without an order: \u{201c}{words}\u{201d}."
            ),
        ),
    }
}

/// The task of an invoice: the sale's own id, else the zero id (docs/cin7-api.md, sale invoice).
pub(super) async fn task(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let sale = at.sale(step).await?;
    let lines = [at.account()?.line(Decimal::ONE, Decimal::ONE_HUNDRED)];
    let ordered = at.order(&sale, &lines).await?;
    ordered.map_err(|words| unsettled("the order of a sale", &words))?;
    let Err(words) = at.invoice(&sale, &lines, false).await? else {
        let evidence = "Cin7 took an invoice under the id of its sale.";
        return Ok(Found::one(Finding::new("invoice_task", "sale", evidence)));
    };
    let new = at.invoice(&sale, &lines, true).await?;
    new.map_err(|words| unsettled("an invoice under the id of its sale or the zero id", &words))?;
    let evidence = format!(
        "Cin7 refused an invoice under the id of its sale (\u{201c}{words}\u{201d}) and took it under the zero id."
    );
    Ok(Found::one(Finding::new("invoice_task", "new", evidence)))
}

/// Undoing the invoice of a simple sale, without and with a payment (docs/cin7-api.md, undo and void).
pub(super) async fn undo(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let found = |way: &str, evidence: String| Ok(Found::one(Finding::new("undo", way, evidence)));
    let (sale, invoiced) = at.invoiced(step).await?;
    if let Err(words) = tried(at.writer.undo_invoice(&sale.id, &invoiced.task_id).await)? {
        return found(
            "sale",
            format!("Cin7 does not undo the invoice of a simple sale: \u{201c}{words}\u{201d}."),
        );
    }
    let lines = [at.account()?.line(Decimal::ONE, Decimal::ONE_HUNDRED)];
    let again = match at.invoice(&sale, &lines, false).await? {
        Ok(again) => again,
        Err(words) => {
            return found(
                "sale",
                format!(
                    "Cin7 undid an invoice and did not take it again: \u{201c}{words}\u{201d}."
                ),
            );
        }
    };
    let mut evidence = "Cin7 undid the invoice of a simple sale and took it again.".to_owned();
    if let Some(account) = at.account()?.payment_account {
        let paid = at
            .pay(&sale, &again, (&account, PaymentType::Sample))
            .await?;
        if paid.is_ok() {
            let undone = tried(at.writer.undo_invoice(&sale.id, &again.task_id).await)?;
            evidence.push_str(&match undone {
                Ok(_) => " With a payment on it, it was undone too.".to_owned(),
                Err(words) => {
                    format!(" With a payment on it, it was not: \u{201c}{words}\u{201d}.")
                }
            });
        }
    }
    found("invoice", evidence)
}

/// How the type of a payment is spelt (docs/cin7-api.md, sale payments).
pub(super) async fn payment(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let Some(account) = at.account()?.payment_account else {
        return Ok(Found::nothing(
            "Cin7 has no account for payments in the base currency; enable one there.".to_owned(),
        ));
    };
    let (sale, invoiced) = at.invoiced(step).await?;
    let found = |capitals, evidence: String| {
        let finding = Finding::new("payment_type_in_capitals", capitals, evidence);
        Ok(Found::one(finding))
    };
    let sample = (account.as_str(), PaymentType::Sample);
    let Err(words) = at.pay(&sale, &invoiced, sample).await? else {
        return found(false, "Cin7 took a payment of the type Payment.".to_owned());
    };
    let capitals = (account.as_str(), PaymentType::Capitals);
    let paid = at.pay(&sale, &invoiced, capitals).await?;
    paid.map_err(|words| unsettled("a payment, however its type is spelt", &words))?;
    found(
        true,
        format!(
            "Cin7 refused a payment of the type Payment (\u{201c}{words}\u{201d}) and took PAYMENT."
        ),
    )
}

/// How soon Cin7's list shows a new sale by its mark, and what else its filter shows
/// (docs/cin7-api.md, sale list).
pub(super) async fn mark(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let waiting = at.progress.outcomes.get(step).is_some_and(|it| it.waiting);
    let mut things = at.progress.things.iter();
    let begun = things.find(|thing| waiting && thing.step == step && thing.id.is_some());
    let (mark, made_at) = match begun.map(|thing| (thing.name.clone(), thing.made_at)) {
        Some(begun) => begun,
        None => {
            let made_at = at.now();
            let sale = at.sale(step).await?;
            let mark = sale.external_id.filter(|mark| !mark.is_empty());
            let mark = mark.ok_or_else(|| {
                Stop::Unsettled("Cin7 made a sale and did not show its ExternalID.".to_owned())
            })?;
            (mark, made_at)
        }
    };
    let rows = listed(at, &mark).await?;
    let passed = until(made_at, at.now()).as_secs();
    if !rows.contains(&mark) {
        let why = format!("Cin7's list does not show a sale that was made {passed} s ago");
        let waiting = at.now() < later(made_at, PATIENCE);
        let rest = if waiting {
            "; ask again."
        } else {
            ", and it was given up."
        };
        return Ok(Found {
            why: why + rest,
            waiting,
            ..Found::default()
        });
    }
    let shorter: String = mark.chars().take(mark.chars().count() - 1).collect();
    let filter = if rows.iter().any(|other| *other != mark) {
        "shows other sales too"
    } else if listed(at, &shorter).await?.contains(&mark) {
        "takes a mark for the beginning of one"
    } else {
        "is exact"
    };
    let seconds = u32::try_from(passed.saturating_mul(3)).unwrap_or(LONGEST);
    let seconds = seconds.clamp(SETTLED, LONGEST);
    let evidence = format!(
        "Cin7's list showed a new sale by its mark after {passed} s at most; the filter {filter}, and rows \
         are compared here in any case."
    );
    Ok(Found::one(Finding::new(
        "settle_seconds",
        seconds,
        evidence,
    )))
}

/// The marks of the sales that Cin7's own filter lets through.
async fn listed(at: &Sitting<'_>, mark: &str) -> Result<Vec<String>, Stop> {
    let rows = at.writer.reader().sales_filtered(mark).await;
    let rows = rows.map_err(|error| Stop::Failed(failed(error)))?;
    Ok(rows
        .into_iter()
        .map(|row| row.external_id.unwrap_or_default())
        .collect())
}
