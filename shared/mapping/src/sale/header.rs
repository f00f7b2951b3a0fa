//! The revenue account that the header of a sale names.

use super::Source;
use crate::held::{Held, SettingKey};
use crate::text::same;

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
