//! The scopes that this version asks for, each with what for (docs/freshbooks-api.md, OAuth).
//!
//! They are exactly these: one that FreshBooks does not know spoils the whole consent page, and one
//! that is added later needs a new consent. Without those of the first part nothing works; a connection
//! that lacks another one goes on without the kinds of documents that need it.

use std::collections::BTreeSet;

pub(crate) const PROFILE: &str = "user:profile:read";
pub(crate) const INVOICES: &str = "user:invoices:read";
pub(crate) const PAYMENTS: &str = "user:payments:read";
pub(crate) const CLIENTS: &str = "user:clients:read";
pub(crate) const TAXES: &str = "user:taxes:read";
pub(crate) const EXPENSES: &str = "user:expenses:read";
pub(crate) const BILLS: &str = "user:bills:read";
pub(crate) const BILL_VENDORS: &str = "user:bill_vendors:read";
pub(crate) const BILL_PAYMENTS: &str = "user:bill_payments:read";
pub(crate) const OTHER_INCOME: &str = "user:other_income:read";
pub(crate) const CREDIT_NOTES: &str = "user:credit_notes:read";
pub(crate) const JOURNAL_ENTRIES: &str = "user:journal_entries:read";
pub(crate) const ACCOUNT: &str = "user:account:read";

/// A scope and its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// As FreshBooks writes it: `user:invoices:read`.
    pub name: &'static str,
    /// What it is needed for, to be read on a page.
    pub needed_for: &'static str,
    /// The kinds of records that cannot be read without it; empty where nothing works without it.
    pub kinds: &'static [&'static str],
}

/// Every scope there is to ask for.
pub const SCOPES: [Scope; 13] = [
    scope(PROFILE, "listing the businesses to choose from", &[]),
    scope(
        INVOICES,
        "reading invoices and hearing of their changes",
        &[],
    ),
    scope(
        PAYMENTS,
        "reading payments and hearing of their changes",
        &[],
    ),
    scope(CLIENTS, "reading the clients that invoices are for", &[]),
    scope(TAXES, "checking that every tax is mapped", &[]),
    scope(
        EXPENSES,
        "reading expenses, hearing of their changes, and checking that every category is mapped",
        &[],
    ),
    scope(
        BILLS,
        "reading bills and hearing of their changes",
        &["bill", "bill_payment"],
    ),
    scope(
        BILL_VENDORS,
        "reading the vendors that bills are from",
        &["bill", "bill_payment"],
    ),
    scope(
        BILL_PAYMENTS,
        "reading what was paid on bills",
        &["bill_payment"],
    ),
    scope(OTHER_INCOME, "reading other income", &["other_income"]),
    scope(
        CREDIT_NOTES,
        "reading credit notes and hearing of their changes",
        &["credit_note"],
    ),
    scope(
        JOURNAL_ENTRIES,
        "reading journal entries",
        &["journal_entry"],
    ),
    scope(
        ACCOUNT,
        "knowing the accounts of journal entries by number and name",
        &["journal_entry"],
    ),
];

const fn scope(
    name: &'static str,
    needed_for: &'static str,
    kinds: &'static [&'static str],
) -> Scope {
    Scope {
        name,
        needed_for,
        kinds,
    }
}

/// A kind of records that was not consented to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Such as `bill_payment`.
    pub kind: &'static str,
    /// The scopes that it lacks; never empty.
    pub missing: Vec<&'static str>,
}

/// The scopes that a consent asks for, where the kinds cross that `moves` lets through.
#[must_use]
pub fn names(moves: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let asked_for =
        |scope: &Scope| scope.kinds.is_empty() || scope.kinds.iter().any(|kind| moves(kind));
    let scopes = SCOPES.into_iter().filter(asked_for);
    scopes.map(|scope| scope.name).collect()
}

