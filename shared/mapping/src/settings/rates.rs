//! `[settings.rates]`: what a foreign currency is worth, from a date on.

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::Serialize;
use toml::Value;

use super::section::{self, Section};

/// The rates of every currency that has one, earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rates(BTreeMap<Currency, Vec<Rate>>);

/// One rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// First day it holds.
    pub from: Date,
    /// Units of the base currency for one unit of the currency, above 0; as text when stored.
    pub rate: Decimal,
}

impl Rates {
    /// The latest rate that holds on a day.
    #[must_use]
    pub fn on(&self, currency: Currency, day: Date) -> Option<Decimal> {
        let rate = self.of(currency).iter().rev().find(|rate| rate.from <= day);
        rate.map(|rate| rate.rate)
    }

    /// The rates of a currency, earliest first.
    #[must_use]
    pub fn of(&self, currency: Currency) -> &[Rate] {
        self.0.get(&currency).map_or(&[], Vec::as_slice)
    }
}

/// Reads the table of rates under `key`.
pub(super) fn read(section: &mut Section<'_>, key: &str) -> Rates {
    let mut rates = BTreeMap::new();
    for (code, list) in section.table(key) {
        let path = section.path(key) + "." + &code;
        let Ok(currency) = code.parse::<Currency>() else {
            section.problem(format!(
                "`{path}` must be named by a currency code such as EUR."
            ));
            continue;
        };
        let Value::Array(entries) = list else {
            section.problem(format!(
                "`{path}` must be a list such as `[{{ from = \"2026-01-01\", rate = \"1.08\" }}]`."
            ));
            continue;
        };
        rates.insert(currency, read_list(section, &path, entries));
    }
    Rates(rates)
}

fn read_list(section: &mut Section<'_>, path: &str, entries: Vec<Value>) -> Vec<Rate> {
    let mut rates: Vec<Rate> = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        let path = format!("{path}[{at}]");
        let Value::Table(table) = entry else {
            section.problem(format!("`{path}` must have a `from` and a `rate`."));
            continue;
        };
        let Some(rate) = section::read(&path, table, section.problems(), read_rate) else {
            continue;
        };
        if rates.iter().any(|other| other.from == rate.from) {
            section.problem(format!("`{path}` is a second rate from {}.", rate.from));
        }
        rates.push(rate);
    }
    rates.sort_by_key(|rate| rate.from);
    rates
}

fn read_rate(section: &mut Section<'_>) -> Option<Rate> {
    let whole = section.has("from") && section.has("rate");
    if !whole {
        let path = section.path("");
        section.problem(format!("`{path}` must have both a `from` and a `rate`."));
    }
    let (from, rate) = (section.date("from"), section.rate("rate"));
    Some(Rate {
        from: from?,
        rate: rate?,
    })
}
