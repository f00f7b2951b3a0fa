//! SQS: standard and FIFO queues in SQLite.
//!
//! Each operation is one transaction, so a crash between two statements leaves no half-moved
//! message. A queue is found by the last segment of its URL alone, so URLs stay valid when the port
//! changes.

mod attributes;
mod batch;
mod digest;
mod error;
mod messages;
mod queues;
mod receipt;
mod receive;
mod redrive;
mod release;
mod send;
mod store;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clock::{SharedClock, later, until};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::{Notify, watch};

use crate::Error;
use crate::place::{self, Place};
use crate::server::Answer;
use error::SqsError;

/// All queues.
#[derive(Debug)]
pub(crate) struct Sqs {
    database: Mutex<Connection>,
    clock: SharedClock,
    endpoint: String,
    /// Wakes long polls after every change.
    changed: Notify,
    stopped: watch::Receiver<bool>,
}

/// What an operation works with.
struct Context<'a> {
    database: &'a Transaction<'a>,
    /// Milliseconds since the Unix epoch, as SQS stamps messages.
    now: i64,
    endpoint: &'a str,
}

impl Sqs {
    pub(crate) fn open(
        place: &Place,
        clock: SharedClock,
        endpoint: String,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, Error> {
        let database = store::open(place).map_err(|error| Error::Store {
            store: "SQS",
            reason: error.to_string(),
        })?;
        let database = Mutex::new(database);
        Ok(Self {
            database,
            clock,
            endpoint,
            changed: Notify::new(),
            stopped,
        })
    }

    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        place::copy(&database, "SQS", path)
    }

    pub(crate) async fn answer(&self, operation: &str, body: &[u8]) -> Answer {
        let result = if operation == "ReceiveMessage" {
            self.receive(body).await
        } else {
            let result = self.run(operation, body);
            self.changed.notify_waiters();
            result
        };
        match result {
            Ok(response) => Answer::ok(&response),
            Err(error) => error.into_answer(),
        }
    }

    fn run(&self, operation: &str, body: &[u8]) -> Result<Value, SqsError> {
        match operation {
            "CreateQueue" => self.transact(body, queues::create),
            "GetQueueUrl" => self.transact(body, queues::url),
            "ListQueues" => self.transact(body, queues::list),
            "GetQueueAttributes" => self.transact(body, queues::attributes),
            "SetQueueAttributes" => self.transact(body, queues::set_attributes),
            "DeleteQueue" => self.transact(body, queues::delete),
            "PurgeQueue" => self.transact(body, queues::purge),
            "SendMessage" => self.transact(body, send::one),
            "SendMessageBatch" => self.transact(body, send::batch),
            "DeleteMessage" => self.transact(body, release::delete),
            "DeleteMessageBatch" => self.transact(body, release::delete_batch),
            "ChangeMessageVisibility" => self.transact(body, release::change_visibility),
            "ChangeMessageVisibilityBatch" => self.transact(body, release::change_visibility_batch),
            "ListDeadLetterSourceQueues" => self.transact(body, redrive::list_sources),
            "StartMessageMoveTask" => self.transact(body, redrive::start_move),
            "ListMessageMoveTasks" => self.transact(body, redrive::list_moves),
            _ => Err(SqsError::unsupported("no such operation in this emulator")),
        }
    }

    /// Waits on the clock that was passed in: under a test's clock an empty long poll takes no real
    /// time, and moves that clock to the next message or the end of the poll, whichever is first.
    async fn receive(&self, body: &[u8]) -> Result<Value, SqsError> {
        let mut stopped = self.stopped.clone();
        let mut deadline = None;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // Listening starts before the look, so a message sent in between is not missed.
            changed.as_mut().enable();

            let received = self.transact(body, receive::receive)?;
            if received.buried {
                self.changed.notify_waiters();
            }
            let now = self.clock.now();
            let wait = Duration::from_secs(received.wait_seconds);
            let deadline = *deadline.get_or_insert_with(|| later(now, wait));
            if !received.messages.is_empty() || now >= deadline {
                return Ok(received.into_response());
            }
            let next = received
                .next_visible_at
                .and_then(|at| Timestamp::from_millisecond(at).ok());
            let wake = next.map_or(deadline, |next| next.min(deadline));
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => return Ok(received.into_response()),
                () = changed => {}
                () = self.clock.sleep(until(now, wake)) => {}
            }
        }
    }

    fn transact<Request: DeserializeOwned, Response>(
        &self,
        body: &[u8],
        operation: impl FnOnce(&Context<'_>, Request) -> Result<Response, SqsError>,
    ) -> Result<Response, SqsError> {
        let request = serde_json::from_slice(body)
            .map_err(|error| SqsError::invalid_parameter(&error.to_string()))?;
        let mut connection = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let database = connection.transaction()?;
        let now = self.clock.now().as_millisecond();
        let context = Context {
            database: &database,
            now,
            endpoint: &self.endpoint,
        };
        let response = operation(&context, request)?;
        database.commit()?;
        Ok(response)
    }
}
