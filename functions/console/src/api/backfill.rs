//! Bringing older documents across.

use connections::NewBackfill;
use jiff::civil::Date;
use lambda_http::http::StatusCode;
use ledger::Kind;
use serde::Deserialize;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    from: String,
    to: Option<String>,
    #[serde(default)]
    kinds: Vec<Kind>,
}

impl Console {
    pub(super) async fn start_backfill(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Wanted { from, to, kinds } = asked.body()?;
        let new = NewBackfill {
            from: day("from", &from)?,
            to: to.map(|to| day("to", &to)).transpose()?,
            kinds,
            by: asked.by.clone(),
        };
        let connection = asked.connection()?;
        let begun = self.desk.start_backfill(&connection, new).await?;
        reply::json(StatusCode::CREATED, &begun)
    }

    pub(super) async fn show_backfill(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.desk.show_backfill(&asked.connection()?).await?)
    }

    pub(super) async fn pause_backfill(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let connection = asked.connection()?;
        reply::ok(&self.desk.pause_backfill(&connection, &asked.by).await?)
    }

    pub(super) async fn resume_backfill(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let connection = asked.connection()?;
        reply::ok(&self.desk.resume_backfill(&connection, &asked.by).await?)
    }

    pub(super) async fn stop_backfill(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let connection = asked.connection()?;
        reply::ok(&self.desk.stop_backfill(&connection, &asked.by).await?)
    }
}

/// A day that was written out in full: no time belongs to it.
fn day(name: &str, text: &str) -> Result<Date, Refusal> {
    let whole = text.len() == "2026-01-05".len();
    text.parse().ok().filter(|_| whole).ok_or_else(|| {
        Refusal::bad(format!(
            "The field `{name}` has to be a day such as 2026-01-05; nothing was changed."
        ))
    })
}
