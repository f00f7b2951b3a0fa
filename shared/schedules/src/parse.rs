//! What a person wrote as a schedule, held to the rules of `EventBridge` Scheduler before it is asked.

use jiff::tz::TimeZoneDatabase;
use ledger::PollSchedule;

use crate::{cron, rate};

/// Polls of one connection are at least this far apart, in minutes.
pub(crate) const CLOSEST: u32 = 5;

/// What is wrong with a schedule, in one sentence for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotASchedule(pub(crate) String);

pub(crate) fn wrong<T>(sentence: impl Into<String>) -> Result<T, NotASchedule> {
    Err(NotASchedule(sentence.into()))
}

/// The schedule of a connection whose owner set none.
#[must_use]
pub fn usual() -> PollSchedule {
    PollSchedule {
        expression: "rate(15 minutes)".to_owned(),
        time_zone: "UTC".to_owned(),
    }
}

/// Reads an expression such as `rate(15 minutes)` or `cron(0 6 * * ? *)`, and the IANA name of the time
/// zone that it is meant in.
///
/// # Errors
/// What is wrong with the first part that is.
pub fn parse(expression: &str, time_zone: &str) -> Result<PollSchedule, NotASchedule> {
    let (expression, time_zone) = (expression.trim(), time_zone.trim());
    let inside = |name: &str| {
        let rest = expression.strip_prefix(name)?;
        rest.strip_prefix('(')?.strip_suffix(')')
    };
    if let Some(every) = inside("rate") {
        rate::check(every)?;
    } else if let Some(fields) = inside("cron") {
        cron::check(fields)?;
    } else {
        return wrong(format!(
            "{} is no schedule: write rate(15 minutes), or cron(0 6 * * ? *) for a time of day.",
            quoted(expression)
        ));
    }
    zone(time_zone)?;
    Ok(PollSchedule {
        expression: expression.to_owned(),
        time_zone: time_zone.to_owned(),
    })
}

fn zone(name: &str) -> Result<(), NotASchedule> {
    let found = TimeZoneDatabase::bundled().get(name).ok();
    let known = found.as_ref().and_then(|zone| zone.iana_name());
    match known {
        // EventBridge minds upper and lower case, the database does not.
        Some(known) if known == name => Ok(()),
        Some(known) => wrong(format!(
            "The time zone {} is written {known}.",
            quoted(name)
        )),
        None => wrong(format!(
            "{} is no time zone: write its IANA name, such as America/Toronto or UTC.",
            quoted(name)
        )),
    }
}

/// What somebody wrote, short enough for a sentence.
pub(crate) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(expression: &str, time_zone: &str) -> String {
        match parse(expression, time_zone) {
            Ok(_) => format!("{expression} {time_zone}: taken"),
            Err(wrong) => wrong.to_string(),
        }
    }

    #[test]
    fn a_schedule_is_kept_as_it_was_written() {
        let read = parse(" cron(0/15 8-17 ? * MON-FRI *) ", "America/Toronto").unwrap();
        assert_eq!(read.expression, "cron(0/15 8-17 ? * MON-FRI *)");
        assert_eq!(read.time_zone, "America/Toronto");
        assert_eq!(parse(&usual().expression, &usual().time_zone), Ok(usual()));
    }

    #[test]
    fn what_is_no_schedule_or_no_zone_is_told_in_one_sentence() {
        let cases = [
            ("every morning", "UTC"),
            ("rate(15 minutes", "UTC"),
            ("at(2026-01-05T09:00:00)", "UTC"),
            ("rate(15 minutes)", "america/toronto"),
            ("rate(15 minutes)", "Toronto"),
            ("rate(15 minutes)", ""),
        ];
        let told = cases.map(|(expression, zone)| sentence(expression, zone));
        insta::assert_snapshot!(told.join("\n"), @r#"
        "every morning" is no schedule: write rate(15 minutes), or cron(0 6 * * ? *) for a time of day.
        "rate(15 minutes" is no schedule: write rate(15 minutes), or cron(0 6 * * ? *) for a time of day.
        "at(2026-01-05T09:00:00)" is no schedule: write rate(15 minutes), or cron(0 6 * * ? *) for a time of day.
        The time zone "america/toronto" is written America/Toronto.
        "Toronto" is no time zone: write its IANA name, such as America/Toronto or UTC.
        "" is no time zone: write its IANA name, such as America/Toronto or UTC.
        "#);
    }
}
