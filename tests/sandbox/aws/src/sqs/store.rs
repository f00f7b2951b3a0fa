//! The tables, and what happens to them on start.

use rusqlite::Connection;

use crate::place::Place;

/// Instants are milliseconds since the Unix epoch.
///
/// A message is *in flight* while it has a receipt and `visible_at` is ahead; it is *delayed* while
/// it has none and `visible_at` is ahead. `sequence` is the order of arrival, never reused.
/// `recent` is the memory of de-duplication: it outlives the message, because a message that was
/// handled and deleted within five minutes is still a duplicate when it is sent again.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS queue (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        attributes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        modified_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS message (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        queue INTEGER NOT NULL REFERENCES queue (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        attributes TEXT NOT NULL,
        trace_header TEXT,
        message_group TEXT,
        deduplication_id TEXT,
        sent_at INTEGER NOT NULL,
        retained_from INTEGER NOT NULL,
        visible_at INTEGER NOT NULL,
        receipt TEXT,
        receive_count INTEGER NOT NULL DEFAULT 0,
        first_received_at INTEGER,
        dead_letter_source TEXT
    );
    CREATE INDEX IF NOT EXISTS message_by_group ON message (queue, message_group, visible_at);
    CREATE INDEX IF NOT EXISTS message_by_age ON message (queue, retained_from);
    CREATE INDEX IF NOT EXISTS message_by_visibility ON message (queue, visible_at);
    CREATE TABLE IF NOT EXISTS recent (
        queue INTEGER NOT NULL REFERENCES queue (id) ON DELETE CASCADE,
        scope TEXT NOT NULL,
        deduplication_id TEXT NOT NULL,
        message TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        sent_at INTEGER NOT NULL,
        PRIMARY KEY (queue, scope, deduplication_id)
    );
    CREATE INDEX IF NOT EXISTS recent_by_age ON recent (queue, sent_at);
    CREATE TABLE IF NOT EXISTS move_task (
        handle TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        destination TEXT,
        moved INTEGER NOT NULL,
        started_at INTEGER NOT NULL
    );
";

/// Opens the store. Messages that were in flight become visible at once: whoever held them died
/// with the process that held this store.
pub(super) fn open(place: &Place) -> rusqlite::Result<Connection> {
    let connection = place.connect()?;
    // With a write-ahead log, what was committed survives the death of the process without waiting
    // for the disk at every message.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
    )?;
    connection.execute_batch(SCHEMA)?;
    connection.execute(
        "UPDATE message SET visible_at = 0, receipt = NULL WHERE receipt IS NOT NULL",
        [],
    )?;
    Ok(connection)
}
