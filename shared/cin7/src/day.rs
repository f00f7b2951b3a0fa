//! Calendar days. Document dates carry a midnight without meaning; shifting it between time zones
//! could move an invoice into another day (docs/cin7-api.md, dates).

use jiff::civil::Date;
use serde::ser::{Serialize, Serializer};

/// A day as Cin7 wants it: `2026-03-01T00:00:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}T00:00:00", self.0))
    }
}

/// Reads the day of a document: year first, whatever time and zone stand behind it. The day is taken
/// as written (docs/cin7-api.md, dates).
pub(crate) fn read(text: &str) -> Option<Date> {
    let day = text.trim().split([' ', 'T']).next()?;
    let pieces: Vec<&str> = day.split(['-', '/']).collect();
    match *pieces.as_slice() {
        [year, month, day] => date(year, month, day),
        _ => None,
    }
}

/// Reads a day: ISO, with or without time and zone, else in a tenant's own format, which may leave
/// open which number is the month. Of two possible days it is the later one.
///
/// Only for lock dates, which `/me` states in the tenant's format: the later day locks more, and
/// posting into a locked month is worse than asking a person (docs/cin7-api.md, company account).
pub(crate) fn read_latest(text: &str) -> Option<Date> {
    let day = text.trim().split([' ', 'T']).next()?;
    let pieces: Vec<&str> = day.split(['-', '/', '.']).collect();
    let &[first, second, third] = pieces.as_slice() else {
        return None;
    };
    if first.len() == 4 {
        return date(first, second, third);
    }
    let as_day_first = date(third, second, first);
    let as_month_first = date(third, first, second);
    as_day_first.max(as_month_first)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_sent_as_midnight_without_a_zone() {
        let sent = serde_json::to_string(&Day(date(2026, 3, 1))).unwrap();
        assert_eq!(sent, r#""2026-03-01T00:00:00""#);
    }

    #[test]
    fn a_day_is_read_in_every_form_that_leaves_no_doubt() {
        for text in [
            "2026-06-30",
            "2026-06-30T00:00:00",
            "2026-06-30T23:59:59.1234567Z",
            "2026-06-30 00:00:00",
            "2026/06/30",
            "30/06/2026",
            "06/30/2026",
            "6/30/2026 12:00:00 AM",
            "30.06.2026",
        ] {
            assert_eq!(read_latest(text), Some(date(2026, 6, 30)), "{text}");
        }
        assert_eq!(read_latest("05/05/2026"), Some(date(2026, 5, 5)));
    }

    #[test]
    fn a_day_that_could_be_two_days_is_the_later_one() {
        for text in ["05/06/2026", "06/05/2026", "6.5.2026", "05-06-2026 00:00"] {
            assert_eq!(read_latest(text), Some(date(2026, 6, 5)), "{text}");
        }
    }

    #[test]
    fn the_day_of_a_document_is_taken_as_written() {
        for text in [
            "2026-03-10",
            " 2026-03-10T00:00:00 ",
            "2026-03-10T23:30:00-05:00",
            "2026-03-10T00:00:00.1234567Z",
            "2026/03/10 00:00",
        ] {
            assert_eq!(read(text), Some(date(2026, 3, 10)), "{text}");
        }
        for text in ["", "10/03/2026", "2026-13-10", "2026-03", "soon"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_day_is_none() {
        for text in ["", "soon", "31/31/2026", "30/06/26", "2026-06"] {
            assert_eq!(read_latest(text), None, "{text}");
        }
    }
}
