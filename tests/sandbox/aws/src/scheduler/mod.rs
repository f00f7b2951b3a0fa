//! EventBridge Scheduler: schedules in groups, and which of them are to be started.
//!
//! Written from AWS' API reference, and strict: a name, expression, time zone or target that the service
//! would refuse is refused here. It starts nothing by itself; [`Scheduler::due`] says what it would
//! start by now, and whoever holds the functions starts it.

mod cron;
mod error;
mod expression;
mod requests;
mod route;
mod store;

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use clock::SharedClock;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde_json::Value;

use crate::Error;
use crate::place::{self, Place};
use crate::server::Answer;
use error::SchedulerError;
use expression::Expression;
pub(crate) use route::Asked;

/// A schedule whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Name of the schedule.
    pub name: String,
    /// ARN of what it starts.
    pub target: String,
    /// The event that it is started with.
    pub input: String,
    /// When it was to start, at the latest: of several times that passed since the last look it is the
    /// newest.
    pub at: Timestamp,
}

/// All schedules.
pub(crate) struct Scheduler {
    database: Mutex<Connection>,
    clock: SharedClock,
}

impl fmt::Debug for Scheduler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scheduler")
    }
}

/// What an operation works with.
struct Context<'a> {
    database: &'a Transaction<'a>,
    now: Timestamp,
}

impl Scheduler {
    pub(crate) fn open(place: &Place, clock: SharedClock) -> Result<Self, Error> {
        let database = store::open(place).map_err(store_error)?;
        Ok(Self {
            database: Mutex::new(database),
            clock,
        })
    }

    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        place::copy(&database, "Scheduler", path)
    }

    pub(crate) fn answer(&self, asked: &Asked, body: &[u8]) -> Answer {
        let answered = self.transact(|context| match asked.operation {
            "CreateScheduleGroup" => requests::create_group(context, asked, body),
            "CreateSchedule" => requests::create(context, asked, body),
            "UpdateSchedule" => requests::update(context, asked, body),
            "GetSchedule" => requests::get(context, asked),
            _ => requests::delete(context, asked),
        });
        match answered {
            Ok(response) => Answer::ok(&response),
            Err(error) => error.into_answer(),
        }
    }

    /// What would have been started since this was last asked, each schedule once.
    pub(crate) fn due(&self) -> Result<Vec<Due>, Error> {
        let found = self.transact(|context| {
            let mut due = Vec::new();
            for row in store::all(context.database)? {
                let body: Value = serde_json::from_str(&row.body).unwrap_or_default();
                let expression = Expression::parse(
                    body["ScheduleExpression"].as_str().unwrap_or_default(),
                    body["ScheduleExpressionTimezone"].as_str(),
                )?;
                let newest = expression.newest(row.begun, row.asked, context.now);
                let Some(at) = newest.filter(|_| body["State"] == "ENABLED") else {
                    continue;
                };
                store::asked(context.database, row.id, context.now)?;
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                due.push(Due {
                    name: row.name,
                    target: text(&body["Target"]["Arn"]),
                    input: text(&body["Target"]["Input"]),
                    at,
                });
            }
            Ok(due)
        });
        found.map_err(|error: SchedulerError| store_error(error))
    }

    fn transact<T>(
        &self,
        operation: impl FnOnce(&Context<'_>) -> Result<T, SchedulerError>,
    ) -> Result<T, SchedulerError> {
        let mut connection = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let database = connection.transaction()?;
        let now = self.clock.now();
        let context = Context {
            database: &database,
            now,
        };
        let response = operation(&context)?;
        database.commit()?;
        Ok(response)
    }
}

fn store_error(error: impl fmt::Display) -> Error {
    Error::Store {
        store: "Scheduler",
        reason: error.to_string(),
    }
}
