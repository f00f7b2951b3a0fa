//! Which scopes there are (docs/freshbooks-api.md, OAuth).

/// What scopes are about: `user:{object}:read` and `user:{object}:write`.
const OBJECTS: [&str; 24] = [
    "account",
    "bill_payments",
    "bill_vendors",
    "billable_items",
    "bills",
    "business",
    "clients",
    "credit_notes",
    "estimates",
    "expenses",
    "invoices",
    "journal_entries",
    "notifications",
    "online_payments",
    "other_income",
    "payments",
    "profile",
    "projects",
    "reports",
    "retainers",
    "taxes",
    "teams",
    "time_entries",
    "uploads",
];

/// Those that can only be read.
const READ_ONLY: [&str; 3] = ["notifications", "profile", "reports"];

/// Whether FreshBooks knows a scope. One that it does not know spoils the whole consent page.
pub(super) fn is_known(scope: &str) -> bool {
    let mut parts = scope.split(':');
    let (Some("user"), Some(object), Some(verb), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let may = match verb {
        "read" => true,
        "write" => !READ_ONLY.contains(&object),
        _ => false,
    };
    may && OBJECTS.contains(&object)
}

#[cfg(test)]
mod tests {
    use super::super::ALL_SCOPES;
    use super::*;

    #[test]
    fn every_scope_that_reading_takes_is_known_and_a_misspelt_one_is_not() {
        assert!(ALL_SCOPES.iter().all(|scope| is_known(scope)));
        assert!(is_known("user:invoices:write"));
        for scope in [
            "user:invoice:read",
            "user:invoices",
            "user:invoices:delete",
            "user:profile:write",
            "user:reports:write",
            "admin:invoices:read",
            "user:invoices:read:all",
            "",
        ] {
            assert!(!is_known(scope), "{scope:?}");
        }
    }
}
