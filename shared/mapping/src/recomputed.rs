//! Taxes where Cin7 computes them by itself: then what is sent has to be what Cin7 comes to.

use money::{Currency, Decimal, Money, cents};

use crate::facts::Facts;
use crate::held::Held;
use crate::settings::Settings;

/// One line as it is posted: what it comes to before tax, the name of its tax rule, and the percent
/// by which FreshBooks taxed it.
#[derive(Debug)]
pub(crate) struct TaxedLine<'a> {
    pub total: Decimal,
    pub rule: &'a str,
    pub percent: Decimal,
}

/// The taxes of the lines as they were spread, or Cin7's own where the settings say that it computes
/// them. Cin7's have to add up to the document's, or the total would be another one
/// (docs/cin7-api.md, line totals).
pub(crate) fn or_sent(
    (record, currency): (&str, Currency),
    lines: &[TaxedLine<'_>],
    spread: Vec<Decimal>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<Vec<Decimal>, Held> {
    if !settings.cin7.recomputes_tax {
        return Ok(spread);
    }
    let computed: Vec<Decimal> = lines
        .iter()
        .map(|line| {
            let rule = facts.tax_rule(line.rule);
            let percent = rule.and_then(|rule| rule.percent).unwrap_or(line.percent);
            cents(line.total * percent / Decimal::ONE_HUNDRED)
        })
        .collect();
    let (wanted, sum): (Decimal, Decimal) = (spread.iter().sum(), computed.iter().sum());
    if sum == wanted {
        return Ok(computed);
    }
    Err(Held::Attention {
        sentence: format!(
            "{record} has taxes of {}, and Cin7 computes them line by line and would come to {}; enter it \
             in Cin7 by hand.",
            Money::new(wanted, currency),
            Money::new(sum, currency)
        ),
    })
}
