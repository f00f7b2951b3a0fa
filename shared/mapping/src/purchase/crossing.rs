//! Whether something bought crosses at all, before anything is mapped.

use money::Decimal;

use super::{Source, goods};
use crate::held::Held;
use crate::{dates, limits};

/// Checks in the order in which a person would want to hear of them.
pub(crate) fn check(source: &Source<'_>) -> Result<(), Held> {
    let (bought, record) = (source.bought, source.record());
    dates::start_date(record, bought.day, source.settings)?;
    dates::lock_date(record, bought.day, source.facts)?;
    let lines = bought.lines.iter();
    let amounts = lines
        .flat_map(|line| [line.quantity, line.unit_cost, line.amount])
        .chain([bought.subtotal]);
    let taxes = || bought.lines.iter().flat_map(|line| &line.taxes);
    let amounts = amounts.chain(taxes().map(|tax| tax.amount));
    let percents = taxes().filter_map(|tax| tax.percent);
    limits::figures_are_figures(record, bought.total, amounts, percents)?;
    zero(source)?;
    negative(source)
}

/// Nothing bought has nothing to post, unless goods come with it.
fn zero(source: &Source<'_>) -> Result<(), Held> {
    let bought = source.bought;
    let mut lines = bought.lines.iter();
    let is_something = lines.any(|line| !line.amount.is_zero() || goods::are_counted(source, line));
    if !bought.total.amount.is_zero() || is_something {
        return Ok(());
    }
    let sentence = format!(
        "{} comes to {} and brings no stock, so there is nothing to post and nothing to do.",
        source.record(),
        bought.total
    );
    Err(Held::skipped("zero", sentence))
}

fn negative(source: &Source<'_>) -> Result<(), Held> {
    let total = source.bought.total;
    if total.amount >= Decimal::ZERO {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} comes to {total}, and a purchase in Cin7 cannot be negative; enter it there as a \
             supplier credit note, or as money received.",
            source.record()
        ),
    })
}
