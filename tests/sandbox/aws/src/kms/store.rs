//! The tables.

use rusqlite::Connection;

use crate::place::Place;

/// A rotation adds a version of the material and keeps the older ones: what they sealed still opens.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS key (
        id TEXT PRIMARY KEY,
        description TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        enabled INTEGER NOT NULL DEFAULT 1,
        rotates INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE IF NOT EXISTS material (
        key TEXT NOT NULL REFERENCES key (id),
        version INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (key, version)
    );
    CREATE TABLE IF NOT EXISTS alias (
        name TEXT PRIMARY KEY,
        key TEXT NOT NULL REFERENCES key (id),
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
    );
";

pub(super) fn open(place: &Place) -> rusqlite::Result<Connection> {
    let connection = place.connect()?;
    // A lost key would orphan every ciphertext: keys are rare, so each waits for the disk.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    connection.execute_batch(SCHEMA)?;
    Ok(connection)
}
