//! Asking for another look over HTTP, as a person's console would.

use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use ledger::{ConnectionId, DocumentId, Kind, RecordKey, State};
use poller::Task;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::json;

use crate::Plant;

/// What is asked for. A name that nobody knows is refused: without it the rest would select more.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with connection, by and why"
)]
struct Asked {
    connection: ConnectionId,
    kind: Option<Kind>,
    id: Option<DocumentId>,
    state: Option<State>,
    #[serde(default, deserialize_with = "instant")]
    since: Option<Timestamp>,
    by: String,
    why: String,
}

/// Makes records due and queues them: `{"replayed": n}`. One plain sentence where that cannot be.
pub(super) async fn answer(plant: &Plant, headers: &HeaderMap, body: &Bytes) -> Response {
    let asked = match read(headers, body) {
        Ok(asked) => asked,
        Err(sentence) => return (StatusCode::BAD_REQUEST, sentence).into_response(),
    };
    match is_there(plant, &asked).await {
        Ok(None) => {}
        Ok(Some(sentence)) => return (StatusCode::NOT_FOUND, sentence).into_response(),
        Err(error) => return super::http::unreadable(&error),
    }
    match plant.poll(asked.into()).await {
        Ok(done) => Json(json!({ "replayed": done.replayed })).into_response(),
        Err(error) => super::http::unreadable(&error),
    }
}

/// A browser that was lured here cannot send JSON without asking first, and is not answered.
fn read(headers: &HeaderMap, body: &[u8]) -> Result<Asked, String> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err("A replay is asked for in JSON: send it as application/json.".to_owned());
    }
    let asked: Asked = serde_json::from_slice(body)
        .map_err(|error| format!("The replay cannot be read: {error}."))?;
    for (name, text) in [("by", &asked.by), ("why", &asked.why)] {
        if text.trim().is_empty() {
            return Err(format!(
                "The replay does not say {name}: the trail keeps who asked and why."
            ));
        }
    }
    if asked.id.is_some() && asked.kind.is_none() {
        return Err("A replay of one record needs its kind: invoice or payment.".to_owned());
    }
    Ok(asked)
}

fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        D::Error::custom(format!(
            "`since` is no instant such as 2026-01-05T09:00:00Z: {text}"
        ))
    })
}

/// The sentence about what is not there, so that a slip of the pen is not taken for nothing to do.
async fn is_there(plant: &Plant, asked: &Asked) -> Result<Option<String>, ledger::Error> {
    let ledger = plant.ledger();
    if ledger.connection(&asked.connection).await?.is_none() {
        return Ok(Some(format!(
            "There is no connection {}.",
            asked.connection
        )));
    }
    let (Some(kind), Some(id)) = (&asked.kind, &asked.id) else {
        return Ok(None);
    };
    let key = RecordKey {
        connection: asked.connection.clone(),
        kind: kind.clone(),
        id: id.clone(),
    };
    let known = ledger.record(&key).await?;
    Ok(known
        .is_none()
        .then(|| format!("There is no record of {kind} {id}.")))
}

impl From<Asked> for Task {
    fn from(asked: Asked) -> Self {
        Self::Replay {
            connection: asked.connection,
            kind: asked.kind,
            id: asked.id,
            state: asked.state,
            since: asked.since,
            by: asked.by,
            why: asked.why,
        }
    }
}
