//! Queue attributes: which exist, what they may hold, what they hold when nobody says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::SqsError;

/// Attributes by their API names; values are text, as the API has them.
pub(super) type Attributes = BTreeMap<String, String>;

/// The largest message and the largest batch, in bytes.
pub(super) const LARGEST_MESSAGE_BYTES: usize = 1_048_576;

/// What every queue has.
const DEFAULTS: [(&str, &str); 6] = [
    ("VisibilityTimeout", "30"),
    ("DelaySeconds", "0"),
    ("MaximumMessageSize", "1048576"),
    ("MessageRetentionPeriod", "345600"),
    ("ReceiveMessageWaitTimeSeconds", "0"),
    ("SqsManagedSseEnabled", "true"),
];

/// What a FIFO queue has besides.
const FIFO_DEFAULTS: [(&str, &str); 3] = [
    ("ContentBasedDeduplication", "false"),
    ("DeduplicationScope", "queue"),
    ("FifoThroughputLimit", "perQueue"),
];

pub(super) fn defaults(fifo: bool) -> Attributes {
    let own = if fifo { &FIFO_DEFAULTS[..] } else { &[] };
    DEFAULTS
        .iter()
        .chain(own)
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

/// Refuses names that SQS does not have, values out of range, and FIFO attributes elsewhere.
pub(super) fn check(attributes: &Attributes, fifo: bool) -> Result<(), SqsError> {
    for (name, value) in attributes {
        if !is_allowed(name, value, fifo)? {
            return Err(SqsError::invalid_attribute_value(name));
        }
    }
    Ok(())
}

fn is_allowed(name: &str, value: &str, fifo: bool) -> Result<bool, SqsError> {
    let within = |range: std::ops::RangeInclusive<u32>| {
        value.parse().is_ok_and(|value: u32| range.contains(&value))
    };
    Ok(match name {
        "VisibilityTimeout" => within(0..=43_200),
        "DelaySeconds" => within(0..=900),
        "MaximumMessageSize" => within(1_024..=1_048_576),
        "MessageRetentionPeriod" => within(60..=1_209_600),
        "ReceiveMessageWaitTimeSeconds" => within(0..=20),
        "KmsDataKeyReusePeriodSeconds" => value.is_empty() || within(60..=86_400),
        "SqsManagedSseEnabled" => matches!(value, "true" | "false"),
        "RedrivePolicy" => value.is_empty() || RedrivePolicy::parse(value).is_some(),
        "Policy" | "RedriveAllowPolicy" | "KmsMasterKeyId" => true,
        "FifoQueue"
        | "ContentBasedDeduplication"
        | "DeduplicationScope"
        | "FifoThroughputLimit"
            if !fifo =>
        {
            return Err(SqsError::invalid_attribute_name(name));
        }
        "FifoQueue" => value == "true",
        "ContentBasedDeduplication" => matches!(value, "true" | "false"),
        "DeduplicationScope" => matches!(value, "queue" | "messageGroup"),
        "FifoThroughputLimit" => matches!(value, "perQueue" | "perMessageGroupId"),
        _ => return Err(SqsError::invalid_attribute_name(name)),
    })
}

/// Where messages go that were received too often.
#[derive(Debug)]
pub(super) struct RedrivePolicy {
    /// ARN of the dead-letter queue.
    pub(super) target: String,
    /// A message received this often is moved instead of received once more.
    pub(super) max_receive_count: i64,
}

impl RedrivePolicy {
    /// `None` where it is not a policy. The count comes as a number or as text; SQS takes both.
    pub(super) fn parse(json: &str) -> Option<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            dead_letter_target_arn: String,
            max_receive_count: serde_json::Value,
        }
        let wire: Wire = serde_json::from_str(json).ok()?;
        let count = &wire.max_receive_count;
        let max_receive_count = count.as_i64().or_else(|| count.as_str()?.parse().ok())?;
        (1..=1_000).contains(&max_receive_count).then_some(Self {
            target: wire.dead_letter_target_arn,
            max_receive_count,
        })
    }
}
