//! What new customers and suppliers are given: set, or read from the account.

use super::Case;
use super::finding::Notes;
use super::purchases;
use crate::held::{Held, SettingKey};
use crate::partner::Part;
use crate::text::same;
use crate::{customer, supplier};

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let (settings, facts) = (case.settings, case.facts);
    if settings.create_customers {
        let client = "A client without a customer";
        let parts = customer::parts(client, settings, facts);
        // Of that account the check of accounts speaks.
        let of_sales = |part: &Part| {
            part.key == "revenue_account"
                && !part.is_set
                && settings.sales.revenue_account.is_some()
        };
        let parts = parts.into_iter().filter(|part| !of_sales(part));
        told(notes, ("settings.customers", "customers"), parts);
    }
    if settings.create_suppliers && case.buys() && purchases::is_set_up(settings) {
        let vendor = "A vendor without a supplier";
        let parts = supplier::parts(vendor, settings, facts).into_iter();
        told(notes, ("settings.suppliers", "suppliers"), parts);
    }
    payable(case, notes);
}

fn told(notes: &mut Notes, (table, partners): (&str, &str), parts: impl Iterator<Item = Part>) {
    for part in parts {
        match part.value {
            Err(held @ Held::Waiting { .. }) => notes.held(&held),
            Ok(value) if !part.is_set => {
                let key = SettingKey {
                    table,
                    key: part.key,
                };
                let what = format!("New {partners} get this {}.", part.what);
                notes.left(&key, &value, what);
            }
            _ => {}
        }
    }
}

/// Cin7 takes no other account than its own here (docs/cin7-api.md, customers and suppliers).
fn payable(case: &Case<'_>, notes: &mut Notes) {
    let Some(code) = &case.settings.suppliers.payable_account else {
        return;
    };
    let accounts = &case.facts.books.accounts;
    let Some(right) = accounts.iter().find(|account| account.payable) else {
        return;
    };
    let set = accounts.iter().find(|account| same(&account.code, code));
    if set.is_some_and(|account| account.active && !account.payable) {
        let key = SettingKey {
            table: "settings.suppliers",
            key: "payable_account",
        };
        let what = format!("The account `{code}` is not Cin7's payable account.");
        notes.problem(&key, &right.code, what);
    }
}
