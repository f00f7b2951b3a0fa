//! One schedule for each connection, in the stack's own group.

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_scheduler::operation::get_schedule::GetScheduleOutput;
use aws_sdk_scheduler::types::{
    FlexibleTimeWindow, FlexibleTimeWindowMode, RetryPolicy, ScheduleState, Target,
};
use ledger::{ConnectionId, PollSchedule};
use serde_json::json;

/// A poll that could not be begun for so long is not made up for: the next one sees the same. Seconds.
const OLDEST: i32 = 300;

/// Where schedules stand, and what they start.
#[derive(Debug, Clone)]
pub struct Place {
    /// Name of the group.
    pub group: String,
    /// ARN of the poller.
    pub poller: String,
    /// ARN of the role that may start it.
    pub role: String,
}

/// What became of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It stood already as it should.
    Stands,
    /// There was none.
    Made,
    /// It was another.
    Changed,
}

/// A schedule that could not be made, changed or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// `EventBridge` does not take it.
    #[error("EventBridge Scheduler refuses it: {0}")]
    Refused(String),
    /// `EventBridge` did not answer, or the role does not let it.
    #[error("EventBridge Scheduler did not do it: {0}")]
    Unavailable(String),
}

/// The schedules of all connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Schedules {
    client: Client,
    place: Place,
}

impl Schedules {
    /// Schedules in this place; nothing is read.
    #[must_use]
    pub fn new(client: Client, place: Place) -> Self {
        Self { client, place }
    }

    /// Makes a connection's schedule be this one, whatever it was before.
    ///
    /// # Errors
    /// [`Error`]; what is stored in the ledger is repaired with the next upkeep.
    pub async fn put(&self, id: &ConnectionId, wanted: &PollSchedule) -> Result<Put, Error> {
        match self.standing(id).await? {
            Some(stands) if self.is(&stands, id, wanted) => Ok(Put::Stands),
            Some(_) => self.update(id, wanted).await,
            None => self.create(id, wanted).await,
        }
    }

    /// Removes a connection's schedule; there may be none.
    ///
    /// # Errors
    /// [`Error`]; asking again is safe.
    pub async fn remove(&self, id: &ConnectionId) -> Result<(), Error> {
        let removed = self
            .client
            .delete_schedule()
            .group_name(&self.place.group)
            .name(id.as_str())
            .send()
            .await;
        match removed {
            Err(error) if !is(&error, "ResourceNotFoundException") => Err(failed(&error)),
            _ => Ok(()),
        }
    }

    async fn standing(&self, id: &ConnectionId) -> Result<Option<GetScheduleOutput>, Error> {
        let got = self
            .client
            .get_schedule()
            .group_name(&self.place.group)
            .name(id.as_str())
            .send()
            .await;
        match got {
            Ok(stands) => Ok(Some(stands)),
            Err(error) if is(&error, "ResourceNotFoundException") => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    async fn create(&self, id: &ConnectionId, wanted: &PollSchedule) -> Result<Put, Error> {
        let created = self
            .client
            .create_schedule()
            .group_name(&self.place.group)
            .name(id.as_str())
            .description(description(id))
            .schedule_expression(&wanted.expression)
            .schedule_expression_timezone(&wanted.time_zone)
            .state(ScheduleState::Enabled)
            .flexible_time_window(at_its_time()?)
            .target(self.target(id)?)
            .send()
            .await;
        match created {
            Ok(_) => Ok(Put::Made),
            // Somebody else made it since it was looked for; it may be another one.
            Err(error) if is(&error, "ConflictException") => self.update(id, wanted).await,
            Err(error) => Err(failed(&error)),
        }
    }

    /// An update replaces the whole: what is left out would go back to its default.
    async fn update(&self, id: &ConnectionId, wanted: &PollSchedule) -> Result<Put, Error> {
        let updated = self
            .client
            .update_schedule()
            .group_name(&self.place.group)
            .name(id.as_str())
            .description(description(id))
            .schedule_expression(&wanted.expression)
            .schedule_expression_timezone(&wanted.time_zone)
            .state(ScheduleState::Enabled)
            .flexible_time_window(at_its_time()?)
            .target(self.target(id)?)
            .send()
            .await;
        updated
            .map(|_| Put::Changed)
            .map_err(|error| failed(&error))
    }

    fn is(&self, stands: &GetScheduleOutput, id: &ConnectionId, wanted: &PollSchedule) -> bool {
        let target = self.target(id).ok();
        let window = at_its_time().ok();
        stands.schedule_expression() == Some(&wanted.expression)
            && stands.schedule_expression_timezone() == Some(&wanted.time_zone)
            && stands.state() == Some(&ScheduleState::Enabled)
            && stands.flexible_time_window() == window.as_ref()
            && stands.target() == target.as_ref()
    }

    fn target(&self, id: &ConnectionId) -> Result<Target, Error> {
        let retry = RetryPolicy::builder()
            .maximum_retry_attempts(0)
            .maximum_event_age_in_seconds(OLDEST);
        Target::builder()
            .arn(&self.place.poller)
            .role_arn(&self.place.role)
            .input(json!({ "task": "poll", "connection": id.as_str() }).to_string())
            .retry_policy(retry.build())
            .build()
            .map_err(unbuilt)
    }
}

fn at_its_time() -> Result<FlexibleTimeWindow, Error> {
    FlexibleTimeWindow::builder()
        .mode(FlexibleTimeWindowMode::Off)
        .build()
        .map_err(unbuilt)
}

fn description(id: &ConnectionId) -> String {
    format!("Polls connection {id}; its owner sets when.")
}

fn unbuilt(error: BuildError) -> Error {
    Error::Refused(error.to_string())
}

fn is<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>, code: &str) -> bool {
    error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
        == Some(code)
}

fn failed<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Error {
    let Some(service) = error.as_service_error() else {
        return Error::Unavailable("there was no answer".to_owned());
    };
    let code = service.code().unwrap_or("error");
    let words = format!("{code}: {}", service.message().unwrap_or("no message"));
    match code {
        "ValidationException" => Error::Refused(words),
        _ => Error::Unavailable(words),
    }
}
