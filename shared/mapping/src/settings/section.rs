//! Reading one table of the settings key by key, every problem noted, unknown keys refused.

use std::ops::RangeInclusive;

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Decimal;
use toml::{Table, Value};

use super::Names;
use crate::text::{key_text, nearest, same};

/// `settle_seconds`: longer than a call to Cin7 may take, or a write still under way would be believed
/// absent; beyond an hour a lost reply is for a person.
const SECONDS: RangeInclusive<u32> = 30..=3600;

/// A table being read: every key asked for is taken out, what stays behind is unknown.
pub(super) struct Section<'a> {
    path: String,
    values: Table,
    known: Vec<String>,
    problems: &'a mut Vec<String>,
}

/// Reads a table and notes the keys nobody asked for.
pub(super) fn read<T>(
    path: &str,
    values: Table,
    problems: &mut Vec<String>,
    read: impl FnOnce(&mut Section<'_>) -> T,
) -> T {
    let mut section = Section {
        path: path.to_owned(),
        values,
        known: Vec::new(),
        problems,
    };
    let value = read(&mut section);
    section.refuse_the_rest();
    value
}

impl Section<'_> {
    /// The path of a key, or of the section itself for an empty key.
    pub(super) fn path(&self, key: &str) -> String {
        if key.is_empty() {
            return self.path.clone();
        }
        format!("{}.{}", self.path, key_text(key))
    }

    pub(super) fn problem(&mut self, sentence: String) {
        self.problems.push(sentence);
    }

    pub(super) fn problems(&mut self) -> &mut Vec<String> {
        self.problems
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// A table inside this one; a missing one reads as empty.
    pub(super) fn inner<T>(&mut self, key: &str, reader: impl FnOnce(&mut Section<'_>) -> T) -> T {
        let table = self.table(key);
        read(&self.path(key), table, self.problems, reader)
    }

    /// A table whose keys are not known beforehand.
    pub(super) fn table(&mut self, key: &str) -> Table {
        match self.take(key) {
            None => Table::new(),
            Some(Value::Table(table)) => table,
            Some(_) => {
                let path = self.path(key);
                self.problem(format!("`{path}` must be a table: write it as `[{path}]`."));
                Table::new()
            }
        }
    }

    /// A text that is not empty. A whole number is taken as its digits: account codes look like one.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        self.as_text(&self.path(key), value)
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Boolean(flag) => Some(flag),
            _ => self.refuse(key, "must be true or false, without quotes"),
        }
    }

    pub(super) fn seconds(&mut self, key: &str) -> Option<u32> {
        let whole = self.take(key)?.as_integer();
        let seconds = whole.and_then(|whole| u32::try_from(whole).ok());
        if let Some(seconds) = seconds.filter(|seconds| SECONDS.contains(seconds)) {
            return Some(seconds);
        }
        self.refuse(
            key,
            &format!(
                "must be a whole number from {} to {}",
                SECONDS.start(),
                SECONDS.end()
            ),
        )
    }

    /// A calendar day, as text or as a TOML date.
    pub(super) fn date(&mut self, key: &str) -> Option<Date> {
        let text = match self.take(key)? {
            Value::String(text) => text,
            Value::Datetime(date) => date.to_string(),
            _ => String::new(),
        };
        if let Ok(date) = text.trim().parse() {
            return Some(date);
        }
        self.refuse(key, "must be a day such as \"2026-01-01\"")
    }

    /// An exchange rate above 0. A TOML float is taken by its shortest text, which is what was
    /// written; nothing is computed in floats.
    pub(super) fn rate(&mut self, key: &str) -> Option<Decimal> {
        let text = match self.take(key)? {
            Value::String(text) => text,
            Value::Integer(whole) => whole.to_string(),
            Value::Float(float) => float.to_string(),
            _ => String::new(),
        };
        let limits = Decimal::new(1, 10)..=Decimal::from(1_000_000_000);
        match text.trim().parse() {
            Ok(rate) if limits.contains(&rate) => Some(rate),
            _ => self.refuse(key, "must be a number above 0, such as \"1.08\""),
        }
    }

    /// One of a few words, without regard to case.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.take(key)?;
        let word = value.as_str().unwrap_or_default();
        if let Some((_, choice)) = words.iter().find(|(name, _)| same(name, word)) {
            return Some(*choice);
        }
        let names: Vec<_> = words
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        self.refuse(key, &format!("must be {}", names.join(" or ")))
    }

    /// A table of names; two that differ only in case or blanks would hide each other.
    pub(super) fn names(&mut self, key: &str) -> Names {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in self.table(key) {
            let path = format!("{}.{}", self.path(key), key_text(&name));
            if let Some(other) = names.keys().find(|other| same(other, &name)) {
                let sentence = format!("`{path}` is there twice, once written \"{other}\".");
                self.problem(sentence);
            }
            if let Some(text) = self.as_text(&path, value) {
                names.insert(name, text);
            }
        }
        Names(names)
    }

    /// A table from days to names.
    pub(super) fn terms(&mut self, key: &str) -> BTreeMap<u32, String> {
        let mut terms = BTreeMap::new();
        for (days, value) in self.table(key) {
            let path = format!("{}.{}", self.path(key), key_text(&days));
            let Ok(days) = days.parse() else {
                self.problem(format!("`{path}` must be named by a whole number of days."));
                continue;
            };
            if let Some(text) = self.as_text(&path, value) {
                terms.insert(days, text);
            }
        }
        terms
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.known.push(key.to_owned());
        self.values.remove(key)
    }

    fn as_text(&mut self, path: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::String(_) => {
                self.problem(format!(
                    "`{path}` is empty: give it a value or leave it out."
                ));
                None
            }
            Value::Integer(whole) => Some(whole.to_string()),
            _ => {
                self.problem(format!("`{path}` must be a text in quotes."));
                None
            }
        }
    }

    fn refuse<T>(&mut self, key: &str, must: &str) -> Option<T> {
        let path = self.path(key);
        self.problem(format!("`{path}` {must}."));
        None
    }

    fn refuse_the_rest(self) {
        for (key, _) in &self.values {
            let path = self.path(key);
            let known = self.known.iter().map(String::as_str);
            let hint = nearest(key, known)
                .map(|near| format!(" The nearest known one is `{}`.", self.path(near)));
            let hint = hint.unwrap_or_default();
            self.problems
                .push(format!("`{path}` is not a setting.{hint}"));
        }
    }
}