/// The scopes without which nothing works and that `granted`, the `scope` of a token pair, does not
/// hold. Order, repeats and scopes beyond [`SCOPES`] do not matter.
#[must_use]
pub fn missing(granted: &str) -> Vec<&'static str> {
    lacking(granted, |scope| scope.kinds.is_empty())
}

/// The scopes of one kind of records that `granted` does not hold; none for a kind that needs no other
/// scopes than all the rest.
#[must_use]
pub fn missing_of(granted: &str, kind: &str) -> Vec<&'static str> {
    lacking(granted, |scope| scope.kinds.contains(&kind))
}

/// The kinds that `moves` lets through and that `granted` does not allow, in the order of [`SCOPES`].
#[must_use]
pub fn held_back(granted: &str, moves: impl Fn(&str) -> bool) -> Vec<HeldBack> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for kind in SCOPES.iter().flat_map(|scope| scope.kinds) {
        if moves(kind) && !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    let held_back = kinds.into_iter().map(|kind| HeldBack {
        kind,
        missing: missing_of(granted, kind),
    });
    held_back.filter(|one| !one.missing.is_empty()).collect()
}

fn lacking(granted: &str, of: impl Fn(&Scope) -> bool) -> Vec<&'static str> {
    let granted: BTreeSet<&str> = granted.split_whitespace().collect();
    let scopes = SCOPES.into_iter().filter(of).map(|scope| scope.name);
    scopes.filter(|name| !granted.contains(name)).collect()
}

/// The scope that a callback on this event takes, where the noun is known: that of reading it
/// (docs/freshbooks-api.md, events).
pub(crate) fn of_event(event: &str) -> Option<&'static str> {
    match event.split('.').next()? {
        "bill" => Some(BILLS),
        "bill_vendor" => Some(BILL_VENDORS),
        "category" | "expense" => Some(EXPENSES),
        "client" => Some(CLIENTS),
        "credit_note" => Some(CREDIT_NOTES),
        "invoice" | "recurring" => Some(INVOICES),
        "item" | "service" => Some("user:billable_items:read"),
        "payment" => Some(PAYMENTS),
        "tax" => Some(TAXES),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_compared_as_sets() {
        let mut all = names(|_| false);
        all.reverse();
        let granted = format!("{} {} user:bills:write", all.join("  "), all[0]);
        assert_eq!(missing(&granted), Vec::<&str>::new());
        assert_eq!(
            missing("user:invoices:read user:profile:read\tuser:taxes:write user:clients"),
            [PAYMENTS, CLIENTS, TAXES, EXPENSES]
        );
        assert_eq!(missing(""), all.into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn a_consent_asks_for_no_more_than_the_kinds_that_cross_need() {
        assert_eq!(names(|_| true).len(), SCOPES.len());
        let asked = names(|kind| kind == "credit_note");
        assert!(asked.contains(&CREDIT_NOTES) && asked.contains(&PROFILE));
        assert!(!asked.contains(&BILLS) && !asked.contains(&ACCOUNT));
    }

    #[test]
    fn a_kind_without_its_scopes_is_held_back_and_no_other() {
        let granted = names(|kind| kind == "bill").join(" ");
        let held = held_back(&granted, |kind| kind != "other_income");
        let held: Vec<_> = held
            .iter()
            .map(|one| (one.kind, one.missing.as_slice()))
            .collect();
        assert_eq!(
            held,
            [
                ("bill_payment", [BILL_PAYMENTS].as_slice()),
                ("credit_note", &[CREDIT_NOTES]),
                ("journal_entry", &[JOURNAL_ENTRIES, ACCOUNT]),
            ]
        );
        assert_eq!(missing_of(&granted, "invoice"), Vec::<&str>::new());
    }

    #[test]
    fn an_event_takes_the_read_scope_of_its_noun() {
        assert_eq!(of_event("invoice"), Some(INVOICES));
        assert_eq!(of_event("payment.delete"), Some(PAYMENTS));
        assert_eq!(of_event("category.create"), Some(EXPENSES));
        assert_eq!(of_event("journal_entry.create"), None);
    }
}
