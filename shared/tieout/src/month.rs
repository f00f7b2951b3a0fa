//! A calendar month.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A calendar month, as text `2026-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(Date);

/// A text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a month such as 2026-01")]
pub struct NotAMonth(String);

impl Month {
    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        Self::of(day) == self
    }

    /// The month before it; the same at the beginning of the calendar.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.0.yesterday().unwrap_or(self.0))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    /// Four digits, a dash, two digits.
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let first = (text.len() == 7).then(|| format!("{text}-01").parse());
        match first {
            Some(Ok(first)) => Ok(Self(first)),
            _ => Err(NotAMonth(text.chars().take(20).collect())),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Self, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days_and_no_others() {
        let month: Month = "2024-02".parse().unwrap();
        assert_eq!(month.to_string(), "2024-02");
        assert_eq!(month.before().to_string(), "2024-01");
        for (day, inside) in [
            ("2024-01-31", false),
            ("2024-02-01", true),
            ("2024-02-29", true),
            ("2024-03-01", false),
        ] {
            assert_eq!(month.contains(day.parse().unwrap()), inside, "{day}");
        }
    }

    #[test]
    fn what_is_no_month_is_not_taken_for_one() {
        for text in ["", "2024", "2024-13", "2024-1", "24-01", "2024-01-01"] {
            assert!(text.parse::<Month>().is_err(), "{text:?}");
        }
    }
}
