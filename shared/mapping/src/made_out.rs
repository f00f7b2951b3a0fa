//! A tax of which only the money is known, as the settings name it.

use money::{Decimal, Money, round};

use crate::held::Held;
use crate::settings::Names;
use crate::tax_rules::tax_key;
use crate::text::{folded, same};
use crate::unit::unit;

/// Decimals of a percentage that is made out from money.
const PERCENT_PLACES: u32 = 4;

/// A tax without its percentage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaxMoney<'a> {
    /// May be empty.
    pub name: &'a str,
    pub amount: Money,
    /// What it may be levied on: the line, and the line with the taxes before this one.
    pub bases: [Decimal; 2],
}

/// The one of the settings' taxes of that name that comes to the money to the cent, else the
/// percentage with the fewest decimals that does. `record` is what the sentence starts with.
pub(crate) fn key(record: &str, tax: &TaxMoney<'_>, names: &Names) -> Result<String, Held> {
    let unit = unit(tax.amount.currency);
    let fits = |percent| {
        let mut bases = tax.bases.into_iter();
        bases.any(|base| comes_to(base, percent, tax.amount.amount, unit))
    };
    let mut fitting: Vec<&str> = names
        .iter()
        .flat_map(|(key, _)| key.split(" + "))
        .filter(|part| {
            let of_tax = part.trim().rsplit_once(' ');
            of_tax.is_some_and(|(name, percent)| {
                (tax.name.trim().is_empty() || same(name, tax.name))
                    && percent.parse().is_ok_and(fits)
            })
        })
        .collect();
    fitting.sort_by_key(|part| folded(part));
    fitting.dedup_by(|left, right| same(left, right));
    match fitting.as_slice() {
        [] => {
            let percent = shortest(tax.bases[0], tax.amount.amount, unit);
            Ok(tax_key(tax.name, percent))
        }
        [only] => Ok((*only).trim().to_owned()),
        [first, second, ..] => Err(ambiguous(record, tax, first, second)),
    }
}

/// The percentage with the fewest decimals that comes to a tax.
pub(crate) fn shortest(net: Decimal, tax: Decimal, unit: Decimal) -> Decimal {
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

fn ambiguous(record: &str, tax: &TaxMoney<'_>, first: &str, second: &str) -> Held {
    Held::Attention {
        sentence: format!(
            "{record} has a tax of {} without a percentage, and both {first} and {second} come to that; \
             state the percentage in FreshBooks, or enter it in Cin7 by hand.",
            tax.amount
        ),
    }
}
