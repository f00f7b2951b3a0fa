//! The account of a line, by its expense category.

use cin7::Account;
use freshbooks::BillLine;

use super::{Source, goods::label};
use crate::held::{Held, SettingKey};
use crate::text::{flat, same};

/// The key that stands for every category without a line of its own, and for lines without one.
const DEFAULT: &str = "default";

/// The code of the account, as Cin7 spells it: of the category's name, else of its id, else the
/// default.
pub(super) fn account(source: &Source<'_>, line: &BillLine) -> Result<String, Held> {
    let categories = &source.settings.categories;
    let (name, id) = match &line.category {
        Some(category) => (flat(&category.name), category.id.as_str()),
        None => (String::new(), ""),
    };
    let own = [name.as_str(), id]
        .into_iter()
        .filter(|key| !key.is_empty());
    let mut keys = own.chain([DEFAULT]);
    let Some((key, code)) = keys.find_map(|key| categories.entry(key)) else {
        return Err(unset(source, line, &name, id));
    };
    source.facts.usable_account(code).map_err(|why| {
        let key = setting(key);
        let sentence = format!(
            "{} waits for the account of its line {}: `{code}` {why} in Cin7; change it there, or \
             write {}.",
            source.record(),
            label(line),
            key.line("CODE")
        );
        Held::waiting(&key, sentence)
    })
}

fn unset(source: &Source<'_>, line: &BillLine, name: &str, id: &str) -> Held {
    let own = if name.is_empty() { id } else { name };
    let named = |account: &&Account| account.active && same(&account.name, own);
    let account = source.facts.books.accounts.iter().find(named);
    let code = account.map_or("CODE", |account| account.code.as_str());
    let default = setting(DEFAULT);
    let (key, what, lines) = if own.is_empty() {
        let what = "lines without a category".to_owned();
        (default, what, default.line(code))
    } else {
        let lines = format!(
            "{}, or {} for all categories without a line of their own",
            setting(own).line(code),
            default.line("CODE")
        );
        (setting(own), format!("the category \"{own}\""), lines)
    };
    let sentence = format!(
        "{} waits for the account of its line {}: the settings name none for {what}; write {lines}.",
        source.record(),
        label(line)
    );
    Held::waiting(&key, sentence)
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.categories",
        key,
    }
}
