//! When everything since the start date is compared: once a night.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::{Connection, Cursor};

/// Hours of the night, in FreshBooks' zone: people write little then.
const NIGHT: std::ops::Range<i8> = 1..5;
/// Not twice in a night.
const APART: Duration = Duration::from_hours(20);
/// A connection that is polled by day only is not put off for ever.
const AT_THE_LATEST: Duration = Duration::from_hours(23);

/// Whether a pass over everything is due. A connection that is new has its first at night: whoever
/// connects by day has until then to look at the settings.
pub(super) fn is_full_due(cursor: &Cursor, connection: &Connection, now: Timestamp) -> bool {
    let is_past = |at: Timestamp, span| later(at, span) <= now;
    if let Some(last) = cursor.full_at {
        return is_past(last, AT_THE_LATEST) || (is_past(last, APART) && is_night(now));
    }
    let begun = connection.created_at;
    is_night(now) || begun.is_none_or(|begun| is_past(begun, AT_THE_LATEST))
}

fn is_night(now: Timestamp) -> bool {
    let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap_or(TimeZone::UTC);
    NIGHT.contains(&now.to_zoned(zone).hour())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(last: Option<&str>, begun: &str, now: &str) -> bool {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut cursor = Cursor::new("invoice".parse().unwrap());
        cursor.full_at = last.map(at);
        let mut connection = Connection::new("acme".parse().unwrap());
        connection.created_at = Some(at(begun));
        is_full_due(&cursor, &connection, at(now))
    }

    #[test]
    fn everything_is_compared_once_a_night_and_no_later_than_a_day() {
        let begun = "2026-01-05T15:00:00Z";
        for (last, now, expected) in [
            (None, "2026-01-05T15:15:00Z", false),
            (None, "2026-01-06T05:59:00Z", false),
            (None, "2026-01-06T06:00:00Z", true),
            (Some("2026-01-06T06:00:00Z"), "2026-01-06T06:15:00Z", false),
            (Some("2026-01-06T06:00:00Z"), "2026-01-07T05:45:00Z", true),
            (Some("2026-01-06T09:50:00Z"), "2026-01-07T06:00:00Z", true),
            // By day only.
            (None, "2026-01-06T15:00:00Z", true),
            (Some("2026-01-06T15:00:00Z"), "2026-01-07T15:00:00Z", true),
            (Some("2026-01-06T15:00:00Z"), "2026-01-06T20:00:00Z", false),
            // Summer time.
            (Some("2026-07-01T05:00:00Z"), "2026-07-02T05:00:00Z", true),
        ] {
            assert_eq!(due(last, begun, now), expected, "{last:?} {now}");
        }
    }
}
