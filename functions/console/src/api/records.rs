//! Finding records, and looking at them again.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use ledger::{ConnectionId, DocumentId, Kind, Record, RecordKey, Selection, State};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::json;

use super::view::RecordView;
use crate::Console;
use crate::asked::Asked;
use crate::body::filled;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

/// Records in a list unless the request says how many.
const USUAL: usize = 100;
/// And at most: an answer of the gateway holds 6 MB.
const MOST: usize = 1000;
/// Records read at the same time for one list.
const AT_ONCE: usize = 16;

/// What to look at again. A field that nobody knows is refused: without it the rest would select more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    kind: Option<Kind>,
    id: Option<DocumentId>,
    state: Option<State>,
    #[serde(default, deserialize_with = "instant")]
    since: Option<Timestamp>,
    why: String,
}

/// A state as it stands in an address.
struct StateName(State);

impl std::str::FromStr for StateName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let known = State::ALL.into_iter().find(|state| state.name() == text);
        known.map(Self).ok_or(())
    }
}

fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let read = text.map(|text| text.parse()).transpose();
    read.map_err(|_| D::Error::custom("no instant"))
}

impl Console {
    /// Records of a connection, a removed one's too: its trail outlives it.
    pub(super) async fn list_records(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let connection = asked.connection()?;
        let state: Option<StateName> =
            asked.query("state", "a state such as attention or waiting")?;
        let selection = Selection {
            state: state.map(|state| state.0),
            kind: asked.query("kind", "a kind such as invoice or payment")?,
            since: asked.query("since", "an instant such as 2026-01-05T09:00:00Z")?,
        };
        let limit = asked
            .query("limit", "a number from 1 to 1000")?
            .unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Refusal::bad(
                "`limit` in the address has to be a number from 1 to 1000.",
            ));
        }
        self.known(&connection).await?;
        // One more than asked for tells whether there are more.
        let mut keys = self
            .ledger
            .select(&connection, &selection, limit + 1)
            .await?;
        let more = keys.len() > limit;
        keys.truncate(limit);
        let read = stream::iter(keys).map(|key| {
            let ledger = self.ledger.clone();
            async move { ledger.record(&key).await }
        });
        let found: Vec<Option<Record>> = read.buffered(AT_ONCE).try_collect().await?;
        // The index lags: what counts is what the record says now.
        let fits = |record: &Record| selection.state.is_none_or(|state| state == record.state);
        let records = found
            .into_iter()
            .flatten()
            .filter(fits)
            .map(RecordView::from);
        let records: Vec<_> = records.collect();
        reply::ok(&json!({ "records": records, "more": more }))
    }

    pub(super) async fn show_record(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&RecordView::from(self.record(&asked.key()?).await?))
    }

    /// Makes records due; the poller's next sweep queues them.
    pub(super) async fn replay(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Wanted {
            kind,
            id,
            state,
            since,
            why,
        } = asked.body()?;
        filled("why", &why)?;
        let connection = asked.connection()?;
        self.desk.show(&connection).await?;
        let what = match (kind, id) {
            (None, Some(_)) => {
                return Err(Refusal::bad(
                    "A replay of one record needs its `kind` too, such as invoice or payment.",
                ));
            }
            (Some(kind), Some(id)) => {
                if state.is_some() || since.is_some() {
                    return Err(Refusal::bad(
                        "A replay of one record takes no `state` and no `since`.",
                    ));
                }
                let key = RecordKey {
                    connection,
                    kind,
                    id,
                };
                self.record(&key).await?;
                sync::Replay::One(key)
            }
            (kind, None) => sync::Replay::Set(connection, Selection { kind, state, since }),
        };
        let replayed = sync::replay(&self.ledger, &what, &asked.by, why.trim()).await?;
        let sentence = match replayed {
            0 => "No record was made due: none is meant, or a worker has it at this moment."
                .to_owned(),
            1 => "1 record is due now; the next sweep queues it, within a minute.".to_owned(),
            many => {
                format!("{many} records are due now; the next sweeps queue them, within minutes.")
            }
        };
        reply::ok(&json!({ "replayed": replayed, "sentence": sentence }))
    }

    /// A record that there is.
    pub(super) async fn record(&self, key: &RecordKey) -> Result<Record, Refusal> {
        let record = self.ledger.record(key).await?;
        record.ok_or_else(|| {
            Refusal::missing(format!(
                "Connection {} has no record of {} {}.",
                key.connection, key.kind, key.id
            ))
        })
    }

    async fn known(&self, connection: &ConnectionId) -> Result<(), Refusal> {
        if self.ledger.connection(connection).await?.is_none() {
            return Err(Refusal::missing(format!(
                "There is no connection {connection}."
            )));
        }
        Ok(())
    }
}
