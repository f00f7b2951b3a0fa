//! The taxes of a line: their rate together, and the one Cin7 rule that stands for them.

use cin7::TaxRule;
use freshbooks::{Line, LineTax};
use money::Decimal;

use super::Source;
use super::products::label;
use crate::held::{Held, SettingKey};
use crate::text::flat;

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

/// The name of the tax rule for a line. Cin7 takes one rule a line (docs/cin7-api.md, tax rules),
/// so two FreshBooks taxes are one rule there, named in the settings.
pub(super) fn rule(source: &Source<'_>, line: &Line) -> Result<String, Held> {
    let settings = &source.settings.taxes;
    let keys = keys(line);
    let Some(name) = keys.iter().find_map(|key| settings.get(key)) else {
        return Err(unmapped(source, line));
    };
    if source.facts.books.taxes.is_empty() {
        return Ok(name.to_owned());
    }
    let why = match source.facts.tax_rule(name) {
        None => "does not exist",
        Some(rule) if !rule.active => "is not active",
        Some(rule) if !rule.for_sale => "is not for sales",
        Some(rule) => return Ok(rule.name.clone()),
    };
    let key = setting(&keys[0]);
    let sentence = format!(
        "{} waits for the tax rule of its line {}: `{name}` {why} in Cin7; change it there, or \
         write {}.",
        source.record(),
        label(line),
        key.line(suggestion(source, line))
    );
    Err(Held::waiting(&key, sentence))
}

/// The keys under which the settings may have a line's taxes, the document's own spelling first.
/// Without compounding the order of two taxes makes no difference.
pub(super) fn keys(line: &Line) -> Vec<String> {
    let mut names: Vec<String> = line.taxes.iter().map(key_part).collect();
    if names.is_empty() {
        return vec!["none".to_owned()];
    }
    let mut keys = vec![names.join(" + ")];
    if names.len() > 1 && !line.compounded {
        names.reverse();
        keys.push(names.join(" + "));
    }
    keys
}

fn key_part(tax: &LineTax) -> String {
    format!("{} {}", flat(&tax.name), tax.percent.normalize())
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.taxes",
        key,
    }
}

fn unmapped(source: &Source<'_>, line: &Line) -> Held {
    let key = keys(line).swap_remove(0);
    let what = if line.taxes.is_empty() {
        "lines without tax".to_owned()
    } else {
        format!("the tax {key}")
    };
    let key = setting(&key);
    let sentence = format!(
        "{} waits for a tax rule: the settings name none for {what}, which its line {} has; \
         write {}.",
        source.record(),
        label(line),
        key.line(suggestion(source, line))
    );
    Held::waiting(&key, sentence)
}

/// A sale tax rule of the same rate, to save a look into Cin7.
fn suggestion<'a>(source: &Source<'a>, line: &Line) -> &'a str {
    let percent = percent(line);
    let fits = |rule: &&TaxRule| rule.active && rule.for_sale && rule.percent == Some(percent);
    let rule = source.facts.books.taxes.iter().find(fits);
    rule.map_or("TAX RULE", |rule| rule.name.as_str())
}
