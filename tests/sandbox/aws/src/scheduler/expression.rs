//! `rate(…)` and `cron(…)` in a time zone: whether the service takes it, and when it starts something.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use super::cron::Cron;
use super::error::SchedulerError;

/// The longest time that is looked back through for the newest time of a cron expression.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 40);

/// When a schedule starts its target.
pub(super) struct Expression {
    when: When,
    zone: TimeZone,
}

enum When {
    Every(SignedDuration),
    At(Box<Cron>),
}

impl Expression {
    pub(super) fn parse(text: &str, zone: Option<&str>) -> Result<Self, SchedulerError> {
        let invalid = || SchedulerError::Validation(format!("Invalid Schedule Expression {text}."));
        let inside = text
            .strip_suffix(')')
            .and_then(|text| text.split_once('('))
            .ok_or_else(invalid)?;
        let when = match inside {
            ("rate", every) => When::Every(rate(every).ok_or_else(invalid)?),
            ("cron", fields) => When::At(Box::new(Cron::parse(fields).ok_or_else(invalid)?)),
            _ => return Err(invalid()),
        };
        let name = zone.unwrap_or("UTC");
        let zone = TimeZoneDatabase::bundled().get(name).ok();
        let zone = zone.filter(|zone| zone.iana_name() == Some(name));
        let zone = zone.ok_or_else(|| {
            SchedulerError::Validation(format!(
                "Invalid ScheduleExpressionTimezone: {name} is not in the IANA database."
            ))
        })?;
        Ok(Self { when, zone })
    }

    /// The newest time after `asked` and not after `now`. A rate counts from `begun`, and starts with it.
    pub(super) fn newest(
        &self,
        begun: Timestamp,
        asked: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        match &self.when {
            When::Every(span) => {
                let passed = now.duration_since(begun).as_millis();
                let times = passed.checked_div_euclid(span.as_millis())?;
                let since = i64::try_from(times * span.as_millis()).ok()?;
                let at = begun.checked_add(SignedDuration::from_millis(since)).ok()?;
                (passed >= 0 && at > asked).then_some(at)
            }
            When::At(cron) => {
                let whole = now.as_second() - now.as_second().rem_euclid(60);
                let mut at = Timestamp::from_second(whole).ok()?;
                let first = asked.max(now.checked_sub(FARTHEST).unwrap_or(asked));
                while at > first {
                    if cron.is_at(&at.to_zoned(self.zone.clone())) {
                        return Some(at);
                    }
                    at = at.checked_sub(SignedDuration::from_secs(60)).ok()?;
                }
                None
            }
        }
    }
}

/// `1 minute`, `5 minutes`, `1 hour`, `2 hours`, `1 day`, `7 days`.
fn rate(text: &str) -> Option<SignedDuration> {
    let (number, unit) = text.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let hours = |hours: u32| SignedDuration::from_hours(i64::from(hours));
    match (number, unit) {
        (0, _) => None,
        (1, "minute") | (2.., "minutes") => Some(SignedDuration::from_mins(i64::from(number))),
        (1, "hour") | (2.., "hours") => Some(hours(number)),
        (1, "day") | (2.., "days") => Some(hours(number.checked_mul(24)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_rate_starts_at_once_and_then_so_often() {
        let rate = Expression::parse("rate(15 minutes)", None).unwrap();
        let begun = at("2026-01-05T09:00:00Z");
        let before = at("2026-01-05T08:59:59Z");
        assert_eq!(rate.newest(begun, before, begun), Some(begun));
        assert_eq!(rate.newest(begun, begun, at("2026-01-05T09:14:59Z")), None);
        let third = at("2026-01-05T09:30:00Z");
        assert_eq!(
            rate.newest(begun, begun, at("2026-01-05T09:44:00Z")),
            Some(third)
        );
    }

    #[test]
    fn a_time_of_day_is_one_in_its_zone_in_summer_and_in_winter() {
        let six = Expression::parse("cron(0 6 * * ? *)", Some("America/Toronto")).unwrap();
        for (day, hour) in [("2026-01-05", "11"), ("2026-07-06", "10")] {
            let due = at(&format!("{day}T{hour}:00:00Z"));
            let now = at(&format!("{day}T20:00:30Z"));
            assert_eq!(
                six.newest(due, at(&format!("{day}T00:00:00Z")), now),
                Some(due)
            );
            assert_eq!(six.newest(due, due, now), None, "said once");
        }
    }

    #[test]
    fn what_the_service_would_refuse_is_refused() {
        for (text, zone) in [
            ("rate(0 minutes)", None),
            ("rate(1 minutes)", None),
            ("rate(5 minute)", None),
            ("every(5 minutes)", None),
            ("cron(0 6 * * * *)", None),
            ("cron(0 6 ? * ? *)", None),
            ("cron(0 6 * * ?)", None),
            ("cron(61 6 * * ? *)", None),
            ("rate(5 minutes)", Some("america/toronto")),
            ("rate(5 minutes)", Some("Nowhere/Land")),
        ] {
            assert!(Expression::parse(text, zone).is_err(), "{text} {zone:?}");
        }
    }
}
