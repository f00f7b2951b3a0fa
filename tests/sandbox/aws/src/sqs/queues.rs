//! Queues: making, finding, describing, emptying.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::attributes::{self, Attributes, RedrivePolicy};
use super::error::SqsError;
use crate::{ACCOUNT, REGION};

/// One queue.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) attributes: Attributes,
    created_at: i64,
    modified_at: i64,
}

impl Queue {
    pub(super) fn by_name(context: &Context<'_>, name: &str) -> Result<Option<Self>, SqsError> {
        let sql = "SELECT id, name, attributes, created_at, modified_at FROM queue WHERE name = ?1";
        Ok(context
            .database
            .query_row(sql, [name], Self::read)
            .optional()?)
    }

    /// By its URL; only the last segment counts.
    pub(super) fn by_url(context: &Context<'_>, url: &str) -> Result<Self, SqsError> {
        let name = url.rsplit('/').next().unwrap_or(url);
        Self::by_name(context, name)?.ok_or_else(SqsError::no_such_queue)
    }

    pub(super) fn by_arn(context: &Context<'_>, arn: &str) -> Result<Option<Self>, SqsError> {
        match arn.strip_prefix(&arn_of("")) {
            Some(name) => Self::by_name(context, name),
            None => Ok(None),
        }
    }

    pub(super) fn all(context: &Context<'_>) -> Result<Vec<Self>, SqsError> {
        let sql = "SELECT id, name, attributes, created_at, modified_at FROM queue ORDER BY name";
        let mut statement = context.database.prepare_cached(sql)?;
        Ok(statement
            .query_map([], Self::read)?
            .collect::<Result<_, _>>()?)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let attributes: String = row.get(2)?;
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            attributes: serde_json::from_str(&attributes).unwrap_or_default(),
            created_at: row.get(3)?,
            modified_at: row.get(4)?,
        })
    }

    pub(super) fn is_fifo(&self) -> bool {
        is_fifo(&self.name)
    }

    pub(super) fn arn(&self) -> String {
        arn_of(&self.name)
    }

    pub(super) fn url(&self, context: &Context<'_>) -> String {
        format!("{}/{ACCOUNT}/{}", context.endpoint, self.name)
    }

    /// A numeric attribute; every queue has all of them from its defaults.
    pub(super) fn number(&self, attribute: &str) -> i64 {
        self.attributes
            .get(attribute)
            .and_then(|value| value.parse().ok())
            .unwrap_or_default()
    }

    pub(super) fn has(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|it| it == value)
    }

    pub(super) fn redrive_policy(&self) -> Option<RedrivePolicy> {
        RedrivePolicy::parse(self.attributes.get("RedrivePolicy")?)
    }
}

fn is_fifo(name: &str) -> bool {
    name.ends_with(".fifo")
}

