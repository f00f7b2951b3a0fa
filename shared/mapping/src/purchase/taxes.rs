//! The tax rule of a line: by the percentages that FreshBooks states, or by the money where it states
//! no percentage.

use freshbooks::{BillLine, PaidTax};
use money::Decimal;

use super::Source;
use super::figures::tax_of;
use super::goods::label;
use crate::held::Held;
use crate::made_out::{self, TaxMoney, shortest};
use crate::tax_rules::{self, TaxSide, WantedRule, tax_key};

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

/// The tax as the settings name it; `base` is the line with the taxes before this one, for the second
/// may be levied on the first.
fn key(source: &Source<'_>, line: &BillLine, tax: &PaidTax, base: Decimal) -> Result<String, Held> {
    if let Some(percent) = tax.percent {
        return Ok(tax_key(&tax.name, percent));
    }
    let money = TaxMoney {
        name: &tax.name,
        amount: source.money(tax.amount),
        bases: [line.amount, base],
    };
    made_out::key(source.record(), &money, &source.settings.purchase_taxes)
}
