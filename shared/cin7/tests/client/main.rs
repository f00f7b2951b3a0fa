//! The client against a Cin7 that says what a test makes it say.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod canned;
mod faults;
mod lists;
mod pace;
mod payments;
mod shown;
mod undo;
mod writes;
