//! `cron(…)`: minute, hour, day of month, month, day of week, year, as `EventBridge` Scheduler reads them.
//!
//! Either the day of month or the day of week is `?`. `L`, `W` and `#` stand where `EventBridge` has them.

use crate::parse::{CLOSEST, NotASchedule, quoted, wrong};

/// A field, and what may stand in it.
struct Field {
    name: &'static str,
    from: u32,
    to: u32,
    /// Names of its values, the first for `from`.
    names: &'static [&'static str],
}

const MINUTE: Field = field("minute", 0, 59);
const HOUR: Field = field("hour", 0, 23);
const DAY: Field = field("day of month", 1, 31);
const MONTH: Field = Field {
    names: &[
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ],
    ..field("month", 1, 12)
};
const WEEKDAY: Field = Field {
    names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    ..field("day of week", 1, 7)
};
const YEAR: Field = field("year", 1970, 2199);

const fn field(name: &'static str, from: u32, to: u32) -> Field {
    Field {
        name,
        from,
        to,
        names: &[],
    }
}

/// Checks what stands between the brackets.
pub(crate) fn check(fields: &str) -> Result<(), NotASchedule> {
    let given: Vec<&str> = fields.split_ascii_whitespace().collect();
    let [minute, hour, day, month, weekday, year] = given[..] else {
        return wrong(format!(
            "cron({}) has {} fields and needs six: minute, hour, day of month, month, day of week, year.",
            fields.chars().take(60).collect::<String>(),
            given.len()
        ));
    };
    let minutes = MINUTE.values(minute)?;
    let hours = HOUR.values(hour)?;
    if (day == "?") == (weekday == "?") {
        return wrong(
            "One of day of month and day of week has to be ?, and the other not: cron(0 6 * * ? *) is every \
             day at six.",
        );
    }
    if day != "?" {
        day_of_month(day)?;
    }
    MONTH.values(month)?;
    if weekday != "?" {
        day_of_week(weekday)?;
    }
    YEAR.values(year)?;
    far_enough_apart(fields, &minutes, &hours)
}

/// `L` is the last day, `15W` the weekday nearest to the 15th.
fn day_of_month(text: &str) -> Result<(), NotASchedule> {
    let nearest = text.strip_suffix('W').filter(|rest| !rest.is_empty());
    match nearest {
        Some(day) => DAY.value(day, text).map(|_| ()),
        None if text == "L" => Ok(()),
        None => DAY.values(text).map(|_| ()),
    }
}

/// `6L` is the last Friday of the month, `6#2` the second one.
fn day_of_week(text: &str) -> Result<(), NotASchedule> {
    if text == "L" {
        return Ok(());
    }
    if let Some(day) = text.strip_suffix('L') {
        return WEEKDAY.value(day, text).map(|_| ());
    }
    let Some((day, which)) = text.split_once('#') else {
        return WEEKDAY.values(text).map(|_| ());
    };
    WEEKDAY.value(day, text)?;
    if ["1", "2", "3", "4", "5"].contains(&which) {
        return Ok(());
    }
    WEEKDAY.cannot(text)
}

/// Every time of day at which it polls is some minutes after the one before, midnight included.
fn far_enough_apart(fields: &str, minutes: &[u32], hours: &[u32]) -> Result<(), NotASchedule> {
    let times = hours
        .iter()
        .flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute));
    let mut times: Vec<u32> = times.collect();
    times.sort_unstable();
    times.dedup();
    let next_day = times.first().map(|first| first + 24 * 60);
    times.extend(next_day);
    let closest = times.windows(2).map(|pair| pair[1] - pair[0]).min();
    match closest {
        Some(apart) if apart < CLOSEST => wrong(format!(
            "cron({fields}) is too often: polls are at least {CLOSEST} minutes apart."
        )),
        _ => Ok(()),
    }
}

