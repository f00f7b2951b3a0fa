//! The API's answers, as far as they are shown to people. Whatever is missing reads as empty: `--json`
//! has the whole.

mod previews;
pub(crate) mod probe;
mod records;
mod settings;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;

pub(crate) use previews::{Previewed, Previews, Total};
pub(crate) use records::{Entry, Record, Records, Step, Trail, Verdict};
pub(crate) use settings::{
    Checked, Compared, ComparedSettings, Finding, LeftToAccount, Move, ReadBooks, Settings,
};

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
    pub(crate) held_back: Vec<HeldBack>,
    pub(crate) settings_version: u64,
    pub(crate) schedule: Schedule,
    pub(crate) created_at: Option<String>,
    pub(crate) callbacks: Vec<Callback>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) next_step: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HeldBack {
    pub(crate) kind: String,
    pub(crate) missing_scopes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Schedule {
    pub(crate) expression: String,
    pub(crate) timezone: String,
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

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Backfill {
    pub(crate) state: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) by: String,
    pub(crate) started_at: String,
    pub(crate) ended_at: Option<String>,
    pub(crate) listed: bool,
    pub(crate) found: u64,
    pub(crate) queued: u64,
    pub(crate) done: u64,
    pub(crate) waiting: u64,
    pub(crate) attention: u64,
    pub(crate) left: u64,
    pub(crate) ends_at: Option<String>,
    pub(crate) sentence: String,
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
