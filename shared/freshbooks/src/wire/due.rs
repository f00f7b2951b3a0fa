//! When a document is due.

use jiff::Span;
use jiff::civil::Date;

use super::Breach;
use super::scalar::Scalar;

/// The day, and how far it is from the issue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) on: Date,
    /// 0 where FreshBooks gives none.
    pub(super) offset_days: i64,
}

impl Due {
    /// The due date where it is given; else it is derived from the issue as FreshBooks does.
    pub(super) fn of(issued_on: Date, offset: &Scalar, due_date: &Scalar) -> Result<Self, Breach> {
        let offset_days = offset.whole("number of days until due")?.unwrap_or(0);
        let on = match due_date.date("due date")? {
            Some(on) => on,
            None => Span::new()
                .try_days(offset_days)
                .and_then(|span| issued_on.checked_add(span))
                .map_err(|_| {
                    Breach::new(format_args!("it is due {offset_days} days after its issue"))
                })?,
        };
        Ok(Self { on, offset_days })
    }
}
