//! The tables.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::error::SchedulerError;
use crate::place::Place;

/// Instants are milliseconds since the Unix epoch. `begun` is what a rate counts from, `asked` until when
/// it was asked what is due.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS schedule_group (
        name TEXT PRIMARY KEY
    );
    CREATE TABLE IF NOT EXISTS schedule (
        id INTEGER PRIMARY KEY,
        group_name TEXT NOT NULL REFERENCES schedule_group (name),
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        token TEXT,
        created_at INTEGER NOT NULL,
        begun INTEGER NOT NULL,
        asked INTEGER NOT NULL,
        UNIQUE (group_name, name)
    );
";

/// A schedule as it is kept.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) name: String,
    /// The request that made it or changed it last.
    pub(super) body: String,
    pub(super) token: Option<String>,
    pub(super) created_at: i64,
    pub(super) begun: Timestamp,
    pub(super) asked: Timestamp,
}

pub(super) fn open(place: &Place) -> rusqlite::Result<Connection> {
    let connection = place.connect()?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
    )?;
    connection.execute_batch(SCHEMA)?;
    connection.execute(
        "INSERT OR IGNORE INTO schedule_group (name) VALUES ('default')",
        [],
    )?;
    Ok(connection)
}

const COLUMNS: &str = "SELECT id, name, body, token, created_at, begun, asked FROM schedule";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let instant = |millis| Timestamp::from_millisecond(millis).unwrap_or_default();
    Ok(Row {
        id: row.get(0)?,
        name: row.get(1)?,
        body: row.get(2)?,
        token: row.get(3)?,
        created_at: row.get(4)?,
        begun: instant(row.get(5)?),
        asked: instant(row.get(6)?),
    })
}

pub(super) fn all(database: &Transaction<'_>) -> Result<Vec<Row>, SchedulerError> {
    let mut statement = database.prepare(&format!("{COLUMNS} ORDER BY id"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn find(
    database: &Transaction<'_>,
    group: &str,
    name: &str,
) -> Result<Option<Row>, SchedulerError> {
    let one = format!("{COLUMNS} WHERE group_name = ?1 AND name = ?2");
    let mut statement = database.prepare(&one)?;
    Ok(statement.query_row([group, name], read).optional()?)
}

pub(super) fn has_group(database: &Transaction<'_>, name: &str) -> Result<bool, SchedulerError> {
    let mut statement = database.prepare("SELECT 1 FROM schedule_group WHERE name = ?1")?;
    Ok(statement.exists([name])?)
}

/// Remembers that everything up to `now` was said to be due.
pub(super) fn asked(
    database: &Transaction<'_>,
    id: i64,
    now: Timestamp,
) -> Result<(), SchedulerError> {
    let set = "UPDATE schedule SET asked = ?2 WHERE id = ?1";
    database.execute(set, params![id, now.as_millisecond()])?;
    Ok(())
}
