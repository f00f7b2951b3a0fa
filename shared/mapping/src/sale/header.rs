//! What the header of a sale names besides the customer: location, account, terms.

use super::Source;
use crate::held::{Held, SettingKey};
use crate::text::{nearest, same};

/// The location: of the settings, else the only one that Cin7 has.
pub(super) fn location(source: &Source<'_>) -> Result<String, Held> {
    let key = SettingKey {
        table: "settings",
        key: "location",
    };
    let record = source.record();
    let known = &source.facts.books.locations;
    let Some(name) = &source.settings.location else {
        if let [only] = known.as_slice() {
            return Ok(only.clone());
        }
        let first = known.first().map_or("LOCATION", String::as_str);
        let sentence = format!(
            "{record} waits for a location: Cin7 has {} and the settings name none; write {}.",
            known.len(),
            key.line(first)
        );
        return Err(Held::waiting(&key, sentence));
    };
    if known.is_empty() {
        return Ok(name.clone());
    }
    if let Some(name) = source.facts.location(name) {
        return Ok(name.to_owned());
    }
    let near = nearest(name, known.iter().map(String::as_str)).unwrap_or("LOCATION");
    let sentence = format!(
        "{record} waits for a location: Cin7 has none called `{name}`, the nearest is `{near}`; \
         write {}.",
        key.line(near)
    );
    Err(Held::waiting(&key, sentence))
}

/// The revenue account of the settings, where one is set.
pub(super) fn revenue_account(source: &Source<'_>) -> Result<Option<String>, Held> {
    let Some(code) = &source.settings.sales.revenue_account else {
        return Ok(None);
    };
    let why = match source.facts.usable_account(code) {
        Ok(code) => return Ok(Some(code)),
        Err(why) => why,
    };
    let key = SettingKey {
        table: "settings.sales",
        key: "revenue_account",
    };
    let revenue = |class: &str| same(class, "REVENUE");
    let accounts = source.facts.books.accounts.iter();
    let mut active = accounts.filter(|account| account.active);
    let other = active.find(|account| revenue(&account.class));
    let line = key.line(other.map_or("CODE", |account| account.code.as_str()));
    let sentence = format!(
        "{} waits for its revenue account: `{code}` {why} in Cin7; write {line}.",
        source.record()
    );
    Err(Held::waiting(&key, sentence))
}

/// The payment term: the one set for the days until it is due, else Cin7's own of as many days,
/// else none, which leaves it to the customer.
pub(super) fn terms(source: &Source<'_>) -> Result<Option<String>, Held> {
    let days = source.invoice.due_offset_days;
    let terms = &source.facts.books.terms;
    let set = u32::try_from(days).ok();
    let Some(name) = set.and_then(|days| source.settings.terms.get(&days)) else {
        let counted = terms
            .iter()
            .filter(|term| term.active && same(&term.method, "number of days"));
        let term = counted.into_iter().find(|term| term.duration == days);
        return Ok(term.map(|term| term.name.clone()));
    };
    if terms.is_empty() {
        return Ok(Some(name.clone()));
    }
    // Inactive terms are listed, and refused on use (docs/cin7-api.md, terms and locations).
    if let Some(term) = source.facts.term(name).filter(|term| term.active) {
        return Ok(Some(term.name.clone()));
    }
    let active = terms.iter().filter(|term| term.active);
    let near = nearest(name, active.map(|term| term.name.as_str())).unwrap_or("TERM");
    let key = SettingKey {
        table: "settings.terms",
        key: &days.to_string(),
    };
    let sentence = format!(
        "{} waits for its payment term: `{name}` is not an active one in Cin7, the nearest is \
         `{near}`; write {}.",
        source.record(),
        key.line(near)
    );
    Err(Held::waiting(&key, sentence))
}
