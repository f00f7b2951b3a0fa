//! Where the services keep what they hold.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, MAIN_DB, params};

use crate::{Error, Options};

/// Where one service's store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Gone when it is closed.
    Memory,
    /// The same, with all that was in this file to begin with.
    CopyOf(PathBuf),
    /// This file.
    File(PathBuf),
}

impl Place {
    /// The place of one of the services.
    pub(crate) fn of(options: &Options, store: &str) -> Self {
        match (&options.data, &options.copy_of) {
            (Some(folder), _) => Self::File(file(folder, store)),
            (None, Some(folder)) => Self::CopyOf(file(folder, store)),
            (None, None) => Self::Memory,
        }
    }

    pub(crate) fn connect(&self) -> rusqlite::Result<Connection> {
        match self {
            Self::File(path) => Connection::open(path),
            Self::Memory => Connection::open_in_memory(),
            Self::CopyOf(path) => {
                let mut connection = Connection::open_in_memory()?;
                let unwatched = None::<fn(rusqlite::backup::Progress)>;
                connection.restore(MAIN_DB, path, unwatched)?;
                Ok(connection)
            }
        }
    }
}

/// The file of a store in a folder.
pub(crate) fn file(folder: &Path, store: &str) -> PathBuf {
    folder.join(format!("{store}.sqlite"))
}

/// Writes a copy of all that a store holds; there must be no file of that name yet.
pub(crate) fn copy(connection: &Connection, store: &'static str, path: &Path) -> Result<(), Error> {
    let copied = connection.execute("VACUUM INTO ?1", params![path.to_string_lossy()]);
    copied.map(|_| ()).map_err(|error| Error::Store {
        store,
        reason: error.to_string(),
    })
}
