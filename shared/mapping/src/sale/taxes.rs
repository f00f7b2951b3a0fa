//! The taxes of a line: their rate together, and the one Cin7 rule that stands for them.

use freshbooks::Line;
use money::Decimal;

use super::Source;
use super::products::label;
use crate::held::Held;
use crate::tax_rules::{self, TaxSide, WantedRule, tax_key};

/// Percent of a line's net amount that its taxes take together; where they are compounded, the
/// second is levied on the first as well.
pub(super) fn percent(line: &Line) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    line.taxes.iter().fold(Decimal::ZERO, |sum, tax| {
        let base = if line.compounded {
            hundred + sum
        } else {
            hundred
        };
        sum + tax.percent * base / hundred
    })
}

/// How many taxes of a line take something.
pub(super) fn count(line: &Line) -> usize {
    line.taxes
        .iter()
        .filter(|tax| !tax.percent.is_zero())
        .count()
}

/// The name of the tax rule for a line.
pub(super) fn rule(source: &Source<'_>, line: &Line) -> Result<String, Held> {
    let wanted = WantedRule {
        record: &source.record(),
        label: &label(line),
        side: TaxSide::Sale,
        taxes: named(line),
        is_ordered: line.compounded,
        percent: percent(line),
    };
    tax_rules::rule(&wanted, source.settings, source.facts)
}

/// The keys under which the settings may have a line's taxes, the document's own spelling first.
pub(super) fn keys(line: &Line) -> Vec<String> {
    tax_rules::keys(named(line), line.compounded)
}

fn named(line: &Line) -> Vec<String> {
    let taxes = line.taxes.iter();
    taxes.map(|tax| tax_key(&tax.name, tax.percent)).collect()
}
