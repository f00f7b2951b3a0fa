//! Settings: read, replaced, and compared with both sides.

use serde::Deserialize;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    document: String,
}

/// The document to check; without one, what is in force.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checked {
    document: Option<String>,
}

/// The document to compare what stands in Cin7 with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Compared {
    document: String,
    cursor: Option<String>,
}

impl Console {
    pub(super) async fn show_settings(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let version = asked.query("version", "a whole number")?;
        reply::ok(&self.desk.settings(&asked.connection()?, version).await?)
    }

    pub(super) async fn replace_settings(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Settings { document } = asked.body()?;
        let connection = asked.connection()?;
        reply::ok(&self.desk.replace_settings(&connection, &document).await?)
    }

    /// Problems are an answer and not an error, those of a document that cannot be read included.
    pub(super) async fn check_settings(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Checked { document } = asked.body()?;
        let connection = asked.connection()?;
        let checked = self.desk.check_settings(&connection, document.as_deref());
        reply::ok(&checked.await?)
    }

    pub(super) async fn compare_settings(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Compared { document, cursor } = asked.body()?;
        let connection = asked.connection()?;
        let cursor = cursor.as_deref();
        let compared = self.desk.compare_settings(&connection, &document, cursor);
        reply::ok(&compared.await?)
    }
}
