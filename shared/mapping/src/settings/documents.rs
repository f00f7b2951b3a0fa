//! `[settings.documents]`: which kinds of documents cross.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Settings;
use super::section::Section;
use crate::held::{Held, SettingKey};

/// The kinds of records, each with its key in the settings.
const KINDS: [(&str, &str); 8] = [
    ("invoice", "invoices"),
    ("payment", "payments"),
    ("bill", "bills"),
    ("bill_payment", "bill_payments"),
    ("expense", "expenses"),
    ("other_income", "other_income"),
    ("credit_note", "credit_notes"),
    ("journal_entry", "journal_entries"),
];

/// Which kinds of documents cross: all but those that are switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Documents(BTreeMap<&'static str, bool>);

impl Default for Documents {
    fn default() -> Self {
        Self(KINDS.into_iter().map(|(_, key)| (key, true)).collect())
    }
}

impl Documents {
    /// Whether new documents of a kind of records, such as `bill_payment`, cross. A kind that the
    /// settings have no switch for is not kept back by them.
    #[must_use]
    pub fn moves(&self, kind: &str) -> bool {
        key_of(kind)
            .and_then(|key| self.0.get(key))
            .is_none_or(|on| *on)
    }

    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let read = |(_, key): (_, &'static str)| (key, section.flag(key).unwrap_or(true));
        Self(KINDS.into_iter().map(read).collect())
    }
}

/// Keeps back a new document of a kind that is switched off; `record` is what the sentence starts with.
/// What stands in Cin7 already is kept up with all the same: that is up to the caller.
///
/// # Errors
/// [`Held::Skipped`] under the rule `documents`.
pub fn kind_crosses(record: &str, kind: &str, settings: &Settings) -> Result<(), Held> {
    let Some(key) = key_of(kind).filter(|_| !settings.documents.moves(kind)) else {
        return Ok(());
    };
    let key = SettingKey {
        table: "settings.documents",
        key,
    };
    let sentence = format!(
        "{record} stays out, because the settings switch {} off; write {} and replay it if it should \
         cross.",
        key.key.replace('_', " "),
        key.raw_line("true")
    );
    Err(Held::skipped("documents", sentence))
}

fn key_of(kind: &str) -> Option<&'static str> {
    let mut kinds = KINDS.into_iter();
    kinds.find(|(known, _)| *known == kind).map(|(_, key)| key)
}
