//! The codes of accounts: of revenue and payments.

use ::money::Currency;
use cin7::Account;

use super::Case;
use super::finding::Notes;
use crate::held::SettingKey;
use crate::text::same;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    revenue(case, notes);
    receivable(case, notes);
    payments(case, notes);
}

/// Notes a code that documents cannot name.
pub(super) fn of_any_class(case: &Case<'_>, notes: &mut Notes, key: &SettingKey<'_>, code: &str) {
    if let Err(why) = case.facts.usable_account(code) {
        let what = format!("The account `{code}` of \"{}\" {why} in Cin7.", key.key);
        notes.problem(key, "CODE", what);
    }
}

fn revenue(case: &Case<'_>, notes: &mut Notes) {
    let key = SettingKey {
        table: "settings.sales",
        key: "revenue_account",
    };
    let Some(code) = &case.settings.sales.revenue_account else {
        return;
    };
    let is_revenue = |account: &Account| account.active && same(&account.class, "REVENUE");
    let other = first(case, is_revenue);
    if let Err(why) = case.facts.usable_account(code) {
        let what = format!("The revenue account `{code}` {why} in Cin7.");
        notes.problem(&key, other, what);
        return;
    }
    let mut accounts = case.facts.books.accounts.iter();
    let found = accounts.find(|account| same(&account.code, code));
    if let Some(account) = found.filter(|account| !is_revenue(account)) {
        let what = format!(
            "The revenue account `{code}` is of the class {} in Cin7.",
            account.class
        );
        notes.warning(&key, Some(other), what);
    }
}

/// Cin7 takes no other account than its own here (docs/cin7-api.md, customers and suppliers).
fn receivable(case: &Case<'_>, notes: &mut Notes) {
    let Some(code) = &case.settings.customers.receivable_account else {
        return;
    };
    let accounts = &case.facts.books.accounts;
    let Some(right) = accounts.iter().find(|account| account.receivable) else {
        return;
    };
    let set = accounts.iter().find(|account| same(&account.code, code));
    if set.is_some_and(|account| account.active && !account.receivable) {
        let key = SettingKey {
            table: "settings.customers",
            key: "receivable_account",
        };
        let what = format!("The account `{code}` is not Cin7's receivable account.");
        notes.problem(&key, &right.code, what);
    }
}

fn payments(case: &Case<'_>, notes: &mut Notes) {
    let set = &case.settings.payments;
    for (name, code) in set.iter() {
        if let Err(why) = case.facts.payment_account(code) {
            let key = key(name);
            let what = format!("The account `{code}` of payments by \"{name}\" {why} in Cin7.");
            notes.problem(&key, money_came_in_on(case, None), what);
        }
    }
    let none = "so a payment of a type without a line of its own waits";
    match (set.iter().next(), set.get("default")) {
        (None, _) => {
            let what = "No account is set for payments, so every payment waits.".to_owned();
            notes.problem(&key("default"), money_came_in_on(case, None), what);
        }
        (Some(_), None) => {
            let what = format!("Payments have no account under `default`, {none}.");
            let proposed = money_came_in_on(case, None);
            notes.warning(&key("default"), Some(proposed), what);
        }
        _ => {}
    }
    for currency in super::money::currencies(case) {
        in_currency(case, notes, currency);
    }
}

/// An account of another currency is only taken where a line names the currency: what Cin7 does with
/// it is unconfirmed (docs/cin7-api.md, sale payments).
fn in_currency(case: &Case<'_>, notes: &mut Notes, currency: Currency) {
    let set = &case.settings.payments;
    let named = format!("default {currency}");
    let Some(code) = set.get("default").filter(|_| set.get(&named).is_none()) else {
        return;
    };
    let Some(kept_in) = case.facts.account_currency(code) else {
        return;
    };
    if kept_in != currency {
        let proposed = money_came_in_on(case, Some(currency));
        let what = format!(
            "Invoices are in {currency}, and payments go to `{code}`, which Cin7 keeps in {kept_in}, so their \
             payments wait."
        );
        notes.problem(&key(&named), proposed, what);
    }
}

fn key(name: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.payments",
        key: name,
    }
}

/// An account to propose for money that came in.
fn money_came_in_on<'a>(case: &Case<'a>, currency: Option<Currency>) -> &'a str {
    first(case, |account| {
        account.active
            && account.for_payments
            && !account.receivable
            && !account.payable
            && (currency.is_none() || account.currency == currency)
    })
}

fn first<'a>(case: &Case<'a>, fits: impl Fn(&Account) -> bool) -> &'a str {
    let mut accounts = case.facts.books.accounts.iter();
    let found = accounts.find(|account| fits(account));
    found.map_or("CODE", |account| account.code.as_str())
}
