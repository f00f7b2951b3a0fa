//! The tax rule of a line: by the percentages that FreshBooks states, or by the money where it states
//! no percentage.

use freshbooks::{BillLine, PaidTax};
use money::{Decimal, round};

use super::Source;
use super::figures::tax_of;
use super::goods::label;
use crate::held::Held;
use crate::tax_rules::{self, TaxSide, WantedRule, tax_key};
use crate::text::{folded, same};
use crate::unit::unit;

/// Decimals of a percentage that is made out from money.
const PERCENT_PLACES: u32 = 4;

/// The name of the tax rule for a line.
pub(super) fn rule(source: &Source<'_>, line: &BillLine) -> Result<String, Held> {
    let mut taxes = Vec::new();
    let mut base = line.amount;
    for tax in &line.taxes {
        taxes.push(key(source, line, tax, base)?);
        base += tax.amount;
    }
    let wanted = WantedRule {
        record: source.record(),
        label: &label(line),
        side: TaxSide::Purchase,
        percent: percent(line).normalize(),
        taxes,
        is_ordered: false,
    };
    tax_rules::rule(&wanted, source.settings, source.facts)
}

/// Percent of a line's net amount that its taxes take together: as they are stated, else as the money
/// has it.
pub(super) fn percent(line: &BillLine) -> Decimal {
    let stated: Option<Decimal> = line.taxes.iter().map(|tax| tax.percent).sum();
    stated.unwrap_or_else(|| shortest(line.amount, tax_of(line), Decimal::new(1, 2)))
}

/// The tax as the settings name it. Without a percentage it is the one of the settings' taxes of that
/// name that comes to the money to the cent; `base` is the line with the taxes before this one, for
/// the second may be levied on the first.
fn key(source: &Source<'_>, line: &BillLine, tax: &PaidTax, base: Decimal) -> Result<String, Held> {
    if let Some(percent) = tax.percent {
        return Ok(tax_key(&tax.name, percent));
    }
    let unit = unit(source.bought.total.currency);
    let fits = |percent| {
        let mut bases = [line.amount, base].into_iter();
        bases.any(|base| comes_to(base, percent, tax.amount, unit))
    };
    let names = source.settings.purchase_taxes.iter();
    let mut fitting: Vec<&str> = names
        .flat_map(|(key, _)| key.split(" + "))
        .filter(|part| {
            let of_tax = part.trim().rsplit_once(' ');
            of_tax.is_some_and(|(name, percent)| {
                (tax.name.trim().is_empty() || same(name, &tax.name))
                    && percent.parse().is_ok_and(fits)
            })
        })
        .collect();
    fitting.sort_by_key(|part| folded(part));
    fitting.dedup_by(|left, right| same(left, right));
    match fitting.as_slice() {
        [] => Ok(tax_key(&tax.name, shortest(line.amount, tax.amount, unit))),
        [only] => Ok((*only).trim().to_owned()),
        [first, second, ..] => Err(ambiguous(source, tax, first, second)),
    }
}

/// The percentage with the fewest decimals that comes to a tax.
fn shortest(net: Decimal, tax: Decimal, unit: Decimal) -> Decimal {
    let exact = (tax * Decimal::ONE_HUNDRED)
        .checked_div(net)
        .unwrap_or_default();
    (0..=PERCENT_PLACES)
        .map(|places| round(exact, places))
        .find(|percent| comes_to(net, *percent, tax, unit))
        .unwrap_or_else(|| round(exact, PERCENT_PLACES))
}

/// Whether a tax is a percentage of a base, both having been rounded to a unit: each may be off by half
/// of one.
fn comes_to(base: Decimal, percent: Decimal, tax: Decimal, unit: Decimal) -> bool {
    let share = percent / Decimal::ONE_HUNDRED;
    (base * share - tax).abs() * Decimal::TWO <= unit * (Decimal::ONE + share.abs())
}

fn ambiguous(source: &Source<'_>, tax: &PaidTax, first: &str, second: &str) -> Held {
    Held::Attention {
        sentence: format!(
            "{} has a tax of {} without a percentage, and both {first} and {second} come to that; \
             state the percentage in FreshBooks, or enter it in Cin7 by hand.",
            source.record(),
            source.money(tax.amount)
        ),
    }
}
