//! What an invoice's lines come to before tax, and how much tax there is. FreshBooks states no
//! tax money (docs/freshbooks-api.md, invoices): it is what the total has beyond the lines.

use freshbooks::{Invoice, Line};
use money::{Decimal, cents};

use super::{Source, taxes};
use crate::apportion::apportion;
use crate::held::Held;
use crate::unit::unit;

/// The figures to post.
#[derive(Debug)]
pub(super) struct Figures {
    /// What each line comes to after discount and before tax, in cents.
    pub nets: Vec<Decimal>,
    /// Tax on all lines together, in cents.
    pub tax: Decimal,
    /// Percent to state on every line; 0 where there is no discount or Cin7 cannot state it, the
    /// prices then being the discounted ones.
    pub discount: Decimal,
}

/// What each line comes to after discount and before tax, not rounded.
pub(super) fn exact_nets(invoice: &Invoice) -> Vec<Decimal> {
    let lines: Vec<&Line> = invoice.lines.iter().collect();
    exact(invoice, &lines)
}

/// The figures of the lines that are posted.
///
/// FreshBooks may round tax per line or per document. Either way it is within a cent for each tax
/// of each line, and one for the discount; what is further off is not rounding.
pub(super) fn figures(source: &Source<'_>, lines: &[&Line]) -> Result<Figures, Held> {
    let invoice = source.invoice;
    let total = invoice.total.amount;
    let exact = exact(invoice, lines);
    let net = gross(lines) - reduction(invoice, lines);
    let expected: Decimal = lines
        .iter()
        .zip(&exact)
        .map(|(line, net)| net * taxes::percent(line) / Decimal::ONE_HUNDRED)
        .sum();
    let roundings = roundings(lines);
    let tolerance = unit(invoice.currency) * Decimal::from(roundings);
    if (total - net - expected).abs() > tolerance {
        return Err(does_not_add_up(source, net, expected));
    }
    // Where no tax is due, or rounding has eaten it, what is over belongs to the lines.
    let untaxed = lines.iter().all(|line| taxes::count(line) == 0);
    let eaten = total < net && expected >= Decimal::ZERO;
    let net = if untaxed || eaten { total } else { net };
    Ok(Figures {
        nets: apportion(net, &exact).ok_or_else(|| does_not_add_up(source, net, expected))?,
        tax: total - net,
        discount: stated_discount(invoice, lines),
    })
}

/// The sentence for figures of which no invoice can be made.
pub(super) fn does_not_add_up(source: &Source<'_>, net: Decimal, tax: Decimal) -> Held {
    let lines = source.money(cents(net + tax));
    let total = source.invoice.total;
    Held::Attention {
        sentence: format!(
            "{} does not add up: its lines with discount and taxes come to {lines}, and \
             FreshBooks states a total of {total}; correct it in FreshBooks, or enter it in Cin7 \
             by hand.",
            source.record()
        ),
    }
}

fn gross(lines: &[&Line]) -> Decimal {
    cents(lines.iter().map(|line| line.amount).sum())
}

/// The discount in money.
fn reduction(invoice: &Invoice, lines: &[&Line]) -> Decimal {
    let computed = gross(lines) * invoice.discount.percent / Decimal::ONE_HUNDRED;
    cents(invoice.discount.amount.unwrap_or(computed))
}

/// What is left of each line by the percentage where that agrees with the money, else by the money.
fn exact(invoice: &Invoice, lines: &[&Line]) -> Vec<Decimal> {
    let gross = gross(lines);
    let (kept, of) = match agreed_percent(invoice, lines) {
        Some(percent) => (Decimal::ONE_HUNDRED - percent, Decimal::ONE_HUNDRED),
        None => (gross - reduction(invoice, lines), gross),
    };
    let net = |line: &&Line| (line.amount * kept).checked_div(of).unwrap_or(line.amount);
    lines.iter().map(net).collect()
}

/// How often FreshBooks may have rounded on the way to the total.
fn roundings(lines: &[&Line]) -> usize {
    let taxes: usize = lines.iter().map(|line| taxes::count(line)).sum();
    if taxes == 0 { lines.len() } else { taxes + 1 }
}

/// The percentage, if Cin7 can hold it (docs/cin7-api.md, numbers).
fn stated_discount(invoice: &Invoice, lines: &[&Line]) -> Decimal {
    let held = |percent: &Decimal| {
        percent.scale() <= 2 && (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent)
    };
    let percent = agreed_percent(invoice, lines).map(|percent| percent.normalize());
    percent.filter(held).unwrap_or_default()
}

/// The percentage, if it gives the discount in money but for a rounding of each line.
fn agreed_percent(invoice: &Invoice, lines: &[&Line]) -> Option<Decimal> {
    let percent = invoice.discount.percent;
    let computed = gross(lines) * percent / Decimal::ONE_HUNDRED;
    let tolerance = unit(invoice.currency) * Decimal::from(lines.len());
    let agrees = (reduction(invoice, lines) - computed).abs() <= tolerance;
    agrees.then_some(percent)
}
