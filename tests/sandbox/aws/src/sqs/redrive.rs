//! Dead-letter queues: in by too many receives, out by a move task.

use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::error::SqsError;
use super::queues::Queue;

/// Moves a message to the dead-letter queue. It keeps its id, group, counts and sent time; only a
/// FIFO queue starts its retention anew.
pub(super) fn bury(
    context: &Context<'_>,
    source: &Queue,
    target: &Queue,
    sequence: i64,
) -> Result<(), SqsError> {
    context.database.execute(
        "INSERT INTO message (queue, id, body, attributes, trace_header, message_group,
                              deduplication_id, sent_at, retained_from, visible_at, receive_count,
                              first_received_at, dead_letter_source)
         SELECT ?2, id, body, attributes, trace_header, message_group, deduplication_id, sent_at,
                iif(?5, ?3, retained_from), ?3, receive_count, first_received_at, ?4
         FROM message WHERE sequence = ?1",
        params![
            sequence,
            target.id,
            context.now,
            source.arn(),
            target.is_fifo()
        ],
    )?;
    context
        .database
        .execute("DELETE FROM message WHERE sequence = ?1", [sequence])?;
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListSources {
    queue_url: String,
}

pub(super) fn list_sources(context: &Context<'_>, request: ListSources) -> Result<Value, SqsError> {
    let target = Queue::by_url(context, &request.queue_url)?;
    let sources = sources_of(context, &target)?;
    let urls: Vec<_> = sources.iter().map(|queue| queue.url(context)).collect();
    // Lower-case, unlike every other field of this API.
    Ok(json!({ "queueUrls": urls }))
}

fn sources_of(context: &Context<'_>, target: &Queue) -> Result<Vec<Queue>, SqsError> {
    let arn = target.arn();
    let mut queues = Queue::all(context)?;
    queues.retain(|queue| {
        queue
            .redrive_policy()
            .is_some_and(|policy| policy.target == arn)
    });
    Ok(queues)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct StartMove {
    source_arn: String,
    destination_arn: Option<String>,
}

/// Moves every visible message back to where it came from, or to the destination that is named. A
/// moved message is a new one: new id, no receives. AWS does this in the background; here all of it
/// has happened when the call returns.
pub(super) fn start_move(context: &Context<'_>, request: StartMove) -> Result<Value, SqsError> {
    let missing =
        || SqsError::no_such_resource("The resource that you specified for the ARN doesn't exist.");
    let dead_letters = Queue::by_arn(context, &request.source_arn)?.ok_or_else(missing)?;
    let sources = sources_of(context, &dead_letters)?;
    if sources.is_empty() {
        return Err(SqsError::invalid_parameter(
            "Source queue must be configured as a Dead Letter Queue.",
        ));
    }
    let destination = match &request.destination_arn {
        Some(arn) => Some(Queue::by_arn(context, arn)?.ok_or_else(missing)?),
        None => None,
    };
    let mut moved = 0;
    for (sequence, came_from) in movable(context, &dead_letters)? {
        let origin = came_from.and_then(|arn| sources.iter().find(|queue| queue.arn() == arn));
        // A message that was sent to the dead-letter queue by hand has nowhere to return to.
        let Some(target) = destination.as_ref().or(origin) else {
            continue;
        };
        resend(context, target, sequence)?;
        moved += 1;
    }
    let handle = uuid::Uuid::new_v4().to_string();
    context.database.execute(
        "INSERT INTO move_task (handle, source, destination, moved, started_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            handle,
            request.source_arn,
            request.destination_arn,
            moved,
            context.now
        ],
    )?;
    Ok(json!({ "TaskHandle": handle }))
}

/// Sequence and source ARN of every visible message, oldest first.
fn movable(context: &Context<'_>, queue: &Queue) -> Result<Vec<(i64, Option<String>)>, SqsError> {
    let mut statement = context.database.prepare_cached(
        "SELECT sequence, dead_letter_source FROM message
         WHERE queue = ?1 AND visible_at <= ?2 ORDER BY sequence",
    )?;
    let rows = statement.query_map(params![queue.id, context.now], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn resend(context: &Context<'_>, target: &Queue, sequence: i64) -> Result<(), SqsError> {
    context.database.execute(
        "INSERT INTO message (queue, id, body, attributes, trace_header, message_group,
                              deduplication_id, sent_at, retained_from, visible_at)
         SELECT ?2, ?3, body, attributes, trace_header, message_group, deduplication_id, ?4, ?4, ?4
         FROM message WHERE sequence = ?1",
        params![
            sequence,
            target.id,
            uuid::Uuid::new_v4().to_string(),
            context.now
        ],
    )?;
    context
        .database
        .execute("DELETE FROM message WHERE sequence = ?1", [sequence])?;
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListMoves {
    source_arn: String,
    max_results: Option<i64>,
}

/// The newest tasks first; one unless more are asked for.
pub(super) fn list_moves(context: &Context<'_>, request: ListMoves) -> Result<Value, SqsError> {
    let mut statement = context.database.prepare_cached(
        "SELECT destination, moved, started_at FROM move_task
         WHERE source = ?1 ORDER BY started_at DESC, rowid DESC LIMIT ?2",
    )?;
    let most = request.max_results.unwrap_or(1).clamp(1, 10);
    let rows = statement.query_map(params![request.source_arn, most], |row| {
        let (destination, moved, started): (Option<String>, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut task = json!({
            "Status": "COMPLETED",
            "SourceArn": request.source_arn,
            "ApproximateNumberOfMessagesMoved": moved,
            "ApproximateNumberOfMessagesToMove": moved,
            "StartedTimestamp": started,
        });
        if let Some(destination) = destination {
            task["DestinationArn"] = json!(destination);
        }
        Ok(task)
    })?;
    Ok(json!({ "Results": rows.collect::<Result<Vec<_>, _>>()? }))
}
