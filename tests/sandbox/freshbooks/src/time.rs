//! FreshBooks' three ways to write an instant (docs/freshbooks-api.md, dates and time zones).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// US-Eastern, in which most accounting timestamps are written, without saying so.
#[derive(Debug, Clone)]
pub(crate) struct Eastern(TimeZone);

impl Eastern {
    /// The rules in force since 2007, written out so that no zone database is needed.
    ///
    /// # Errors
    ///
    /// None in practice: the text below is constant.
    pub(crate) fn new() -> Result<Self, jiff::Error> {
        TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").map(Self)
    }

    /// `YYYY-MM-DD HH:MM:SS`, naive.
    pub(crate) fn stamp(&self, instant: Timestamp) -> String {
        instant
            .to_zoned(self.0.clone())
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string()
    }

    /// The same with microseconds: `version`.
    pub(crate) fn version(&self, instant: Timestamp) -> String {
        instant
            .to_zoned(self.0.clone())
            .strftime("%Y-%m-%d %H:%M:%S%.6f")
            .to_string()
    }

    /// The calendar day, which filters on `updated` compare.
    pub(crate) fn day(&self, instant: Timestamp) -> Date {
        instant.to_zoned(self.0.clone()).date()
    }
}

/// `YYYY-MM-DD HH:MM:SS` in UTC: `signup_date` of clients.
pub(crate) fn utc_stamp(instant: Timestamp) -> String {
    instant
        .to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_written_in_eastern_time_with_its_summer() {
        let eastern = Eastern::new().unwrap();
        let winter: Timestamp = "2026-01-05T16:02:10.123456Z".parse().unwrap();
        let summer: Timestamp = "2026-07-01T03:30:00Z".parse().unwrap();
        assert_eq!(eastern.stamp(winter), "2026-01-05 11:02:10");
        assert_eq!(eastern.version(winter), "2026-01-05 11:02:10.123456");
        assert_eq!(eastern.stamp(summer), "2026-06-30 23:30:00");
        assert_eq!(eastern.day(summer).to_string(), "2026-06-30");
    }

    #[test]
    fn a_version_on_the_full_second_keeps_its_microseconds() {
        let eastern = Eastern::new().unwrap();
        assert_eq!(
            eastern.version(Timestamp::UNIX_EPOCH),
            "1969-12-31 19:00:00.000000"
        );
    }
}
