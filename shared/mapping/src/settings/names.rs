//! A table of the settings that maps names of one system to names or codes of the other.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::text::same;

/// FreshBooks name → Cin7 name or code; names are compared without regard to case and blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Names(pub(super) BTreeMap<String, String>);

impl Names {
    /// What a name maps to.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.entry(name).map(|(_, value)| value)
    }

    /// What a name maps to, else what `default` maps to.
    #[must_use]
    pub fn get_or_default(&self, name: &str) -> Option<&str> {
        self.get(name).or_else(|| self.get("default"))
    }

    /// A name as the settings spell it, and what it maps to.
    pub(crate) fn entry(&self, name: &str) -> Option<(&str, &str)> {
        self.iter().find(|(key, _)| same(key, name))
    }

    /// Every entry, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}
