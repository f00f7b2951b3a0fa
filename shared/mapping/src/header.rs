//! What the header of a sale or a purchase names besides the partner: location and terms.

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::Settings;
use crate::text::{nearest, same};

/// The location: of the settings, else the only one that Cin7 has.
pub(crate) fn location(
    record: &str,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<String, Held> {
    let key = SettingKey {
        table: "settings",
        key: "location",
    };
    let known = &facts.books.locations;
    let Some(name) = &settings.location else {
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
    if let Some(name) = facts.location(name) {
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

/// The payment term: the one set for the days until it is due, else Cin7's own of as many days,
/// else none, which leaves it to the customer or the supplier.
pub(crate) fn terms(
    record: &str,
    days: i64,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<Option<String>, Held> {
    let terms = &facts.books.terms;
    let set = u32::try_from(days).ok();
    let Some(name) = set.and_then(|days| settings.terms.get(&days)) else {
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
    if let Some(term) = facts.term(name).filter(|term| term.active) {
        return Ok(Some(term.name.clone()));
    }
    let active = terms.iter().filter(|term| term.active);
    let near = nearest(name, active.map(|term| term.name.as_str())).unwrap_or("TERM");
    let key = SettingKey {
        table: "settings.terms",
        key: &days.to_string(),
    };
    let sentence = format!(
        "{record} waits for its payment term: `{name}` is not an active one in Cin7, the nearest is \
         `{near}`; write {}.",
        key.line(near)
    );
    Err(Held::waiting(&key, sentence))
}
