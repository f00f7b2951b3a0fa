//! The API's answers, as far as they are shown to people. Whatever is missing reads as empty: `--json`
//! has the whole.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;

/// An answer as what it should be.
pub(crate) fn read<T: DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    serde_json::from_value(answer).map_err(|error| {
        Failure::Unreachable(format!(
            "The connector's answer cannot be shown ({error}): this connectorctl is of another version; --json shows it."
        ))
    })
}

#[derive(Debug, Deserialize)]
pub(crate) struct Connections {
    pub(crate) connections: Vec<Overview>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Overview {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) stopped: String,
    pub(crate) account_id: String,
    pub(crate) business_uuid: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) missing_scopes: Vec<String>,
    pub(crate) settings_version: u64,
    pub(crate) created_at: Option<String>,
    pub(crate) callbacks: Vec<Callback>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) next_step: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Callback {
    pub(crate) noun: String,
    pub(crate) callback_id: Option<String>,
    pub(crate) uri: String,
    pub(crate) state: Option<String>,
    pub(crate) sentence: String,
    pub(crate) checked_at: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Secret {
    pub(crate) name: String,
    pub(crate) key_id: String,
    pub(crate) updated_at: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Callbacks {
    pub(crate) callbacks: Vec<Callback>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ticket {
    pub(crate) url: String,
    pub(crate) expires_at: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Businesses {
    pub(crate) businesses: Vec<Business>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Business {
    pub(crate) account_id: String,
    pub(crate) business_uuid: String,
    pub(crate) name: String,
    pub(crate) role: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cin7Account {
    pub(crate) name: String,
    pub(crate) base_currency: Option<String>,
    pub(crate) lock_date: Option<String>,
    pub(crate) tax_calculation: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) warnings: Vec<String>,
}

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

/// Whatever is told in one sentence.
#[derive(Debug, Deserialize)]
pub(crate) struct Told {
    pub(crate) sentence: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Secrets {
    pub(crate) secrets: Vec<Held>,
    pub(crate) sentence: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Held {
    pub(crate) connection: String,
    pub(crate) what: String,
    pub(crate) key_id: String,
    pub(crate) current: bool,
}

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
