//! The client against the stand-in, with what is unconfirmed both ways.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod journals;
mod lists;
mod office;
mod purchases;
