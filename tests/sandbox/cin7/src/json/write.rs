//! How numbers and dates are written.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An amount as a JSON number with exactly its own digits.
pub(crate) fn exact<S: Serializer>(amount: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(amount.to_string())
        .map_err(S::Error::custom)?
        .serialize(to)
}

/// A percentage as text with ten decimals, as the samples of tax components have it.
pub(crate) fn exact_text<S: Serializer>(percent: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{percent:.10}"))
}

/// A document date: midnight without a zone (docs/cin7-api.md, dates).
pub(crate) fn day<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{date}T00:00:00"))
}

/// A document date or `null`.
pub(crate) fn day_or_null<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => day(date, to),
        None => to.serialize_none(),
    }
}

/// A change stamp: UTC with seven decimals (docs/cin7-api.md, dates).
pub(crate) fn stamp<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.7}"))
}
