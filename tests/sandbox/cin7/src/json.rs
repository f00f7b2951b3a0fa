//! JSON without floats: what was sent is read by its digits, what is answered is written by them.

mod fields;
mod write;

pub(crate) use fields::Fields;
pub(crate) use write::{day, day_or_null, exact, exact_text, stamp};
