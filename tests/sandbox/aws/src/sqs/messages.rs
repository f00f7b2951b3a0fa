//! A message as it is stored, and its attributes as they travel.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::digest;

/// Attributes that the sender added, by name.
pub(super) type MessageAttributes = BTreeMap<String, MessageAttribute>;

/// One attribute; exactly one of the two values is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MessageAttribute {
    /// `String`, `Number` or `Binary`, perhaps with a custom label after a point.
    pub(super) data_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) string_value: Option<String>,
    /// Base64, as the JSON protocol carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) binary_value: Option<String>,
}

/// The columns that [`Message::read`] reads, in its order.
pub(super) const COLUMNS: &str = "sequence, id, body, attributes, trace_header, message_group, \
    deduplication_id, sent_at, receive_count, first_received_at, dead_letter_source";

/// One stored message.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) sequence: i64,
    pub(super) id: String,
    pub(super) body: String,
    pub(super) attributes: MessageAttributes,
    pub(super) trace_header: Option<String>,
    pub(super) group: Option<String>,
    pub(super) deduplication_id: Option<String>,
    pub(super) sent_at: i64,
    pub(super) receive_count: i64,
    pub(super) first_received_at: Option<i64>,
    pub(super) dead_letter_source: Option<String>,
}

impl Message {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let attributes: String = row.get(3)?;
        Ok(Self {
            sequence: row.get(0)?,
            id: row.get(1)?,
            body: row.get(2)?,
            attributes: serde_json::from_str(&attributes).unwrap_or_default(),
            trace_header: row.get(4)?,
            group: row.get(5)?,
            deduplication_id: row.get(6)?,
            sent_at: row.get(7)?,
            receive_count: row.get(8)?,
            first_received_at: row.get(9)?,
            dead_letter_source: row.get(10)?,
        })
    }

    /// The message as a receiver sees it, with the attributes it asked for.
    pub(super) fn to_received(&self, receipt: &str, wanted: &Wanted) -> Value {
        let mut received = json!({
            "MessageId": self.id,
            "ReceiptHandle": receipt,
            "Body": self.body,
            "MD5OfBody": digest::of_body(&self.body),
        });
        let system = self.system_attributes(wanted);
        if !system.is_empty() {
            received["Attributes"] = json!(system);
        }
        let mut attributes = self.attributes.clone();
        attributes.retain(|name, _| wanted.has_message_attribute(name));
        if let Some(md5) = digest::of_attributes(&attributes) {
            received["MD5OfMessageAttributes"] = json!(md5);
            received["MessageAttributes"] = json!(attributes);
        }
        received
    }

    fn system_attributes(&self, wanted: &Wanted) -> BTreeMap<&'static str, String> {
        let fifo = self.deduplication_id.is_some();
        let all = [
            (
                "ApproximateReceiveCount",
                Some(self.receive_count.to_string()),
            ),
            (
                "ApproximateFirstReceiveTimestamp",
                self.first_received_at.map(|at| at.to_string()),
            ),
            ("SentTimestamp", Some(self.sent_at.to_string())),
            ("SenderId", Some("AIDALOCALLOCALLOCAL00".to_owned())),
            ("MessageGroupId", self.group.clone()),
            ("MessageDeduplicationId", self.deduplication_id.clone()),
            (
                "SequenceNumber",
                fifo.then(|| sequence_number(self.sequence)),
            ),
            ("AWSTraceHeader", self.trace_header.clone()),
            ("DeadLetterQueueSourceArn", self.dead_letter_source.clone()),
        ];
        let wanted = all
            .into_iter()
            .filter(|(name, _)| wanted.has_system_attribute(name));
        wanted
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}

/// Twenty digits, as SQS writes it.
pub(super) fn sequence_number(sequence: i64) -> String {
    format!("{sequence:020}")
}

/// The attributes that a receiver asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Wanted {
    /// The older name of `message_system_attribute_names`.
    attribute_names: Vec<String>,
    message_system_attribute_names: Vec<String>,
    message_attribute_names: Vec<String>,
}

impl Wanted {
    fn has_system_attribute(&self, name: &str) -> bool {
        let named = self
            .attribute_names
            .iter()
            .chain(&self.message_system_attribute_names);
        named.into_iter().any(|it| it == "All" || it == name)
    }

    fn has_message_attribute(&self, name: &str) -> bool {
        self.message_attribute_names
            .iter()
            .any(|it| match it.strip_suffix(".*") {
                Some(prefix) => name.starts_with(prefix),
                None => it == "All" || it == name,
            })
    }
}
