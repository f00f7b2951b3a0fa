//! What a receiver does with a message it holds: delete it, or change how long it stays hidden.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::batch::Batch;
use super::error::SqsError;
use super::queues::Queue;
use super::receipt::Receipt;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteMessage {
    queue_url: String,
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteEntry {
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ChangeVisibility {
    queue_url: String,
    #[serde(flatten)]
    change: ChangeEntry,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ChangeEntry {
    receipt_handle: String,
    /// Required in the single call, optional in a batch, where it counts as 0.
    #[serde(default)]
    visibility_timeout: i64,
}

pub(super) fn delete(context: &Context<'_>, request: DeleteMessage) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    delete_one(context, &queue, &request.receipt_handle)
}

pub(super) fn delete_batch(
    context: &Context<'_>,
    request: Batch<DeleteEntry>,
) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    request.run(|entry| delete_one(context, &queue, &entry.receipt_handle))
}

pub(super) fn change_visibility(
    context: &Context<'_>,
    request: ChangeVisibility,
) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    change_one(context, &queue, &request.change)
}

pub(super) fn change_visibility_batch(
    context: &Context<'_>,
    request: Batch<ChangeEntry>,
) -> Result<Value, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    request.run(|entry| change_one(context, &queue, &entry))
}

/// Deleting what is gone already succeeds. On a FIFO queue a handle dies with its visibility
/// timeout; on a standard queue it works until the message is received again, and then does nothing.
fn delete_one(context: &Context<'_>, queue: &Queue, handle: &str) -> Result<Value, SqsError> {
    let receipt = Receipt::parse(queue.id, handle)?;
    let Some(held) = Held::find(context, &receipt)? else {
        return Ok(json!({}));
    };
    let is_current = held.receipt.as_deref() == Some(handle);
    if queue.is_fifo() && (!is_current || held.visible_at <= context.now) {
        return Err(SqsError::receipt_expired(handle));
    }
    if is_current {
        context.database.execute(
            "DELETE FROM message WHERE sequence = ?1",
            [receipt.sequence],
        )?;
    }
    Ok(json!({}))
}

fn change_one(
    context: &Context<'_>,
    queue: &Queue,
    change: &ChangeEntry,
) -> Result<Value, SqsError> {
    if !(0..=43_200).contains(&change.visibility_timeout) {
        return Err(SqsError::invalid_parameter(
            "Value for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.",
        ));
    }
    let receipt = Receipt::parse(queue.id, &change.receipt_handle)?;
    let held = Held::find(context, &receipt)?.ok_or_else(|| {
        SqsError::invalid_parameter(
            "Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is \
             not available for visibility timeout change.",
        )
    })?;
    if held.receipt.as_deref() != Some(&change.receipt_handle) || held.visible_at <= context.now {
        return Err(SqsError::not_in_flight());
    }
    context.database.execute(
        "UPDATE message SET visible_at = ?2 WHERE sequence = ?1",
        params![
            receipt.sequence,
            context.now + change.visibility_timeout * 1_000
        ],
    )?;
    Ok(json!({}))
}

struct Held {
    receipt: Option<String>,
    visible_at: i64,
}

impl Held {
    fn find(context: &Context<'_>, receipt: &Receipt) -> Result<Option<Self>, SqsError> {
        let sql = "SELECT receipt, visible_at FROM message WHERE queue = ?1 AND sequence = ?2";
        let mut statement = context.database.prepare_cached(sql)?;
        let held = statement.query_row([receipt.queue, receipt.sequence], |row| {
            Ok(Self {
                receipt: row.get(0)?,
                visible_at: row.get(1)?,
            })
        });
        Ok(held.optional()?)
    }
}
