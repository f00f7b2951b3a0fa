//! Sending: checks, de-duplication, storing.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::LARGEST_MESSAGE_BYTES;
use super::batch::Batch;
use super::error::SqsError;
use super::messages::{MessageAttributes, sequence_number};
use super::queues::Queue;
use super::{Context, digest};

/// For this long a second message of the same de-duplication id is accepted and dropped.
const DEDUPLICATION_MILLIS: i64 = 5 * 60 * 1_000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SendMessage {
    queue_url: String,
    #[serde(flatten)]
    message: Outgoing,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Outgoing {
    message_body: String,
    delay_seconds: Option<i64>,
    #[serde(default)]
    message_attributes: MessageAttributes,
    #[serde(default)]
    message_system_attributes: MessageAttributes,
    message_group_id: Option<String>,
    message_deduplication_id: Option<String>,
}

pub(super) fn one(context: &Context<'_>, request: SendMessage) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    send(context, &queue, &request.message)
}

pub(super) fn batch(context: &Context<'_>, request: Batch<Outgoing>) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    if request
        .entries
        .iter()
        .map(|it| it.entry.bytes())
        .sum::<usize>()
        > LARGEST_MESSAGE_BYTES
    {
        return Err(SqsError::batch_too_long());
    }
    request.run(|message| send(context, &queue, &message))
}

fn send(context: &Context<'_>, queue: &Queue, message: &Outgoing) -> Result<Value, SqsError> {
    message.check(queue)?;
    let deduplication_id = message.deduplication_id(queue)?;
    let (id, sequence) = match &deduplication_id {
        Some(deduplication_id) => send_once(context, queue, message, deduplication_id)?,
        None => store(context, queue, message, None)?,
    };
    let mut sent = json!({
        "MessageId": id,
        "MD5OfMessageBody": digest::of_body(&message.message_body),
    });
    if queue.is_fifo() {
        sent["SequenceNumber"] = json!(sequence_number(sequence));
    }
    if let Some(md5) = digest::of_attributes(&message.message_attributes) {
        sent["MD5OfMessageAttributes"] = json!(md5);
    }
    if let Some(md5) = digest::of_attributes(&message.message_system_attributes) {
        sent["MD5OfMessageSystemAttributes"] = json!(md5);
    }
    Ok(sent)
}

/// Stores the message unless the queue has just seen its id; the answer to a duplicate names the
/// message that was stored first.
fn send_once(
    context: &Context<'_>,
    queue: &Queue,
    message: &Outgoing,
    deduplication_id: &str,
) -> Result<(String, i64), SqsError> {
    let scope = match &message.message_group_id {
        Some(group) if queue.has("DeduplicationScope", "messageGroup") => group,
        _ => "",
    };
    context.database.execute(
        "DELETE FROM recent WHERE queue = ?1 AND sent_at <= ?2",
        params![queue.id, context.now - DEDUPLICATION_MILLIS],
    )?;
    let first = context
        .database
        .query_row(
            "SELECT message, sequence FROM recent
             WHERE queue = ?1 AND scope = ?2 AND deduplication_id = ?3",
            params![queue.id, scope, deduplication_id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    if let Some(first) = first {
        return Ok(first);
    }
    let (id, sequence) = store(context, queue, message, Some(deduplication_id))?;
    context.database.execute(
        "INSERT INTO recent (queue, scope, deduplication_id, message, sequence, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![queue.id, scope, deduplication_id, id, sequence, context.now],
    )?;
    Ok((id, sequence))
}

fn store(
    context: &Context<'_>,
    queue: &Queue,
    message: &Outgoing,
    deduplication_id: Option<&str>,
) -> Result<(String, i64), SqsError> {
    let id = uuid::Uuid::new_v4().to_string();
    let delay = message
        .delay_seconds
        .unwrap_or_else(|| queue.number("DelaySeconds"));
    let trace = message.message_system_attributes.get("AWSTraceHeader");
    context.database.execute(
        "INSERT INTO message (queue, id, body, attributes, trace_header, message_group,
                              deduplication_id, sent_at, retained_from, visible_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
        params![
            queue.id,
            id,
            message.message_body,
            json!(message.message_attributes).to_string(),
            trace.and_then(|trace| trace.string_value.clone()),
            message.message_group_id,
            deduplication_id,
            context.now,
            context.now + delay * 1_000,
        ],
    )?;
    Ok((id, context.database.last_insert_rowid()))
}

impl Outgoing {
    fn check(&self, queue: &Queue) -> Result<(), SqsError> {
        if self.message_body.is_empty() {
            return Err(SqsError::missing_parameter("MessageBody"));
        }
        if !self.message_body.chars().all(is_allowed) {
            return Err(SqsError::invalid_contents());
        }
        let largest = queue.number("MaximumMessageSize");
        if i64::try_from(self.bytes()).is_ok_and(|bytes| bytes > largest) {
            return Err(SqsError::invalid_parameter(&format!(
                "One or more parameters are invalid. Reason: Message must be shorter than {largest} bytes."
            )));
        }
        if self.message_attributes.len() > 10 {
            return Err(SqsError::invalid_parameter(
                "Number of message attributes [11] exceeds the allowed maximum [10].",
            ));
        }
        if self
            .delay_seconds
            .is_some_and(|delay| !(0..=900).contains(&delay))
        {
            return Err(SqsError::invalid_parameter(
                "Value for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
            ));
        }
        if !queue.is_fifo() {
            return Ok(());
        }
        if self.delay_seconds.is_some_and(|delay| delay > 0) {
            return Err(SqsError::invalid_parameter(
                "Value for parameter DelaySeconds is invalid. Reason: The request include parameter \
                 that is not valid for this queue type.",
            ));
        }
        match &self.message_group_id {
            Some(group) => check_fifo_id("MessageGroupId", group),
            None => Err(SqsError::missing_parameter("MessageGroupId")),
        }
    }

    /// None on a standard queue, which de-duplicates nothing.
    fn deduplication_id(&self, queue: &Queue) -> Result<Option<String>, SqsError> {
        if !queue.is_fifo() {
            return match &self.message_deduplication_id {
                Some(_) => Err(SqsError::invalid_parameter(
                    "The request includes a parameter that is not valid for this queue type: \
                     MessageDeduplicationId",
                )),
                None => Ok(None),
            };
        }
        match &self.message_deduplication_id {
            Some(id) => check_fifo_id("MessageDeduplicationId", id).map(|()| Some(id.clone())),
            None if queue.has("ContentBasedDeduplication", "true") => {
                Ok(Some(digest::deduplication_id(&self.message_body)))
            }
            None => Err(SqsError::invalid_parameter(
                "The queue should either have ContentBasedDeduplication enabled or \
                 MessageDeduplicationId provided explicitly",
            )),
        }
    }

    /// What counts against the size limits: body, and names, types and values of attributes.
    fn bytes(&self) -> usize {
        let attributes = self.message_attributes.iter().map(|(name, attribute)| {
            let text = attribute.string_value.as_deref().map_or(0, str::len);
            let binary = attribute
                .binary_value
                .as_deref()
                .map_or(0, |it| it.len() / 4 * 3);
            name.len() + attribute.data_type.len() + text + binary
        });
        self.message_body.len() + attributes.sum::<usize>()
    }
}

/// Group and de-duplication ids: up to 128 printable ASCII characters without space.
fn check_fifo_id(parameter: &str, id: &str) -> Result<(), SqsError> {
    if (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(SqsError::invalid_parameter(&format!(
        "Value {id} for parameter {parameter} is invalid. Reason: {parameter} can only include \
         alphanumeric and punctuation characters. 1 to 128 in length."
    )))
}

/// XML 1.0 characters; SQS refuses all others.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}
