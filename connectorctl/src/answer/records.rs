//! Records and their trails.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Records {
    pub(crate) records: Vec<Record>,
    pub(crate) more: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) number: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) state: String,
    pub(crate) total: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) sentence: String,
    pub(crate) waiting_for: Option<String>,
    pub(crate) due_at: Option<String>,
    pub(crate) updated_at: String,
    pub(crate) cin7: Evidence,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Evidence {
    pub(crate) order_number: Option<String>,
    pub(crate) invoice_number: Option<String>,
    pub(crate) total: Option<String>,
    pub(crate) sale_id: Option<String>,
    pub(crate) payment_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) mark: String,
    pub(crate) cin7_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Trail {
    pub(crate) entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) seq: u64,
    pub(crate) at: String,
    pub(crate) what: String,
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) detail: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Verdict {
    pub(crate) holds: bool,
    pub(crate) sentence: String,
}
