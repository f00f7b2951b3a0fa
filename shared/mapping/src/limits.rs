//! Whether the figures of a document can be meant, and kept by Cin7.

use money::{Decimal, Money, cents};

use crate::held::Held;

/// Figures and quantities beyond this are not money but a mistake, and arithmetic on them could
/// leave the range of a decimal.
const LARGEST: i64 = 100_000_000_000;

/// Rates of tax and discount beyond this, in percent, likewise.
const LARGEST_PERCENT: i64 = 1_000;

/// Checks a document's figures, and that its total is in cents; `record` is what sentences start with.
pub(crate) fn figures_are_figures(
    record: &str,
    total: Money,
    mut amounts: impl Iterator<Item = Decimal>,
    mut percents: impl Iterator<Item = Decimal>,
) -> Result<(), Held> {
    let below = |value: Decimal, limit: i64| value.abs() < Decimal::from(limit);
    let within_limits = below(total.amount, LARGEST)
        && amounts.all(|amount| below(amount, LARGEST))
        && percents.all(|percent| below(percent, LARGEST_PERCENT));
    if !within_limits {
        return Err(Held::Attention {
            sentence: format!(
                "{record} has an amount, a quantity or a rate too large to be meant; correct it \
                 in FreshBooks."
            ),
        });
    }
    if cents(total.amount) != total.amount {
        return Err(Held::Attention {
            sentence: format!(
                "{record} comes to {total}, and Cin7 keeps two decimals; enter it in Cin7 by hand."
            ),
        });
    }
    Ok(())
}
