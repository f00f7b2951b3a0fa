//! What the probe tried and found.

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Probe {
    pub(crate) company: Option<String>,
    pub(crate) sentence: String,
    pub(crate) steps: Vec<ProbeStep>,
    pub(crate) leftovers: Vec<Leftover>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProbeStep {
    pub(crate) name: String,
    pub(crate) makes: String,
    pub(crate) state: String,
    pub(crate) findings: Vec<Finding>,
    pub(crate) sentence: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Finding {
    pub(crate) setting: String,
    pub(crate) value: Value,
    pub(crate) evidence: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Leftover {
    pub(crate) what: String,
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) sentence: String,
}
