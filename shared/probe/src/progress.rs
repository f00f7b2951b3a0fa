//! What is known of a connection's probe: what it made, and what it found.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::Account;

/// Everything, as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// What steps are made from; none before the first and after a clean.
    #[serde(default)]
    pub(crate) account: Option<Account>,
    /// How many things were ever made, so that no two have one name.
    #[serde(default)]
    pub(crate) made: u32,
    /// What is in Cin7, or may be.
    #[serde(default)]
    pub(crate) things: Vec<Thing>,
    /// What came of the steps, by their names.
    #[serde(default)]
    pub(crate) outcomes: BTreeMap<String, Outcome>,
}

/// Something that was made in Cin7, or was about to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Thing {
    pub(crate) kind: ThingKind,
    /// `ZZ-PROBE {connection} {step} {time} {number}`: people know it by that, and it is found by that.
    pub(crate) name: String,
    pub(crate) step: String,
    /// Cin7's id; none where its answer did not come.
    pub(crate) id: Option<String>,
    pub(crate) made_at: Timestamp,
    /// Whether payments may stand on it.
    #[serde(default)]
    pub(crate) paid: bool,
    /// Cin7's ids of payments on it, as far as they are known.
    #[serde(default)]
    pub(crate) payments: Vec<String>,
    /// Why it could not be removed; empty before that was tried.
    #[serde(default)]
    pub(crate) sentence: String,
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ThingKind {
    /// Removed by voiding it.
    Sale,
    /// Removed by voiding it.
    Journal,
    /// Removed by voiding it.
    MoneyOperation,
    /// Removed by voiding it.
    Purchase,
    /// Removed by deprecating it: Cin7 deletes no customers.
    Customer,
    /// Removed by deprecating it, likewise.
    Supplier,
}

impl ThingKind {
    /// Whether it is a document, and no partner that documents are for.
    pub(crate) fn is_document(self) -> bool {
        !matches!(self, Self::Customer | Self::Supplier)
    }
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) at: Timestamp,
    pub(crate) findings: Vec<Finding>,
    /// Why it found nothing, or nothing yet.
    #[serde(default)]
    pub(crate) sentence: String,
    /// Whether it has to be asked again.
    #[serde(default)]
    pub(crate) waiting: bool,
}

/// What Cin7 turned out to be like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The setting that says so, as `settings.cin7.service_sales`.
    pub setting: String,
    /// Its value.
    pub value: Value,
    /// How it was found, in one sentence.
    pub evidence: String,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A whole number of seconds.
    Seconds(u32),
    /// One of a few words.
    Word(String),
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&str> for Value {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

impl From<u32> for Value {
    fn from(seconds: u32) -> Self {
        Self::Seconds(seconds)
    }
}

impl Finding {
    /// A finding about the setting `name` of `[settings.cin7]`.
    pub(crate) fn new(name: &str, value: impl Into<Value>, evidence: impl Into<String>) -> Self {
        Self {
            setting: format!("{TABLE}.{name}"),
            value: value.into(),
            evidence: evidence.into(),
        }
    }

    /// The name of the setting within its table.
    pub(crate) fn key(&self) -> &str {
        self.setting
            .rsplit_once('.')
            .map_or(self.setting.as_str(), |(_, key)| key)
    }
}

/// The table that all findings are for.
pub(crate) const TABLE: &str = "settings.cin7";
