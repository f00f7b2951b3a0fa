//! The purchase side: tax rules, and the accounts of expense categories.

use super::finding::Notes;
use super::{Case, accounts, taxes};
use crate::held::SettingKey;
use crate::settings::{Purchases, Settings, Suppliers};
use crate::text::same;

/// The table of categories.
const CATEGORIES: &str = "settings.categories";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let settings = case.settings;
    for (name, rule) in settings.purchase_taxes.iter() {
        let key = SettingKey {
            table: "settings.purchase_taxes",
            key: name,
        };
        taxes::rule(case, notes, (&key, None), rule, |rule| rule.for_purchase);
    }
    if let Some(rule) = &settings.purchases.tax_none {
        let key = SettingKey {
            table: "settings.purchases",
            key: "tax_none",
        };
        taxes::rule(case, notes, (&key, None), rule, |rule| rule.for_purchase);
    }
    for (name, code) in settings.categories.iter() {
        accounts::of_any_class(case, notes, &category(name), code);
    }
    if case.buys() {
        without_account(case, notes);
    }
    gone(case, notes);
}

/// Whether anything says how things bought cross.
pub(super) fn is_set_up(settings: &Settings) -> bool {
    settings.categories.iter().next().is_some()
        || settings.purchase_taxes.iter().next().is_some()
        || settings.purchases != Purchases::default()
        || settings.suppliers != Suppliers::default()
}

/// Before anything of the purchase side is set up, one word for all of them is enough.
fn without_account(case: &Case<'_>, notes: &mut Notes) {
    let settings = case.settings;
    if settings.categories.get("default").is_some() {
        return;
    }
    let missing = case.seen.categories.iter().filter(|one| {
        let mapped = |name: &str| settings.categories.get(name).is_some();
        !mapped(&one.name) && !mapped(&one.id)
    });
    if !is_set_up(settings) {
        let count = missing.count();
        if count > 0 {
            let what = format!(
                "Nothing of the purchase side is set: FreshBooks has {count} expense categories without an account."
            );
            notes.warning(&category("default"), Some("CODE"), what);
        }
        return;
    }
    for one in missing {
        let name = if one.name.is_empty() {
            &one.id
        } else {
            &one.name
        };
        let what = format!(
            "FreshBooks has the expense category \"{name}\", and no account is set for it."
        );
        notes.problem(&category(name), proposed(case, name), what);
    }
}

/// An account of the same name.
fn proposed<'a>(case: &Case<'a>, name: &str) -> &'a str {
    let mut accounts = case.facts.books.accounts.iter();
    let found = accounts.find(|account| account.active && same(&account.name, name));
    found.map_or("CODE", |account| account.code.as_str())
}

fn gone(case: &Case<'_>, notes: &mut Notes) {
    for (name, _) in case.settings.categories.iter() {
        let mut known = case.seen.categories.iter();
        let is_there = known.any(|one| same(&one.name, name) || one.id == name);
        if !is_there && !same(name, "default") {
            let what = format!("FreshBooks has no expense category \"{name}\" any more.");
            notes.warning(&category(name), None, what);
        }
    }
}

fn category(name: &str) -> SettingKey<'_> {
    SettingKey {
        table: CATEGORIES,
        key: name,
    }
}
