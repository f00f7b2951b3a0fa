//! The Cin7 account of a row of a journal entry.

use freshbooks::JournalAccount;

use super::Source;
use crate::held::{Held, SettingKey};
use crate::text::flat;

/// What FreshBooks calls an account.
#[derive(Debug)]
struct Called {
    /// Such as `4000-1`; may be empty.
    number: String,
    /// Such as `Sales`; may be empty.
    name: String,
}

/// The code of the account, as Cin7 spells it: the settings' by number, by name or by id, else the one
/// of the same code.
pub(super) fn account(source: &Source<'_>, account: &JournalAccount) -> Result<String, Held> {
    let called = called(source, account);
    let settings = &source.settings.ledger_accounts;
    let keys = [
        called.number.as_str(),
        called.name.as_str(),
        account.id.as_str(),
    ];
    let mut named = keys.into_iter().filter(|key| !key.is_empty());
    let Some((key, code)) = named.clone().find_map(|key| settings.entry(key)) else {
        let same_code = source.facts.usable_account(&called.number).ok();
        let same_code = same_code.filter(|code| !code.is_empty());
        let key = named.next().unwrap_or_default();
        return same_code.ok_or_else(|| unset(source, &called, key));
    };
    source.facts.usable_account(code).map_err(|why| {
        let key = setting(key);
        let sentence = format!(
            "{} waits for an account: `{code}` {why} in Cin7; change it there, or write {}.",
            source.record(),
            key.line("CODE")
        );
        Held::waiting(&key, sentence)
    })
}

/// Number and name: the row's own, else those of the ledger's account that it means.
fn called(source: &Source<'_>, account: &JournalAccount) -> Called {
    let (number, name) = (flat(&account.number), flat(&account.name));
    let known = source.ledger.iter().find(|known| {
        known.id == account.id || known.journal_account_id.as_ref() == Some(&account.id)
    });
    match known {
        Some(known) if number.is_empty() && name.is_empty() => Called {
            number: flat(&known.number),
            name: flat(&known.name),
        },
        _ => Called { number, name },
    }
}

fn unset(source: &Source<'_>, called: &Called, key: &str) -> Held {
    let key = setting(key);
    let words = [called.number.as_str(), called.name.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let what = if words.is_empty() {
        key.key.to_owned()
    } else {
        words.join(" ")
    };
    let sentence = format!(
        "{} waits for an account: the settings name none for FreshBooks' account \"{what}\", and \
         Cin7 has none of the same code; write {}.",
        source.record(),
        key.line("CODE")
    );
    Held::waiting(&key, sentence)
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.ledger_accounts",
        key,
    }
}
