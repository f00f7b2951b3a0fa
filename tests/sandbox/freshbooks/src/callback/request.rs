//! The bodies that manage callbacks, and what may be registered.

use axum::http::Uri;
use serde::Deserialize;

use super::Callback;

/// The nouns that raise events, with the scope that each takes.
const NOUNS: [(&str, &str); 15] = [
    ("bill", "user:bills:read"),
    ("bill_vendor", "user:bill_vendors:read"),
    ("category", "user:expenses:read"),
    ("client", "user:clients:read"),
    ("credit_note", "user:credit_notes:read"),
    ("estimate", "user:estimates:read"),
    ("expense", "user:expenses:read"),
    ("invoice", "user:invoices:read"),
    ("item", "user:billable_items:read"),
    ("payment", "user:payments:read"),
    ("project", "user:projects:read"),
    ("recurring", "user:invoices:read"),
    ("service", "user:billable_items:read"),
    ("tax", "user:taxes:read"),
    ("time_entry", "user:time_entries:read"),
];

/// Whether changes of this kind are announced at all.
pub(crate) fn raises_events(noun: &str) -> bool {
    NOUNS.iter().any(|(known, _)| *known == noun)
}

/// `{"callback":{…}}`.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) callback: Fields,
}

/// What a body may say; which of it is there tells what is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    event: Option<String>,
    uri: Option<String>,
    pub(super) verifier: Option<String>,
    #[serde(default)]
    pub(super) resend: bool,
}

/// An event and an address that can be registered.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) event: String,
    pub(super) uri: String,
    pub(super) scope: &'static str,
}

impl Fields {
    /// What is to be registered; what the body leaves out stays as it was.
    ///
    /// # Errors
    ///
    /// One sentence for each field that cannot be.
    pub(super) fn target(&self, current: Option<&Callback>) -> Result<Target, Vec<String>> {
        let event = self
            .event
            .as_deref()
            .or(current.map(|callback| callback.event.as_str()));
        let uri = self
            .uri
            .as_deref()
            .or(current.map(|callback| callback.uri.as_str()));
        let (event, uri) = (event.unwrap_or_default(), uri.unwrap_or_default());
        let scope = scope_of(event);
        let mut details = Vec::new();
        if scope.is_none() {
            details.push("event: Value error, Unrecognized event.".to_owned());
        }
        if !is_address(uri) {
            details
                .push("uri: Input should be a valid URL, relative URL without a base".to_owned());
        }
        match scope {
            Some(scope) if details.is_empty() => Ok(Target {
                event: event.to_owned(),
                uri: uri.to_owned(),
                scope,
            }),
            _ => Err(details),
        }
    }
}

fn scope_of(event: &str) -> Option<&'static str> {
    let (noun, verb) = event.split_once('.').unwrap_or((event, "create"));
    let known = match verb {
        "create" | "update" | "delete" => true,
        "sendByEmail" => matches!(noun, "invoice" | "estimate"),
        _ => false,
    };
    NOUNS
        .into_iter()
        .find(|(name, _)| known && *name == noun)
        .map(|(_, scope)| scope)
}

fn is_address(uri: &str) -> bool {
    uri.parse::<Uri>()
        .is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_that_do_not_exist_have_no_scope() {
        for event in [
            "bill_payment.create",
            "journal_entry",
            "all",
            "payment.sendByEmail",
            "",
        ] {
            assert_eq!(scope_of(event), None, "{event}");
        }
        assert_eq!(scope_of("payment"), Some("user:payments:read"));
        assert_eq!(scope_of("invoice.sendByEmail"), Some("user:invoices:read"));
    }
}
