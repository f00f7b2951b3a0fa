//! The scopes that this version needs, each with what for (docs/freshbooks-api.md, OAuth).
//!
//! They are exactly these: one that FreshBooks does not know spoils the whole consent page, and one
//! that is added later needs a new consent.

use std::collections::BTreeSet;

pub(crate) const PROFILE: &str = "user:profile:read";
pub(crate) const INVOICES: &str = "user:invoices:read";
pub(crate) const PAYMENTS: &str = "user:payments:read";
pub(crate) const CLIENTS: &str = "user:clients:read";
pub(crate) const TAXES: &str = "user:taxes:read";
pub(crate) const EXPENSES: &str = "user:expenses:read";

// Of the kinds that this crate reads and the connector does not move yet: they join SCOPES with the
// code that moves them, since each one more is one more that a person is asked for.
pub(crate) const ACCOUNT: &str = "user:account:read";
pub(crate) const BILLS: &str = "user:bills:read";
pub(crate) const BILL_PAYMENTS: &str = "user:bill_payments:read";
pub(crate) const BILL_VENDORS: &str = "user:bill_vendors:read";
pub(crate) const CREDIT_NOTES: &str = "user:credit_notes:read";
pub(crate) const JOURNAL_ENTRIES: &str = "user:journal_entries:read";
pub(crate) const OTHER_INCOME: &str = "user:other_income:read";

/// A scope and its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// As FreshBooks writes it: `user:invoices:read`.
    pub name: &'static str,
    /// What it is needed for, to be read on a page.
    pub needed_for: &'static str,
}

/// Every scope to ask for.
pub const SCOPES: [Scope; 6] = [
    Scope {
        name: PROFILE,
        needed_for: "listing the businesses to choose from",
    },
    Scope {
        name: INVOICES,
        needed_for: "reading invoices and hearing of their changes",
    },
    Scope {
        name: PAYMENTS,
        needed_for: "reading payments and hearing of their changes",
    },
    Scope {
        name: CLIENTS,
        needed_for: "reading the clients that invoices are for",
    },
    Scope {
        name: TAXES,
        needed_for: "checking that every tax is mapped",
    },
    Scope {
        name: EXPENSES,
        needed_for: "checking that every expense category is mapped",
    },
];

/// The names of [`SCOPES`], as a consent asks for them.
#[must_use]
pub fn names() -> [&'static str; SCOPES.len()] {
    SCOPES.map(|scope| scope.name)
}

/// The scopes of [`SCOPES`] that `granted`, the `scope` of a token pair, does not hold. Order,
/// repeats and scopes beyond these do not matter.
#[must_use]
pub fn missing(granted: &str) -> Vec<&'static str> {
    let granted: BTreeSet<&str> = granted.split_whitespace().collect();
    names()
        .into_iter()
        .filter(|name| !granted.contains(name))
        .collect()
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
        let mut all = names();
        all.reverse();
        let granted = format!("{} {} user:bills:write", all.join("  "), all[0]);
        assert_eq!(missing(&granted), Vec::<&str>::new());
        assert_eq!(
            missing("user:invoices:read user:profile:read\tuser:taxes:write user:clients"),
            [PAYMENTS, CLIENTS, TAXES, EXPENSES]
        );
        assert_eq!(missing(""), names());
    }

    #[test]
    fn an_event_takes_the_read_scope_of_its_noun() {
        assert_eq!(of_event("invoice"), Some(INVOICES));
        assert_eq!(of_event("payment.delete"), Some(PAYMENTS));
        assert_eq!(of_event("category.create"), Some(EXPENSES));
        assert_eq!(of_event("journal_entry.create"), None);
    }
}
