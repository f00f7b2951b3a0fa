//! The accounts of other income, and those that journal entries name.

use ::freshbooks::LedgerAccount;

use super::finding::Notes;
use super::{Case, accounts};
use crate::held::SettingKey;
use crate::text::{flat, same};

/// So many accounts are named in one sentence.
const NAMED: usize = 8;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (name, code) in case.settings.ledger_accounts.iter() {
        accounts::of_any_class(case, notes, &setting(name), code);
    }
    for (name, code) in case.settings.incomes.iter() {
        let key = SettingKey {
            table: "settings.incomes",
            key: name,
        };
        accounts::of_any_class(case, notes, &key, code);
    }
    if !case.settings.documents.moves("journal_entry") || !case.settings.cin7.journals {
        return;
    }
    gone(case, notes);
    without_account(case, notes);
}

fn gone(case: &Case<'_>, notes: &mut Notes) {
    let known = case.seen.ledger_accounts;
    for (name, _) in case.settings.ledger_accounts.iter() {
        let is_there = known.iter().any(|account| is_called(account, name));
        if !known.is_empty() && !is_there {
            let what = format!("FreshBooks' ledger has no account \"{name}\" any more.");
            notes.warning(&setting(name), None, what);
        }
    }
}

/// Most accounts are never in an entry that a person made, so this is one word for all of them.
fn without_account(case: &Case<'_>, notes: &mut Notes) {
    let mapped = |account: &LedgerAccount| {
        let mut settings = case.settings.ledger_accounts.iter();
        let same_code = case.facts.usable_account(&flat(&account.number)).is_ok();
        same_code || settings.any(|(name, _)| is_called(account, name))
    };
    let known = case.seen.ledger_accounts;
    let has_below = |account: &LedgerAccount| {
        let mut others = known.iter();
        others.any(|other| other.parent_id.as_ref() == Some(&account.id))
    };
    // Entries are made on the accounts at the end of the tree.
    let open: Vec<String> = known
        .iter()
        .filter(|account| account.is_active && !has_below(account) && !mapped(account))
        .map(|account| flat(&format!("{} {}", account.number, account.name)))
        .collect();
    let Some(first) = open.first() else {
        return;
    };
    let more = match open.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named: Vec<&str> = open.iter().take(NAMED).map(String::as_str).collect();
    let what = format!(
        "A journal entry waits that names one of these accounts of FreshBooks, for which the settings name none \
         and Cin7 has none of the same code: {}{more}.",
        named.join(", ")
    );
    let key = first.split(' ').next().unwrap_or(first);
    notes.warning(&setting(key), Some("CODE"), what);
}

/// Whether the settings may mean an account by this: by number, by name or by an id.
fn is_called(account: &LedgerAccount, name: &str) -> bool {
    let ids = [Some(&account.id), account.journal_account_id.as_ref()];
    let texts = [&account.number, &account.name].into_iter();
    let mut texts = texts.chain(ids.into_iter().flatten());
    texts.any(|text| !text.is_empty() && same(text, name))
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.ledger_accounts",
        key,
    }
}
