//! The one Cin7 tax rule that stands for the taxes of a line, as the settings name it.

use cin7::TaxRule;
use money::Decimal;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::{Names, Settings};
use crate::text::flat;

/// The key for lines without tax.
const NONE: &str = "none";

/// Which side of the books a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaxSide {
    Sale,
    Purchase,
}

/// The taxes of a line.
#[derive(Debug)]
pub(crate) struct WantedRule<'a> {
    /// The document as sentences start with it.
    pub record: &'a str,
    /// The line as sentences name it.
    pub label: &'a str,
    pub side: TaxSide,
    /// [`tax_key`] of each, in FreshBooks' order.
    pub taxes: Vec<String>,
    /// Whether the order counts, as where the second is levied on the first.
    pub is_ordered: bool,
    /// Percent that they take together.
    pub percent: Decimal,
}

/// A tax as the settings name it: `HST 13`.
pub(crate) fn tax_key(name: &str, percent: Decimal) -> String {
    flat(&format!("{name} {}", percent.normalize()))
}

/// The name of the tax rule for a line. Cin7 takes one rule a line (docs/cin7-api.md, tax rules),
/// so two FreshBooks taxes are one rule there, named in the settings.
pub(crate) fn rule(
    wanted: &WantedRule<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<String, Held> {
    let keys = keys(wanted.taxes.clone(), wanted.is_ordered);
    let Some(name) = set(wanted, &keys, settings) else {
        return Err(unmapped(wanted, &keys[0], facts));
    };
    if facts.books.taxes.is_empty() {
        return Ok(name.to_owned());
    }
    let why = match facts.tax_rule(name) {
        None => "does not exist".to_owned(),
        Some(rule) if !rule.active => "is not active".to_owned(),
        Some(rule) if !wanted.side.has(rule) => format!("is not for {}", wanted.side.plural()),
        Some(rule) => return Ok(rule.name.clone()),
    };
    let key = wanted.side.setting(&keys[0]);
    let sentence = format!(
        "{} waits for the tax rule of its line {}: `{name}` {why} in Cin7; change it there, or \
         write {}.",
        wanted.record,
        wanted.label,
        key.line(suggestion(wanted, facts))
    );
    Err(Held::waiting(&key, sentence))
}

/// What the settings say; for purchases without tax, first under a key of its own.
fn set<'a>(wanted: &WantedRule<'_>, keys: &[String], settings: &'a Settings) -> Option<&'a str> {
    let own = settings.purchases.tax_none.as_deref();
    let of_none = own.filter(|_| wanted.side == TaxSide::Purchase && wanted.taxes.is_empty());
    let names = wanted.side.names(settings);
    of_none.or_else(|| keys.iter().find_map(|key| names.get(key)))
}

/// The keys under which the settings may have a line's taxes, the document's own spelling first.
/// Without compounding the order of two taxes makes no difference.
pub(crate) fn keys(mut names: Vec<String>, is_ordered: bool) -> Vec<String> {
    if names.is_empty() {
        return vec![NONE.to_owned()];
    }
    let mut keys = vec![names.join(" + ")];
    if names.len() > 1 && !is_ordered {
        names.reverse();
        keys.push(names.join(" + "));
    }
    keys
}

fn unmapped(wanted: &WantedRule<'_>, key: &str, facts: &Facts<'_>) -> Held {
    let what = if wanted.taxes.is_empty() {
        "lines without tax".to_owned()
    } else {
        format!("the tax {key}")
    };
    let key = wanted.side.setting(key);
    let sentence = format!(
        "{} waits for a tax rule: the settings name none for {what}, which its line {} has; \
         write {}.",
        wanted.record,
        wanted.label,
        key.line(suggestion(wanted, facts))
    );
    Held::waiting(&key, sentence)
}

/// A tax rule of the same rate, to save a look into Cin7.
fn suggestion<'a>(wanted: &WantedRule<'_>, facts: &Facts<'a>) -> &'a str {
    let fits = |rule: &&TaxRule| {
        rule.active && wanted.side.has(rule) && rule.percent == Some(wanted.percent)
    };
    let rule = facts.books.taxes.iter().find(fits);
    rule.map_or("TAX RULE", |rule| rule.name.as_str())
}

impl TaxSide {
    fn names(self, settings: &Settings) -> &Names {
        match self {
            Self::Sale => &settings.taxes,
            Self::Purchase => &settings.purchase_taxes,
        }
    }

    fn has(self, rule: &TaxRule) -> bool {
        match self {
            Self::Sale => rule.for_sale,
            Self::Purchase => rule.for_purchase,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Sale => "sales",
            Self::Purchase => "purchases",
        }
    }

    fn setting(self, key: &str) -> SettingKey<'_> {
        match self {
            Self::Sale => SettingKey {
                table: "settings.taxes",
                key,
            },
            Self::Purchase if key == NONE => SettingKey {
                table: "settings.purchases",
                key: "tax_none",
            },
            Self::Purchase => SettingKey {
                table: "settings.purchase_taxes",
                key,
            },
        }
    }
}
