//! Settings, and what a check or a comparison of them found.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Settings {
    pub(crate) version: u64,
    pub(crate) document: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Checked {
    pub(crate) problems: Vec<Finding>,
    pub(crate) warnings: Vec<Finding>,
    pub(crate) defaults: Vec<LeftToAccount>,
    pub(crate) read: Option<ReadBooks>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Finding {
    pub(crate) what: String,
    pub(crate) add: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LeftToAccount {
    pub(crate) what: String,
    #[serde(rename = "where")]
    pub(crate) setting: String,
    pub(crate) value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReadBooks {
    pub(crate) cin7_at: String,
    pub(crate) freshbooks_at: String,
    pub(crate) invoices: u64,
    pub(crate) invoices_from: String,
    pub(crate) more_invoices: bool,
    pub(crate) bills: u64,
    pub(crate) expenses: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ComparedSettings {
    pub(crate) compared: u64,
    pub(crate) records: Vec<Compared>,
    pub(crate) moves: Vec<Move>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Compared {
    pub(crate) outcome: String,
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) sentence: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Move {
    pub(crate) what: String,
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) currency: String,
    pub(crate) total: String,
    pub(crate) count: u64,
}
