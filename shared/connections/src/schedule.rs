//! When a connection is polled: its owner says, and it has a schedule of its own for that.

use ledger::{Connection, ConnectionId, PollSchedule};
use schedules::Put;
use serde::Serialize;

use crate::{Desk, Error, Overview};

/// When a connection is polled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScheduleView {
    /// Such as `rate(15 minutes)` or `cron(0 6 * * ? *)`.
    pub expression: String,
    /// IANA name of the time zone that it is meant in.
    pub timezone: String,
}

impl Desk {
    /// Sets when a connection is polled. The ledger first: what it holds is what the upkeep repairs to.
    ///
    /// # Errors
    /// There is no such connection, the schedule is none, or it is stored and `EventBridge` did not take
    /// it yet.
    pub async fn replace_schedule(
        &self,
        id: &ConnectionId,
        expression: &str,
        timezone: &str,
    ) -> Result<Overview, Error> {
        let wanted = schedules::parse(expression, timezone)
            .map_err(|wrong| Error::Invalid(format!("{wrong} Nothing was changed.")))?;
        let before = self.connection(id).await?.schedule;
        let set = |schedule: Option<PollSchedule>| {
            self.change(id, move |connection| {
                connection.schedule.clone_from(&schedule);
                Ok(())
            })
        };
        set(Some(wanted.clone())).await?;
        match self.schedules.put(id, &wanted).await {
            Ok(_) => self.show(id).await,
            // Such as a year that has passed: the upkeep would try it for ever.
            Err(schedules::Error::Refused(words)) => {
                set(before).await?;
                Err(Error::Invalid(format!(
                    "EventBridge does not take this schedule, and nothing was changed: {words}."
                )))
            }
            Err(error) => Err(Error::Unavailable(format!(
                "The schedule is stored and not in force yet; the upkeep brings it about within a quarter of \
                 an hour, or ask again. {error}."
            ))),
        }
    }

    /// Makes a connection's schedule be the one that is stored.
    pub(crate) async fn put_schedule(&self, connection: &Connection) -> Result<Put, Error> {
        let put = self
            .schedules
            .put(&connection.id, &stored(connection))
            .await;
        Ok(put?)
    }
}

pub(crate) fn view(connection: &Connection) -> ScheduleView {
    let PollSchedule {
        expression,
        time_zone,
    } = stored(connection);
    ScheduleView {
        expression,
        timezone: time_zone,
    }
}

fn stored(connection: &Connection) -> PollSchedule {
    let set = connection.schedule.clone();
    set.unwrap_or_else(schedules::usual)
}
