//! What would be written.

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Previews {
    pub(crate) records: Vec<Previewed>,
    pub(crate) totals: Vec<Total>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Previewed {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) number: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) total: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) outcome: String,
    pub(crate) sentence: String,
    pub(crate) customer: Option<CustomerToBe>,
    pub(crate) writes: Vec<Write>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CustomerToBe {
    pub(crate) how: String,
    pub(crate) name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Write {
    pub(crate) call: String,
    pub(crate) body: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Total {
    pub(crate) month: String,
    pub(crate) kind: String,
    pub(crate) currency: String,
    pub(crate) outcome: String,
    pub(crate) count: u64,
    pub(crate) total: String,
}
