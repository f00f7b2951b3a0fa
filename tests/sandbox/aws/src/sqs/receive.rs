//! Receiving: which messages may go out, in which order, and which go to the dead-letter queue.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::SqsError;
use super::messages::{COLUMNS, Message, Wanted};
use super::queues::Queue;
use super::receipt::Receipt;
use super::{Context, redrive};

/// The FIFO rule, on a message `m` of queue ?1 at instant ?2: it is visible, no message of its group
/// is in flight, and none sent before it in its group is still delayed.
const MAY_GO_OUT: &str = "m.queue = ?1 AND m.visible_at <= ?2
    AND m.message_group NOT IN (
        SELECT message_group FROM message
        WHERE queue = ?1 AND visible_at > ?2 AND receipt IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM message earlier
        WHERE earlier.queue = ?1 AND earlier.message_group = m.message_group
          AND earlier.visible_at > ?2 AND earlier.sequence < m.sequence)";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReceiveMessage {
    queue_url: String,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    #[serde(flatten)]
    wanted: Wanted,
}

/// What one look at a queue found.
pub(super) struct Received {
    pub(super) messages: Vec<Value>,
    /// How long the request may wait, in seconds.
    pub(super) wait_seconds: u64,
    /// When the next message becomes visible by itself.
    pub(super) next_visible_at: Option<i64>,
    /// Whether messages went to the dead-letter queue, where somebody may be waiting for them.
    pub(super) buried: bool,
}

impl Received {
    pub(super) fn into_response(self) -> Value {
        if self.messages.is_empty() {
            return json!({});
        }
        json!({ "Messages": self.messages })
    }
}

pub(super) fn receive(
    context: &Context<'_>,
    request: ReceiveMessage,
) -> Result<Received, SqsError> {
    let queue = Queue::by_url(context, &request.queue_url)?;
    let most = request.max_number_of_messages.unwrap_or(1);
    let wait = request
        .wait_time_seconds
        .unwrap_or_else(|| queue.number("ReceiveMessageWaitTimeSeconds"));
    let visibility = request
        .visibility_timeout
        .unwrap_or_else(|| queue.number("VisibilityTimeout"));
    check_range("MaxNumberOfMessages", most, 1..=10)?;
    check_range("WaitTimeSeconds", wait, 0..=20)?;
    check_range("VisibilityTimeout", visibility, 0..=43_200)?;

    expire(context, &queue)?;
    let Taken {
        messages: taken,
        buried,
    } = take(context, &queue, usize::try_from(most).unwrap_or(1))?;
    let mut messages = Vec::with_capacity(taken.len());
    for mut message in taken {
        let receipt = hand_out(
            context,
            &queue,
            &mut message,
            context.now + visibility * 1_000,
        )?;
        messages.push(message.to_received(&receipt, &request.wanted));
    }
    let next_visible_at = context.database.query_row(
        "SELECT min(visible_at) FROM message WHERE queue = ?1 AND visible_at > ?2",
        params![queue.id, context.now],
        |row| row.get(0),
    )?;
    Ok(Received {
        messages,
        wait_seconds: wait.unsigned_abs(),
        next_visible_at,
        buried,
    })
}

fn check_range(
    parameter: &str,
    value: i64,
    range: std::ops::RangeInclusive<i64>,
) -> Result<(), SqsError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(SqsError::invalid_parameter(&format!(
        "Value {value} for parameter {parameter} is invalid. Reason: Must be between {} and {}, if provided.",
        range.start(),
        range.end()
    )))
}

/// Forgets messages past their retention period.
fn expire(context: &Context<'_>, queue: &Queue) -> Result<(), SqsError> {
    let oldest = context.now - queue.number("MessageRetentionPeriod") * 1_000;
    context.database.execute(
        "DELETE FROM message WHERE queue = ?1 AND retained_from < ?2",
        params![queue.id, oldest],
    )?;
    Ok(())
}

/// The messages that go out, and whether others were moved aside.
#[derive(Default)]
struct Taken {
    messages: Vec<Message>,
    buried: bool,
}

/// Takes up to `most` messages; one received too often already goes to the dead-letter queue
/// instead, and the next of its group takes its place.
fn take(context: &Context<'_>, queue: &Queue, most: usize) -> Result<Taken, SqsError> {
    let policy = queue.redrive_policy();
    let dead_letters = match &policy {
        Some(policy) => Queue::by_arn(context, &policy.target)?,
        None => None,
    };
    let mut taken = Taken::default();
    while taken.messages.len() < most {
        let next = next_messages(context, queue, most - taken.messages.len())?;
        if next.is_empty() {
            break;
        }
        for message in next {
            match (&policy, &dead_letters) {
                (Some(policy), Some(target))
                    if message.receive_count >= policy.max_receive_count =>
                {
                    redrive::bury(context, queue, target, message.sequence)?;
                    taken.buried = true;
                }
                _ => {
                    set_aside(context, message.sequence)?;
                    taken.messages.push(message);
                }
            }
        }
    }
    Ok(taken)
}

/// The next messages in order: on a FIFO queue, of the one group whose turn it is.
fn next_messages(
    context: &Context<'_>,
    queue: &Queue,
    most: usize,
) -> Result<Vec<Message>, SqsError> {
    let most = i64::try_from(most).unwrap_or(1);
    if !queue.is_fifo() {
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE queue = ?1 AND visible_at <= ?2
             ORDER BY sequence LIMIT ?3"
        );
        let mut statement = context.database.prepare_cached(&sql)?;
        let rows = statement.query_map(params![queue.id, context.now, most], Message::read)?;
        return Ok(rows.collect::<Result<_, _>>()?);
    }
    let turn = format!(
        "SELECT m.message_group FROM message m WHERE {MAY_GO_OUT} ORDER BY m.sequence LIMIT 1"
    );
    let turn: Option<String> = context
        .database
        .prepare_cached(&turn)?
        .query_row(params![queue.id, context.now], |row| row.get(0))
        .optional()?;
    let Some(group) = turn else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM message m WHERE {MAY_GO_OUT} AND m.message_group = ?3
         ORDER BY m.sequence LIMIT ?4"
    );
    let mut statement = context.database.prepare_cached(&sql)?;
    let rows = statement.query_map(params![queue.id, context.now, group, most], Message::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Hides a message from the rest of this receive, even where its visibility timeout will be 0.
fn set_aside(context: &Context<'_>, sequence: i64) -> Result<(), SqsError> {
    context.database.execute(
        "UPDATE message SET visible_at = ?2, receipt = '' WHERE sequence = ?1",
        params![sequence, i64::MAX],
    )?;
    Ok(())
}

fn hand_out(
    context: &Context<'_>,
    queue: &Queue,
    message: &mut Message,
    visible_at: i64,
) -> Result<String, SqsError> {
    message.receive_count += 1;
    let first_received_at = *message.first_received_at.get_or_insert(context.now);
    let receipt = Receipt::issue(queue.id, message.sequence);
    context.database.execute(
        "UPDATE message SET visible_at = ?2, receipt = ?3, receive_count = ?4, first_received_at = ?5
         WHERE sequence = ?1",
        params![message.sequence, visible_at, receipt, message.receive_count, first_received_at],
    )?;
    Ok(receipt)
}
