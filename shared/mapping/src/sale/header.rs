//! What the header of a sale names besides the customer: location, rate, account, terms.

use money::{Decimal, round};

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

/// Base currency units for one unit of the invoice's currency, as the settings have it.
pub(super) fn currency_rate(source: &Source<'_>) -> Result<Decimal, Held> {
    let (currency, day) = (source.invoice.currency, source.invoice.issued_on);
    let base = source.facts.company.currency;
    if currency == base {
        return Ok(Decimal::ONE);
    }
    let record = source.record();
    let Some(rate) = source.settings.rates.on(currency, day) else {
        let key = SettingKey {
            table: "settings.rates",
            key: currency.code(),
        };
        let line = key.raw_line(&rates_with(source));
        let sentence = format!(
            "{record} is in {currency}, and no rate for {day} is known; write {line}, the rate \
             being what 1 {currency} is worth in {base}."
        );
        return Err(Held::waiting(&key, sentence));
    };
    // The invoice takes one decimal less than the header (docs/cin7-api.md, numbers).
    if round(rate, 4).is_zero() {
        return Err(Held::Attention {
            sentence: format!(
                "{record} is in {currency} at a rate of {rate} {base}, and Cin7 keeps 4 decimals \
                 of a rate; enter it in Cin7 by hand."
            ),
        });
    }
    Ok(rate)
}

/// The currency's list with a rate from the invoice's day put in front.
fn rates_with(source: &Source<'_>) -> String {
    let day = source.invoice.issued_on;
    let mut entries = vec![format!("{{ from = \"{day}\", rate = \"RATE\" }}")];
    for rate in source.settings.rates.of(source.invoice.currency) {
        let entry = format!("{{ from = \"{}\", rate = \"{}\" }}", rate.from, rate.rate);
        entries.push(entry);
    }
    format!("[{}]", entries.join(", "))
}

/// The revenue account of the settings, where one is set.
pub(super) fn revenue_account(source: &Source<'_>) -> Result<Option<String>, Held> {
    let Some(code) = &source.settings.sales.revenue_account else {
        return Ok(None);
    };
    let accounts = &source.facts.books.accounts;
    let account = source.facts.account(code);
    match account {
        _ if accounts.is_empty() => return Ok(Some(code.clone())),
        Some(account) if account.active => return Ok(Some(account.code.clone())),
        _ => {}
    }
    let why = if account.is_some() {
        "is not active"
    } else {
        "does not exist"
    };
    let key = SettingKey {
        table: "settings.sales",
        key: "revenue_account",
    };
    let revenue = |class: &str| same(class, "REVENUE");
    let mut active = accounts.iter().filter(|account| account.active);
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
