//! Currencies, days, and what Cin7 does with prices by itself.

use std::collections::BTreeSet;

use ::money::Currency;

use super::Case;
use super::finding::Notes;
use crate::held::SettingKey;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    start_date(case, notes);
    if case.facts.company.applies_discounts {
        let key = SettingKey {
            table: "settings",
            key: "sales",
        };
        let what =
            "Cin7 applies discounts by itself on this account and may change prices; switch \
                    \"Automatically apply discounts\" off in Cin7's general settings."
                .to_owned();
        notes.warning(&key, None, what);
    }
}

/// The currencies of recent invoices, the base currency left out.
pub(super) fn currencies(case: &Case<'_>) -> BTreeSet<Currency> {
    let base = case.facts.company.currency;
    let all = case.invoices().map(|invoice| invoice.currency);
    all.filter(|currency| *currency != base).collect()
}

/// Cin7 refuses documents dated up to and including its lock date (docs/cin7-api.md, company account).
fn start_date(case: &Case<'_>, notes: &mut Notes) {
    let Some(lock) = case.facts.company.lock_date else {
        return;
    };
    let open = lock.tomorrow().unwrap_or(lock);
    let what = match case.settings.start_date {
        Some(start) if start > lock => return,
        Some(start) => format!(
            "The start date {start} is before {open}, the first day that is open in Cin7: documents dated up to \
             {lock} are left to a person."
        ),
        None => format!(
            "No start date is set, and Cin7's books are locked up to {lock}: documents dated until then are \
             left to a person."
        ),
    };
    let key = SettingKey {
        table: "settings",
        key: "start_date",
    };
    notes.warning(&key, Some(&open.to_string()), what);
}
