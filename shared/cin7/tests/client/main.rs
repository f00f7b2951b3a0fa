//! The client against a Cin7 that says what a test makes it say.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bill_reads;
mod bill_writes;
mod bodies;
mod canned;
mod faults;
mod ledger_reads;
mod ledger_writes;
mod lists;
mod pace;
mod payments;
mod shown;
mod undo;
mod writes;
