//! What lines may be like (docs/cin7-api.md, numbers and line totals).

use cin7::SaleLine;
use money::{Decimal, cents};

use super::Found;
use crate::progress::Finding;
use crate::sitting::{Invoiced, Sitting, Stop, unsettled};

/// One taxed line, with a tax that is a cent too much: what Cin7 makes of it tells whether its total
/// holds the tax, and whether the tax is Cin7's own.
pub(super) async fn total(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let Some((rule, percent)) = account.taxed.clone() else {
        return Ok(Found::nothing(
            "Cin7 has no active tax rule for sales that takes anything; add one there.".to_owned(),
        ));
    };
    let net = Decimal::new(3333, 2);
    let own = cents(net * percent / Decimal::ONE_HUNDRED);
    let sent = own + Decimal::new(1, 2);
    let line = |total: Decimal| SaleLine {
        tax: sent,
        tax_rule: rule.clone(),
        total,
        ..account.line(Decimal::ONE, net)
    };
    let readings = [(net, false), (net + sent, true), (net + own, true)];
    let sale = at.sale(step).await?;
    let mut words = String::new();
    let mut ordered = false;
    for (total, with_tax) in readings {
        let lines = [line(total)];
        if !ordered {
            match at.order(&sale, &lines).await? {
                Ok(_) => ordered = true,
                Err(refused) => {
                    words = refused;
                    continue;
                }
            }
        }
        match at.invoice(&sale, &lines, false).await? {
            Ok(invoiced) => return Ok(judged(with_tax, &invoiced, [net + sent, net + own])),
            Err(refused) => words = refused,
        }
    }
    Err(unsettled(
        "a taxed line, with or without the tax in its total",
        &words,
    ))
}

fn judged(with_tax: bool, invoiced: &Invoiced, [as_sent, as_own]: [Decimal; 2]) -> Found {
    let how = if with_tax { "with" } else { "without" };
    let mut found = Found::one(Finding::new(
        "line_total_with_tax",
        with_tax,
        format!("Cin7 took the total of a taxed line {how} its tax."),
    ));
    let recomputed = match invoiced.total {
        Some(total) if total == as_sent => false,
        Some(total) if total == as_own => true,
        other => {
            let shown = other.map_or("nothing".to_owned(), |total| total.to_string());
            found.why = format!(
                "The invoice came to {shown}, which is neither {as_sent} nor {as_own}, so whether Cin7 \
                 computes taxes was not settled."
            );
            return found;
        }
    };
    let evidence = if recomputed {
        format!("A tax that was a cent too much was corrected: the invoice came to {as_own}.")
    } else {
        format!("A tax that was a cent too much was kept: the invoice came to {as_sent}.")
    };
    let finding = Finding::new("recomputes_tax", recomputed, evidence);
    found.findings.push(finding);
    found
}

pub(super) async fn fraction(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let half = at.account()?.line(Decimal::new(5, 1), Decimal::ONE_HUNDRED);
    let taken = taken(step, at, vec![half]).await?;
    let what = "half of a service";
    Ok(Found::one(said("fractional_quantities", what, taken)))
}

pub(super) async fn negative(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let lines = vec![
        account.line(Decimal::ONE, Decimal::ONE_HUNDRED),
        account.line(Decimal::ONE, Decimal::NEGATIVE_ONE),
    ];
    let taken = taken(step, at, lines).await?;
    Ok(Found::one(said("negative_lines", "a line of -1.00", taken)))
}

pub(super) async fn charge(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let charge = SaleLine {
        product_id: String::new(),
        sku: String::new(),
        name: "ZZ-PROBE charge without a product".to_owned(),
        ..account.line(Decimal::ONE, Decimal::TEN)
    };
    let lines = vec![account.line(Decimal::ONE, Decimal::ONE_HUNDRED), charge];
    let taken = taken(step, at, lines).await?;
    let what = "a charge for which there is no product";
    Ok(Found::one(said("free_text_charges", what, taken)))
}

/// Whether a sale of these lines could be ordered and invoiced to the cent; else why not.
async fn taken(
    step: &str,
    at: &mut Sitting<'_>,
    lines: Vec<SaleLine>,
) -> Result<Result<(), String>, Stop> {
    let sale = at.sale(step).await?;
    if let Err(words) = at.order(&sale, &lines).await? {
        return Ok(Err(words));
    }
    let invoiced = match at.invoice(&sale, &lines, false).await? {
        Ok(invoiced) => invoiced,
        Err(words) => return Ok(Err(words)),
    };
    let wanted: Decimal = lines.iter().map(|line| line.total + line.tax).sum();
    Ok(match invoiced.total {
        Some(total) if total == wanted => Ok(()),
        Some(total) => Err(format!("the invoice came to {total} instead of {wanted}")),
        None => Err("the invoice showed no total".to_owned()),
    })
}

fn said(setting: &str, what: &str, taken: Result<(), String>) -> Finding {
    match taken {
        Ok(()) => Finding::new(setting, true, format!("Cin7 took {what}, to the cent.")),
        Err(words) => Finding::new(
            setting,
            false,
            format!("Cin7 did not take {what}: \u{201c}{words}\u{201d}."),
        ),
    }
}
