//! When a record changed, as far as its change marker says.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The instant that the change marker of a record gives; `None` where it is none. For telling how long
/// ago that was, and for nothing that has to be exact: an hour of each year comes twice in Eastern time
/// (docs/freshbooks-api.md, dates and time zones).
#[must_use]
pub fn changed_at(noun: &str, version: &str) -> Option<Timestamp> {
    if let Ok(instant) = version.parse() {
        return Some(instant);
    }
    let naive: DateTime = version.parse().ok()?;
    let zoned = naive.to_zoned(zone(noun)?).ok()?;
    Some(zoned.timestamp())
}

/// Most stamps are US-Eastern without saying so, those of bills are UTC.
fn zone(noun: &str) -> Option<TimeZone> {
    match noun {
        "bill" | "bill_vendor" => Some(TimeZone::UTC),
        // The rules in force since 2007, written out so that no zone database is needed.
        _ => TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_in_the_zone_of_their_kind() {
        for (noun, version, instant) in [
            (
                "invoice",
                "2026-01-05 11:02:10.123456",
                "2026-01-05T16:02:10.123456Z",
            ),
            ("payment", "2026-06-30 23:30:00", "2026-07-01T03:30:00Z"),
            ("bill", "2026-06-30 23:30:00", "2026-06-30T23:30:00Z"),
            (
                "expense",
                "2026-01-05T11:02:10.123456Z",
                "2026-01-05T11:02:10.123456Z",
            ),
        ] {
            let expected: Timestamp = instant.parse().unwrap();
            assert_eq!(changed_at(noun, version), Some(expected), "{noun}");
        }
        assert_eq!(changed_at("bill_payment", ""), None);
        assert_eq!(changed_at("invoice", "yesterday"), None);
    }
}
