//! Taxes where Cin7 computes them by itself: then what is sent has to be what Cin7 comes to.

use money::{Decimal, cents};

use super::lines::Posted;
use super::pieces::Piece;
use super::{Source, taxes};
use crate::held::Held;

/// The taxes of the pieces as they were spread, or Cin7's own where the settings say that it computes
/// them. Cin7's have to add up to the invoice's, or the total would be another one
/// (docs/cin7-api.md, line totals).
pub(super) fn or_sent(
    source: &Source<'_>,
    pieces: &[(&Posted<'_>, Piece)],
    wanted: Decimal,
    spread: Vec<Decimal>,
) -> Result<Vec<Decimal>, Held> {
    if !source.settings.cin7.recomputes_tax {
        return Ok(spread);
    }
    let computed: Vec<Decimal> = pieces
        .iter()
        .map(|(posted, piece)| cents(piece.total * percent(source, posted) / Decimal::ONE_HUNDRED))
        .collect();
    let sum: Decimal = computed.iter().sum();
    if sum == wanted {
        return Ok(computed);
    }
    Err(Held::Attention {
        sentence: format!(
            "{} has taxes of {}, and Cin7 computes them line by line and would come to {}; enter it \
             in Cin7 by hand.",
            source.record(),
            source.money(wanted),
            source.money(sum)
        ),
    })
}

/// The percentage of Cin7's rule, where its book tells it.
fn percent(source: &Source<'_>, posted: &Posted<'_>) -> Decimal {
    let rule = source.facts.tax_rule(&posted.rule);
    rule.and_then(|rule| rule.percent)
        .unwrap_or_else(|| taxes::percent(posted.line))
}