fn arn_of(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateQueue {
    queue_name: String,
    #[serde(default)]
    attributes: Attributes,
}

pub(super) fn create(context: &Context<'_>, request: CreateQueue) -> Result<Value, SqsError> {
    let CreateQueue {
        queue_name: name,
        attributes,
    } = request;
    let stem = name.strip_suffix(".fifo").unwrap_or(&name);
    let is_name_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if stem.is_empty() || name.len() > 80 || !stem.chars().all(is_name_part) {
        return Err(SqsError::invalid_parameter(
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
        ));
    }
    if is_fifo(&name) != attributes.contains_key("FifoQueue") {
        return Err(SqsError::invalid_parameter(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or \
             underscores, must end with .fifo suffix and be 1 to 80 in length",
        ));
    }
    attributes::check(&attributes, is_fifo(&name))?;
    check_redrive(context, &name, &attributes)?;
    if let Some(queue) = Queue::by_name(context, &name)? {
        let differs = attributes
            .iter()
            .find(|(name, value)| !queue.has(name, value));
        return match differs {
            Some((attribute, _)) => Err(SqsError::queue_exists(attribute)),
            None => Ok(json!({ "QueueUrl": queue.url(context) })),
        };
    }
    let mut all = attributes::defaults(is_fifo(&name));
    all.extend(attributes);
    context.database.execute(
        "INSERT INTO queue (name, attributes, created_at, modified_at) VALUES (?1, ?2, ?3, ?3)",
        params![name, json!(all).to_string(), context.now],
    )?;
    Ok(json!({ "QueueUrl": Queue::by_url(context, &name)?.url(context) }))
}

/// A dead-letter queue exists already, and is FIFO exactly where its source is.
fn check_redrive(
    context: &Context<'_>,
    source: &str,
    attributes: &Attributes,
) -> Result<(), SqsError> {
    let policy = attributes
        .get("RedrivePolicy")
        .and_then(|json| RedrivePolicy::parse(json));
    let Some(policy) = policy else { return Ok(()) };
    match Queue::by_arn(context, &policy.target)? {
        Some(target) if target.is_fifo() == is_fifo(source) => Ok(()),
        _ => Err(SqsError::invalid_parameter(
            "Value for parameter RedrivePolicy is invalid. Reason: Dead letter target does not \
             exist, or is not of the same type as its source.",
        )),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetQueueUrl {
    queue_name: String,
}

pub(super) fn url(context: &Context<'_>, request: GetQueueUrl) -> Result<Value, SqsError> {
    let queue = Queue::by_name(context, &request.queue_name)?;
    let queue = queue.ok_or_else(SqsError::no_such_queue)?;
    Ok(json!({ "QueueUrl": queue.url(context) }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListQueues {
    #[serde(default)]
    queue_name_prefix: String,
}

pub(super) fn list(context: &Context<'_>, request: ListQueues) -> Result<Value, SqsError> {
    let queues = Queue::all(context)?;
    let named = queues
        .iter()
        .filter(|queue| queue.name.starts_with(&request.queue_name_prefix));
    Ok(json!({ "QueueUrls": named.map(|queue| queue.url(context)).collect::<Vec<_>>() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetQueueAttributes {
    queue_url: String,
    #[serde(default)]
    attribute_names: Vec<String>,
}

pub(super) fn attributes(
    context: &Context<'_>,
    request: GetQueueAttributes,
) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    let mut all = queue.attributes.clone();
    all.insert("QueueArn".into(), queue.arn());
    all.insert(
        "CreatedTimestamp".into(),
        (queue.created_at / 1_000).to_string(),
    );
    all.insert(
        "LastModifiedTimestamp".into(),
        (queue.modified_at / 1_000).to_string(),
    );
    all.extend(counts(context, &queue)?);
    let wanted = |name: &String| {
        request
            .attribute_names
            .iter()
            .any(|it| it == "All" || it == name)
    };
    all.retain(|name, _| wanted(name));
    Ok(json!({ "Attributes": all }))
}

/// How many messages are visible, in flight, and delayed.
fn counts(context: &Context<'_>, queue: &Queue) -> Result<BTreeMap<String, String>, SqsError> {
    let (visible, in_flight, delayed): (i64, i64, i64) = context.database.query_row(
        "SELECT count(*) FILTER (WHERE visible_at <= ?2),
                count(*) FILTER (WHERE visible_at > ?2 AND receipt IS NOT NULL),
                count(*) FILTER (WHERE visible_at > ?2 AND receipt IS NULL)
         FROM message WHERE queue = ?1",
        params![queue.id, context.now],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let counts = [
        ("ApproximateNumberOfMessages", visible),
        ("ApproximateNumberOfMessagesNotVisible", in_flight),
        ("ApproximateNumberOfMessagesDelayed", delayed),
    ];
    Ok(counts
        .map(|(name, count)| (name.to_owned(), count.to_string()))
        .into())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SetQueueAttributes {
    queue_url: String,
    attributes: Attributes,
}

pub(super) fn set_attributes(
    context: &Context<'_>,
    request: SetQueueAttributes,
) -> Result<Value, SqsError> {
    let mut queue = Queue::by_url(context, &request.queue_url)?;
    attributes::check(&request.attributes, queue.is_fifo())?;
    check_redrive(context, &queue.name, &request.attributes)?;
    queue.attributes.extend(request.attributes);
    // An empty value takes an attribute away; that is how a redrive policy is removed.
    queue.attributes.retain(|_, value| !value.is_empty());
    context.database.execute(
        "UPDATE queue SET attributes = ?2, modified_at = ?3 WHERE id = ?1",
        params![queue.id, json!(queue.attributes).to_string(), context.now],
    )?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ByUrl {
    queue_url: String,
}

pub(super) fn delete(context: &Context<'_>, request: ByUrl) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    context
        .database
        .execute("DELETE FROM queue WHERE id = ?1", [queue.id])?;
    Ok(json!({}))
}

pub(super) fn purge(context: &Context<'_>, request: ByUrl) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    context
        .database
        .execute("DELETE FROM message WHERE queue = ?1", [queue.id])?;
    Ok(json!({}))
}