impl Field {
    /// Every value that a field without day letters means.
    fn values(&self, text: &str) -> Result<Vec<u32>, NotASchedule> {
        let mut values = Vec::new();
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(self.step(step, text)?)),
                None => (part, None),
            };
            let (from, to) = match (range, range.split_once('-')) {
                ("*", _) => (self.from, self.to),
                (_, Some((from, to))) if step.is_none() => {
                    (self.value(from, text)?, self.value(to, text)?)
                }
                // From there on, to the end.
                _ if step.is_some() => (self.value(range, text)?, self.to),
                _ => {
                    let one = self.value(range, text)?;
                    (one, one)
                }
            };
            if from > to {
                return self.cannot(text);
            }
            values.extend((from..=to).step_by(step.unwrap_or(1)));
        }
        Ok(values)
    }

    fn value(&self, text: &str, whole: &str) -> Result<u32, NotASchedule> {
        let mut names = self.names.iter();
        let named = names.position(|name| name.eq_ignore_ascii_case(text));
        let named = named.and_then(|at| u32::try_from(at).ok());
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        let value = named.map(|at| self.from + at).or(number);
        match value.filter(|value| (self.from..=self.to).contains(value)) {
            Some(value) => Ok(value),
            None => self.cannot(whole),
        }
    }

    fn step(&self, text: &str, whole: &str) -> Result<usize, NotASchedule> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let step = text.parse().ok().filter(|&step| digits && step > 0);
        match step.filter(|&step: &usize| u32::try_from(step).is_ok_and(|step| step <= self.to)) {
            Some(step) => Ok(step),
            None => self.cannot(whole),
        }
    }

    fn cannot<T>(&self, text: &str) -> Result<T, NotASchedule> {
        wrong(format!(
            "{} cannot be the {} of a cron expression: that goes from {} to {}, as in {}.",
            quoted(text),
            self.name,
            self.shown(self.from),
            self.shown(self.to),
            self.example()
        ))
    }

    fn shown(&self, value: u32) -> String {
        let name = usize::try_from(value - self.from)
            .ok()
            .and_then(|at| self.names.get(at));
        name.map_or_else(|| value.to_string(), |name| (*name).to_owned())
    }

    fn example(&self) -> String {
        let second = self.shown(self.from + 1);
        let first = self.shown(self.from);
        format!("{first}, {first}-{second}, {first},{second} or *")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_eventbridge_documents_is_taken() {
        for fields in [
            "0 10 * * ? *",
            "15 12 * * ? *",
            "0 18 ? * MON-FRI *",
            "0 8 1 * ? *",
            "0/15 * * * ? *",
            "0/10 * ? * MON-FRI *",
            "0/5 8-17 ? * mon-fri *",
            "*/5 * * * ? 2026-2030",
            "15 10 ? * 6L 2026",
            "0 9 ? * 2#1 *",
            "0 9 L JAN,JUL ? *",
            "0 9 15W * ? *",
            "0 9 ? * L *",
            "0,30 8-18 * * ? *",
        ] {
            assert_eq!(check(fields), Ok(()), "{fields}");
        }
    }

    #[test]
    fn what_is_no_cron_expression_is_told_in_one_sentence() {
        let cases = [
            "0 6 * * ?",
            "0 6 * * * *",
            "0 6 ? * ? *",
            "60 6 * * ? *",
            "0 24 * * ? *",
            "0 6 32 * ? *",
            "0 6 * FOO ? *",
            "0 6 ? * FRI-MON *",
            "0 6 ? * 2#6 *",
            "0 6 ? * #1 *",
            "0 6 W * ? *",
            "0 6 * * ? 1969",
            "0/0 6 * * ? *",
            "/5 6 * * ? *",
            ", 6 * * ? *",
            "+5 6 * * ? *",
            "* * * * ? *",
            "0/4 9 * * ? *",
            "58,2 * * * ? *",
            "0 8-18/2 * * ? *",
            "",
        ];
        let told = cases.map(|fields| match check(fields) {
            Ok(()) => format!("{fields}: taken"),
            Err(wrong) => wrong.to_string(),
        });
        insta::assert_snapshot!(told.join("\n"), @r##"
        cron(0 6 * * ?) has 5 fields and needs six: minute, hour, day of month, month, day of week, year.
        One of day of month and day of week has to be ?, and the other not: cron(0 6 * * ? *) is every day at six.
        One of day of month and day of week has to be ?, and the other not: cron(0 6 * * ? *) is every day at six.
        "60" cannot be the minute of a cron expression: that goes from 0 to 59, as in 0, 0-1, 0,1 or *.
        "24" cannot be the hour of a cron expression: that goes from 0 to 23, as in 0, 0-1, 0,1 or *.
        "32" cannot be the day of month of a cron expression: that goes from 1 to 31, as in 1, 1-2, 1,2 or *.
        "FOO" cannot be the month of a cron expression: that goes from JAN to DEC, as in JAN, JAN-FEB, JAN,FEB or *.
        "FRI-MON" cannot be the day of week of a cron expression: that goes from SUN to SAT, as in SUN, SUN-MON, SUN,MON or *.
        "2#6" cannot be the day of week of a cron expression: that goes from SUN to SAT, as in SUN, SUN-MON, SUN,MON or *.
        "#1" cannot be the day of week of a cron expression: that goes from SUN to SAT, as in SUN, SUN-MON, SUN,MON or *.
        "W" cannot be the day of month of a cron expression: that goes from 1 to 31, as in 1, 1-2, 1,2 or *.
        "1969" cannot be the year of a cron expression: that goes from 1970 to 2199, as in 1970, 1970-1971, 1970,1971 or *.
        "0/0" cannot be the minute of a cron expression: that goes from 0 to 59, as in 0, 0-1, 0,1 or *.
        "/5" cannot be the minute of a cron expression: that goes from 0 to 59, as in 0, 0-1, 0,1 or *.
        "," cannot be the minute of a cron expression: that goes from 0 to 59, as in 0, 0-1, 0,1 or *.
        "+5" cannot be the minute of a cron expression: that goes from 0 to 59, as in 0, 0-1, 0,1 or *.
        cron(* * * * ? *) is too often: polls are at least 5 minutes apart.
        cron(0/4 9 * * ? *) is too often: polls are at least 5 minutes apart.
        cron(58,2 * * * ? *) is too often: polls are at least 5 minutes apart.
        "8-18/2" cannot be the hour of a cron expression: that goes from 0 to 23, as in 0, 0-1, 0,1 or *.
        cron() has 0 fields and needs six: minute, hour, day of month, month, day of week, year.
        "##);
    }
}
