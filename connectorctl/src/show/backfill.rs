//! Backfills for people.

use crate::answer::Backfill;
use crate::arguments::{BackfillCommand, Name};
use crate::table::list;

/// How far it is; after it was begun, what it would write and how to follow it too.
pub(crate) fn answer(command: &BackfillCommand, backfill: Backfill) -> String {
    let text = told(backfill);
    match command {
        BackfillCommand::Start { connection, .. } => format!("{text}\n{}", hint(connection)),
        _ => text,
    }
}

fn hint(connection: &Name) -> String {
    format!(
        "It goes on each minute. How far it is: connectorctl backfill show {connection}\n\
         What a document would become in Cin7, before it does: connectorctl preview --help\n"
    )
}

fn told(backfill: Backfill) -> String {
    let found = if backfill.listed {
        backfill.found.to_string()
    } else {
        format!("{} so far", backfill.found)
    };
    list([
        ("backfill", backfill.state),
        ("days", format!("{} to {}", backfill.from, backfill.to)),
        ("kinds", backfill.kinds.join(" ")),
        (
            "begun",
            format!("{} by {}", backfill.started_at, backfill.by),
        ),
        ("ended", backfill.ended_at.unwrap_or_default()),
        ("found", found),
        ("queued", backfill.queued.to_string()),
        ("done", backfill.done.to_string()),
        ("waiting", backfill.waiting.to_string()),
        ("for a person", backfill.attention.to_string()),
        ("left", backfill.left.to_string()),
        ("will end", backfill.ends_at.unwrap_or_default()),
        ("", backfill.sentence),
    ])
}
