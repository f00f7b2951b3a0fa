//! A tax on something bought: on bill lines and expenses its money is shown.

use money::Currency;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use crate::PaidTax;

/// A tax of its name, percentage and money, unless the slot is unused: no name, no percentage, no
/// money. One that has a name or a percentage has to say what it comes to.
pub(super) fn paid_tax(
    (name, percent, amount): (&Scalar, &Scalar, &Amount),
    currency: Currency,
    what: &str,
) -> Result<Option<PaidTax>, Breach> {
    let percent = percent.decimal(&format!("rate of {what}"))?;
    let money = amount.in_currency(currency, what)?;
    let has_rate = percent.is_some_and(|percent| !percent.is_zero());
    let has_money = money.is_some_and(|money| !money.is_zero());
    if name.filled().is_none() && !has_rate && !has_money {
        return Ok(None);
    }
    let money = match money {
        Some(money) => money,
        // Nothing percent of anything is nothing.
        None if percent.is_some() && !has_rate => money::Decimal::ZERO,
        None => return Err(Breach::missing(format_args!("money of {what}"))),
    };
    Ok(Some(PaidTax {
        name: name.trimmed().to_owned(),
        percent: percent.map(|percent| percent.normalize()),
        amount: money,
    }))
}
