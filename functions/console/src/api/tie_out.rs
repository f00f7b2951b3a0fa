//! The tie-out of a month, as JSON or as CSV.

use std::str::FromStr;

use lambda_http::http::{StatusCode, header};
use serde::Deserialize;
use tieout::Month;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

/// Which month to tie out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    month: Month,
}

/// How to show it.
enum Format {
    Json,
    Csv,
}

impl FromStr for Format {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(()),
        }
    }
}

impl Console {
    /// As it was last made: no call to either side.
    pub(super) async fn show_tie_out(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let month: Option<Month> = asked.query("month", "a month such as 2026-01")?;
        let month = month.ok_or_else(|| {
            Refusal::bad("`month` has to stand in the address, such as month=2026-01.")
        })?;
        let format = asked.query("format", "json or csv")?;
        let tied = self.desk.last_tie_out(&asked.connection()?, month).await?;
        match format.unwrap_or(Format::Json) {
            Format::Json => reply::ok(&tied),
            Format::Csv => Ok(Reply {
                status: StatusCode::OK,
                headers: vec![(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned())],
                body: tieout::csv(&tied),
            }),
        }
    }

    pub(super) async fn make_tie_out(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Wanted { month } = asked.body()?;
        reply::ok(&self.desk.tie_out(&asked.connection()?, month).await?)
    }
}
