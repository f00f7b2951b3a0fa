//! The six fields of a cron expression, and whether a minute is one of its times.

use jiff::Zoned;
use jiff::civil::Date;

/// Names of months and days, each followed by the next.
const MONTHS: &str = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
const DAYS: &str = "SUNMONTUEWEDTHUFRISAT";

/// A cron expression that was read.
pub(super) struct Cron {
    minutes: Set,
    hours: Set,
    months: Set,
    years: Set,
    day: Day,
}

/// The values that a field means.
type Set = Vec<i16>;

/// Which days; one of the two fields about days is `?`.
enum Day {
    OfMonth(Set),
    LastOfMonth,
    /// The weekday nearest to this day of the month.
    Nearest(i16),
    OfWeek(Set),
    /// The last such weekday of the month.
    LastSuch(i16),
    /// The weekday, and which one of the month.
    Which(i16, i16),
}

impl Cron {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let &[minute, hour, day, month, weekday, year] = fields.as_slice() else {
            return None;
        };
        let day = match (day, weekday) {
            ("?", "?") => return None,
            ("?", weekday) => Day::weekday(weekday)?,
            (day, "?") => Day::of_month(day)?,
            _ => return None,
        };
        Some(Self {
            minutes: set(minute, 0..=59, "")?,
            hours: set(hour, 0..=23, "")?,
            months: set(month, 1..=12, MONTHS)?,
            years: set(year, 1970..=2199, "")?,
            day,
        })
    }

    /// Whether this minute is one of its times.
    pub(super) fn is_at(&self, minute: &Zoned) -> bool {
        self.minutes.contains(&i16::from(minute.minute()))
            && self.hours.contains(&i16::from(minute.hour()))
            && self.months.contains(&i16::from(minute.month()))
            && self.years.contains(&minute.year())
            && self.day.is(minute.date())
    }
}

impl Day {
    fn of_month(text: &str) -> Option<Self> {
        match text.strip_suffix('W') {
            Some(day) => Some(Self::Nearest(one(day, &(1..=31), "")?)),
            None if text == "L" => Some(Self::LastOfMonth),
            None => Some(Self::OfMonth(set(text, 1..=31, "")?)),
        }
    }

    fn weekday(text: &str) -> Option<Self> {
        let day = |text: &str| one(text, &(1..=7), DAYS);
        if let Some((text, which)) = text.split_once('#') {
            return Some(Self::Which(day(text)?, one(which, &(1..=5), "")?));
        }
        match text.strip_suffix('L') {
            Some("") => Some(Self::OfWeek(vec![7])),
            Some(text) => Some(Self::LastSuch(day(text)?)),
            None => Some(Self::OfWeek(set(text, 1..=7, DAYS)?)),
        }
    }

    fn is(&self, date: Date) -> bool {
        let day = i16::from(date.day());
        let weekday = i16::from(date.weekday().to_sunday_one_offset());
        let length = i16::from(date.days_in_month());
        match self {
            Self::OfMonth(days) => days.contains(&day),
            Self::LastOfMonth => day == length,
            Self::Nearest(wanted) => nearest(date, *wanted) == Some(day),
            Self::OfWeek(days) => days.contains(&weekday),
            Self::LastSuch(wanted) => weekday == *wanted && day + 7 > length,
            Self::Which(wanted, which) => weekday == *wanted && (day - 1) / 7 + 1 == *which,
        }
    }
}

/// The weekday nearest to a day of the month that `date` lies in, without leaving it.
fn nearest(date: Date, wanted: i16) -> Option<i16> {
    let length = i16::from(date.days_in_month());
    let day = i8::try_from(wanted).ok()?;
    let there = Date::new(date.year(), date.month(), day).ok()?;
    Some(match there.weekday().to_sunday_one_offset() {
        7 if wanted == 1 => 3,
        7 => wanted - 1,
        1 if wanted == length => wanted - 2,
        1 => wanted + 1,
        _ => wanted,
    })
}

fn set(text: &str, range: std::ops::RangeInclusive<i16>, names: &str) -> Option<Set> {
    let mut values = Vec::new();
    for part in text.split(',') {
        if let Some((from, step)) = part.split_once('/') {
            let from = match from {
                "*" => *range.start(),
                from => one(from, &range, names)?,
            };
            let step = one(step, &(1..=*range.end()), "")?;
            values.extend((from..=*range.end()).step_by(usize::try_from(step).ok()?));
        } else if let Some((from, to)) = part.split_once('-') {
            let (from, to) = (one(from, &range, names)?, one(to, &range, names)?);
            if from > to {
                return None;
            }
            values.extend(from..=to);
        } else if part == "*" {
            values.extend(range.clone());
        } else {
            values.push(one(part, &range, names)?);
        }
    }
    Some(values)
}

fn one(text: &str, range: &std::ops::RangeInclusive<i16>, names: &str) -> Option<i16> {
    let upper = text.to_ascii_uppercase();
    let named = (upper.len() == 3)
        .then(|| names.find(&upper))
        .flatten()
        .filter(|at| at % 3 == 0);
    let value = match named {
        Some(at) => range.start() + i16::try_from(at / 3).ok()?,
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok()?,
        None => return None,
    };
    range.contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days_of_january(day: &str, weekday: &str) -> Vec<i8> {
        let cron = Cron::parse(&format!("0 9 {day} * {weekday} *")).unwrap();
        let days = (1..=31).map(|day| jiff::civil::date(2026, 1, day));
        let is = |date: &Date| {
            let nine = date.at(9, 0, 0, 0).in_tz("UTC").unwrap();
            cron.is_at(&nine)
        };
        days.filter(is).map(Date::day).collect()
    }

    #[test]
    fn days_are_told_by_number_by_name_from_the_end_and_by_which_of_the_month() {
        assert_eq!(days_of_january("1,15", "?"), [1, 15]);
        assert_eq!(days_of_january("L", "?"), [31]);
        assert_eq!(days_of_january("3W", "?"), [2], "the 3rd is a Saturday");
        assert_eq!(days_of_january("?", "MON"), [5, 12, 19, 26]);
        assert_eq!(days_of_january("?", "6L"), [30], "the last Friday");
        assert_eq!(days_of_january("?", "2#2"), [12], "the second Monday");
        assert_eq!(days_of_january("?", "L"), [3, 10, 17, 24, 31]);
        assert_eq!(days_of_january("29/1", "?"), [29, 30, 31]);
    }
}
