//! DynamoDB: the `dynoxide` engine, called in process.
//!
//! Its own HTTP server is not used, because a fault has to act between the request and the engine,
//! and a second hop would only cost time.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use clock::SharedClock;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::place::Place;
use crate::server::Answer;

/// One database; clones share it.
#[derive(Clone)]
pub(crate) struct DynamoDb {
    database: Database,
    waits_for_disk: bool,
}

impl fmt::Debug for DynamoDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynamoDb")
    }
}

impl DynamoDb {
    pub(crate) fn open(place: &Place, clock: &SharedClock) -> Result<Self, Error> {
        let in_memory = || Database::memory_with_clock(Arc::new(EngineClock(Arc::clone(clock))));
        let opened = match place {
            Place::File(path) => Database::new(&path.to_string_lossy()),
            Place::Memory => in_memory(),
            Place::CopyOf(path) => in_memory().and_then(|database| {
                database.restore_from(&path.to_string_lossy())?;
                Ok(database)
            }),
        };
        Ok(Self {
            database: opened.map_err(|error| failed(&error))?,
            waits_for_disk: matches!(place, Place::File(_)),
        })
    }

    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let copied = self.database.vacuum_into(&path.to_string_lossy());
        copied.map_err(|error| failed(&error))
    }

    pub(crate) fn sweep_ttl(&self) -> Result<usize, Error> {
        self.database.sweep_ttl().map_err(|error| failed(&error))
    }

    /// With a file, runs on a thread that may block: the engine holds one lock per call. In memory a
    /// call takes less time than the way to another thread and back.
    pub(crate) async fn answer(&self, operation: &str, body: Bytes) -> Answer {
        if !self.waits_for_disk {
            return answered(run(&self.database, operation, &body));
        }
        let database = self.database.clone();
        let operation = operation.to_owned();
        let run = tokio::task::spawn_blocking(move || run(&database, &operation, &body));
        run.await.map_or_else(
            |error| {
                Answer::error(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "com.amazonaws.dynamodb.v20120810#InternalServerError",
                    &error.to_string(),
                )
            },
            answered,
        )
    }
}

fn answered(ran: Option<Result<String, DynoxideError>>) -> Answer {
    match ran {
        Some(Ok(body)) => Answer::ok_text(body),
        Some(Err(error)) => {
            let status = StatusCode::from_u16(error.status_code());
            Answer::failed(status.unwrap_or(StatusCode::BAD_REQUEST), error.to_json())
        }
        None => Answer::unknown_operation(),
    }
}

fn failed(error: &DynoxideError) -> Error {
    Error::Store {
        store: "DynamoDB",
        reason: error.to_string(),
    }
}

/// The engine's answer; `None` where the operation is not one of those used here.
fn run(db: &Database, operation: &str, body: &[u8]) -> Option<Result<String, DynoxideError>> {
    Some(match operation {
        "CreateTable" => call(body, |request| db.create_table(request)),
        "DeleteTable" => call(body, |request| db.delete_table(request)),
        "DescribeTable" => call(body, |request| db.describe_table(request)),
        "UpdateTable" => call(body, |request| db.update_table(request)),
        "ListTables" => call(body, |request| db.list_tables(request)),
        "PutItem" => call(body, |request| db.put_item(request)),
        "GetItem" => call(body, |request| db.get_item(request)),
        "UpdateItem" => call(body, |request| db.update_item(request)),
        "DeleteItem" => call(body, |request| db.delete_item(request)),
        "Query" => call(body, |request| db.query(request)),
        "Scan" => call(body, |request| db.scan(request)),
        "BatchGetItem" => call(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => call(body, |request| db.batch_write_item(request)),
        "TransactWriteItems" => call(body, |request| db.transact_write_items(request)),
        "TransactGetItems" => call(body, |request| db.transact_get_items(request)),
        "UpdateTimeToLive" => call(body, |request| db.update_time_to_live(request)),
        "DescribeTimeToLive" => call(body, |request| db.describe_time_to_live(request)),
        "TagResource" => call(body, |request| db.tag_resource(request)),
        "UntagResource" => call(body, |request| db.untag_resource(request)),
        "ListTagsOfResource" => call(body, |request| db.list_tags_of_resource(request)),
        _ => return None,
    })
}

fn call<Request: DeserializeOwned, Response: Serialize>(
    body: &[u8],
    act: impl FnOnce(Request) -> Result<Response, DynoxideError>,
) -> Result<String, DynoxideError> {
    let request = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let response = act(request)?;
    serde_json::to_string(&response)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// The engine refuses some values while it reads them, marking those that DynamoDB calls invalid
/// rather than unreadable.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let text = error.to_string();
    let marked = text.split_once(':').filter(|(marker, _)| {
        matches!(
            *marker,
            "VALIDATION" | "VALIDATION_AS_READ" | "VALIDATION_REQUEST"
        )
    });
    if let Some((_, message)) = marked {
        return DynoxideError::ValidationException(message.to_owned());
    }
    if ["missing field", "unknown variant", "AttributeValue"]
        .iter()
        .any(|it| text.contains(it))
    {
        return DynoxideError::ValidationException(text);
    }
    DynoxideError::SerializationException(text)
}

struct EngineClock(SharedClock);

impl EngineClock {
    fn since_epoch(&self) -> Duration {
        Duration::try_from(self.0.now().as_duration()).unwrap_or_default()
    }
}

impl dynoxide::storage_backend::Clock for EngineClock {
    fn now_unix_secs(&self) -> u64 {
        self.since_epoch().as_secs()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.since_epoch().as_secs_f64()
    }
}
