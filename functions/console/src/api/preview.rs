//! What would become of documents.

use jiff::civil::Date;
use ledger::{DocumentId, Kind};
use serde::Deserialize;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

/// One document by kind and id, or a span of days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    document: Option<String>,
    kind: Option<Kind>,
    id: Option<DocumentId>,
    from: Option<Date>,
    to: Option<Date>,
    cursor: Option<String>,
}

impl Console {
    pub(super) async fn preview(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Wanted {
            document,
            kind,
            id,
            from,
            to,
            cursor,
        } = asked.body()?;
        let connection = asked.connection()?;
        let document = document.as_deref();
        let shown = match (kind, id, from, to, &cursor) {
            (Some(kind), Some(id), None, None, None) => {
                let one = self.desk.preview_one(&connection, document, (kind, id));
                one.await?
            }
            (None, None, Some(from), Some(to), _) => {
                let cursor = cursor.as_deref();
                let days = (from, to);
                let range = self.desk.preview_range(&connection, document, days, cursor);
                range.await?
            }
            _ => {
                return Err(Refusal::bad(
                    "A preview needs either `kind` and `id`, or `from` and `to`, and with those it may have a `cursor`.",
                ));
            }
        };
        reply::ok(&shown)
    }
}
