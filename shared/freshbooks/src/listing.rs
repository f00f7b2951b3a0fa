//! Which rows of a list are wanted, and what came of asking for them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::Visibility;
use crate::record::Record;

/// Whole days that a list of changes reaches back: FreshBooks counts in days of a zone that is not
/// documented (docs/freshbooks-api.md, paging, lists and filters).
const OVERLAP_DAYS: i64 = 2;
/// Of these days so many may lie between its reckoning of a row's day and ours.
const ZONE_DAYS: i64 = 1;

/// Which rows of a list are wanted, where FreshBooks can be asked for changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Every row that counts: active and archived.
    Standing,
    /// Of those that count, what changed since this instant, and up to three days more. A deleted
    /// row is not among them, and whether deleting counts as a change is unconfirmed: ask for
    /// [`Wanted::Deleted`] beside it.
    ChangedSince(Timestamp),
    /// Of those that count, what is dated on this day or later.
    DatedFrom(Date),
    /// Every row that was deleted.
    Deleted,
}

/// Which rows of a list are wanted, where FreshBooks knows no filter by change: the whole list comes
/// (docs/freshbooks-api.md, paging, lists and filters).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Every row that counts: active and archived.
    Standing,
    /// Every row that was deleted.
    Deleted,
}

impl From<Listed> for Wanted {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::Standing => Self::Standing,
            Listed::Deleted => Self::Deleted,
        }
    }
}

impl Wanted {
    /// The search terms, ready to stand in a query. Brackets go percent-encoded.
    pub(crate) fn search(self) -> String {
        match self {
            Self::Standing => String::new(),
            Self::ChangedSince(instant) => {
                format!("search%5Bupdated_min%5D={}&", first_day(instant))
            }
            Self::DatedFrom(day) => format!("search%5Bdate_min%5D={day}&"),
            Self::Deleted => "search%5Bvis_state%5D=1&".to_owned(),
        }
    }

    /// Whether a row is one that was asked for: a filter that FreshBooks does not know is ignored,
    /// and every row comes. A row that does not show the day in question is kept.
    pub(crate) fn keeps<R: Record>(self, row: &R) -> bool {
        self.fits(row.visibility(), row.changed_on(), row.dated_on())
    }

    fn fits(
        self,
        visibility: Visibility,
        changed_on: Option<Date>,
        dated_on: Option<Date>,
    ) -> bool {
        let is_deleted = visibility == Visibility::Deleted;
        match self {
            Self::Standing => !is_deleted,
            Self::Deleted => is_deleted,
            Self::ChangedSince(instant) => {
                let first = first_day(instant).saturating_sub(Span::new().days(ZONE_DAYS));
                !is_deleted && changed_on.is_none_or(|day| day >= first)
            }
            Self::DatedFrom(first) => !is_deleted && dated_on.is_none_or(|day| day >= first),
        }
    }
}

fn first_day(instant: Timestamp) -> Date {
    let day = instant.to_zoned(TimeZone::UTC).date();
    day.saturating_sub(Span::new().days(OVERLAP_DAYS))
}

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// Every row that was asked for, once, in FreshBooks' order.
    pub rows: Vec<T>,
    /// Records that break the API's contract: they stop nobody but themselves.
    pub unreadable: Vec<Unreadable>,
    /// How many rows came that were not asked for. Above 0, FreshBooks ignored the filter; then that
    /// no deleted row was found says nothing.
    pub unasked: usize,
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// FreshBooks' id, as text; `row-` and the id of a journal row that names no entry.
    pub id: String,
    /// Why, as a sentence that names the record.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn changes_are_asked_for_with_two_days_of_overlap() {
        let since = Wanted::ChangedSince("2026-03-01T00:30:00Z".parse().unwrap());
        assert_eq!(since.search(), "search%5Bupdated_min%5D=2026-02-27&");
    }

    #[test]
    fn a_row_that_changed_long_before_was_not_asked_for() {
        let since = Wanted::ChangedSince("2026-03-10T12:00:00Z".parse().unwrap());
        for (changed_on, kept) in [
            (day("2026-03-10"), true),
            (day("2026-03-07"), true),
            (day("2026-03-06"), false),
            (None, true),
        ] {
            assert_eq!(since.fits(Visibility::Active, changed_on, None), kept);
            assert!(!since.fits(Visibility::Deleted, changed_on, None));
        }
    }

    #[test]
    fn a_row_of_an_earlier_day_was_not_asked_for() {
        let from = Wanted::DatedFrom("2026-01-01".parse().unwrap());
        assert_eq!(from.search(), "search%5Bdate_min%5D=2026-01-01&");
        for (dated_on, kept) in [
            (day("2026-01-01"), true),
            (day("2025-12-31"), false),
            (None, true),
        ] {
            assert_eq!(from.fits(Visibility::Archived, None, dated_on), kept);
            assert!(!from.fits(Visibility::Deleted, None, dated_on));
        }
    }

    #[test]
    fn deleted_and_standing_rows_are_never_taken_for_each_other() {
        for visibility in [Visibility::Active, Visibility::Archived] {
            assert!(Wanted::Standing.fits(visibility, None, None));
            assert!(!Wanted::Deleted.fits(visibility, None, None));
        }
        assert!(Wanted::Deleted.fits(Visibility::Deleted, None, None));
        assert!(!Wanted::Standing.fits(Visibility::Deleted, None, None));
    }
}
