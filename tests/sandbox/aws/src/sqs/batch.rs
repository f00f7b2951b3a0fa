//! What all batch operations share: the checks of the envelope, and an answer per entry.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::SqsError;

/// Entries that are tried one by one; one that fails does not stop the others.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Batch<Entry> {
    pub(super) queue_url: String,
    #[serde(default = "Vec::new")]
    pub(super) entries: Vec<BatchEntry<Entry>>,
}

/// One entry under the id that the client gave it.
#[derive(Deserialize)]
pub(super) struct BatchEntry<Entry> {
    #[serde(rename = "Id")]
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) entry: Entry,
}

impl<Entry> Batch<Entry> {
    /// Runs every entry. `act` answers with the fields that go beside the entry's id.
    pub(super) fn run(
        self,
        mut act: impl FnMut(Entry) -> Result<Value, SqsError>,
    ) -> Result<Value, SqsError> {
        self.check()?;
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for BatchEntry { id, entry } in self.entries {
            match act(entry) {
                Ok(mut fields) => {
                    fields["Id"] = json!(id);
                    successful.push(fields);
                }
                Err(error) => failed.push(json!({
                    "Id": id, "SenderFault": true,
                    "Code": error.query_code, "Message": error.message,
                })),
            }
        }
        Ok(json!({ "Successful": successful, "Failed": failed }))
    }

    fn check(&self) -> Result<(), SqsError> {
        if self.entries.is_empty() {
            return Err(SqsError::empty_batch());
        }
        if self.entries.len() > 10 {
            return Err(SqsError::too_many_entries());
        }
        let is_id_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let mut ids = HashSet::new();
        for BatchEntry { id, .. } in &self.entries {
            if id.is_empty() || id.len() > 80 || !id.chars().all(is_id_part) {
                return Err(SqsError::invalid_entry_id());
            }
            if !ids.insert(id) {
                return Err(SqsError::entry_ids_not_distinct(id));
            }
        }
        Ok(())
    }
}
