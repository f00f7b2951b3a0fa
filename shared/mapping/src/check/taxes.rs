//! Taxes: those that FreshBooks has and the settings do not map, and the rules that they map to.

use std::collections::BTreeMap;

use ::money::Decimal;
use cin7::TaxRule;

use super::Case;
use super::finding::Notes;
use crate::held::SettingKey;
use crate::sale::{tax_keys, tax_percent};
use crate::text::{flat, folded, nearest, same};

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let known = known(case);
    for tax in known.values() {
        unmapped(case, notes, tax);
    }
    for (key, name) in case.settings.taxes.iter() {
        let setting = setting(key);
        let tax = known.get(&folded(key));
        let percent = tax.map(|tax| tax.percent);
        if rule(case, notes, (&setting, percent), name, |rule| rule.for_sale) {
            continue;
        }
        other_rate(case, notes, &setting, name, percent);
        gone(&known, notes, key);
    }
}

/// Notes a rule that lines of one side cannot name; true if it did.
pub(super) fn rule(
    case: &Case<'_>,
    notes: &mut Notes,
    (key, percent): (&SettingKey<'_>, Option<Decimal>),
    name: &str,
    is_for: fn(&TaxRule) -> bool,
) -> bool {
    let rules = &case.facts.books.taxes;
    let why = match case.facts.tax_rule(name) {
        _ if rules.is_empty() => return false,
        None => "does not exist",
        Some(rule) if !rule.active => "is not active",
        Some(rule) if !is_for(rule) => "is not for such documents",
        Some(_) => return false,
    };
    let usable = || rules.iter().filter(|rule| rule.active && is_for(rule));
    let of_rate = usable().find(|rule| percent.is_some() && rule.percent == percent);
    let near = of_rate
        .map(|rule| rule.name.as_str())
        .or_else(|| nearest(name, usable().map(|rule| rule.name.as_str())));
    let what = format!("The tax rule `{name}` of \"{}\" {why} in Cin7.", key.key);
    notes.problem(key, near.unwrap_or("TAX RULE"), what);
    true
}

/// A tax, or two that stand together.
struct Known {
    /// The key that settings have for it.
    key: String,
    percent: Decimal,
    /// Whether a line of a recent invoice has just this.
    is_used: bool,
}

/// The taxes that FreshBooks has, and those alone or in pairs that recent invoices have, by the key as
/// it is compared.
fn known(case: &Case<'_>) -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for tax in case.seen.taxes {
        let key = format!("{} {}", flat(&tax.name), tax.percent.normalize());
        let tax = Known {
            percent: tax.percent,
            is_used: false,
            key,
        };
        known.insert(folded(&tax.key), tax);
    }
    for invoice in case.invoices() {
        for line in invoice.lines.iter().filter(|line| !line.amount.is_zero()) {
            let keys = tax_keys(line);
            let there = keys.iter().find(|key| known.contains_key(&folded(key)));
            let key = there.unwrap_or(&keys[0]);
            let tax = known.entry(folded(key)).or_insert_with(|| Known {
                key: key.clone(),
                percent: tax_percent(line),
                is_used: true,
            });
            tax.is_used = true;
        }
    }
    known
}

/// What FreshBooks has and the settings do not map. One that no recent invoice has alone, and that the
/// settings map in a pair, may be meant.
fn unmapped(case: &Case<'_>, notes: &mut Notes, tax: &Known) {
    let key = tax.key.as_str();
    let reversed: Vec<&str> = key.split(" + ").collect();
    let reversed = reversed.into_iter().rev().collect::<Vec<_>>().join(" + ");
    let taxes = &case.settings.taxes;
    if taxes.get(key).or_else(|| taxes.get(&reversed)).is_some() {
        return;
    }
    let fits = |rule: &&TaxRule| rule.active && rule.for_sale && rule.percent == Some(tax.percent);
    let proposed = case.facts.books.taxes.iter().find(fits);
    let proposed = proposed.map_or("TAX RULE", |rule| rule.name.as_str());
    let in_a_pair = |mapped: &str| mapped.split(" + ").any(|part| same(part, key));
    if !tax.is_used && taxes.iter().any(|(mapped, _)| in_a_pair(mapped)) {
        let what = format!(
            "FreshBooks has the tax {key}, which only has a tax rule together with another one."
        );
        return notes.warning(&setting(key), Some(proposed), what);
    }
    let what = match key {
        "none" => {
            "Recent invoices have lines without tax, and no tax rule is set for them.".to_owned()
        }
        pair if pair.contains(" + ") => format!(
            "Recent invoices have lines with the taxes {pair} together, and no tax rule is set for the pair."
        ),
        single => format!("FreshBooks has the tax {single}, and no tax rule is set for it."),
    };
    notes.problem(&setting(key), proposed, what);
}

/// A rule of another rate would show other tax money in Cin7's reports than on the invoice.
fn other_rate(
    case: &Case<'_>,
    notes: &mut Notes,
    key: &SettingKey<'_>,
    name: &str,
    percent: Option<Decimal>,
) {
    let percent = percent.or_else(|| (key.key == "none").then_some(Decimal::ZERO));
    let rule = case.facts.tax_rule(name).and_then(|rule| rule.percent);
    let (Some(taken), Some(stated)) = (percent, rule) else {
        return;
    };
    if taken != stated {
        let what = format!(
            "\"{}\" takes {} %, and Cin7's tax rule `{name}` {} %.",
            key.key,
            taken.normalize(),
            stated.normalize()
        );
        notes.warning(key, None, what);
    }
}

fn gone(known: &BTreeMap<String, Known>, notes: &mut Notes, key: &str) {
    let there = |part: &str| known.contains_key(&folded(part));
    let parts_are_there = key.split(" + ").all(there);
    if folded(key) == "none" || there(key) || parts_are_there {
        return;
    }
    let what = format!(
        "FreshBooks has no tax {key} any more, and no recent invoice has it; the line only serves older ones."
    );
    notes.warning(&setting(key), None, what);
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.taxes",
        key,
    }
}
