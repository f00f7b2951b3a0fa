//! The ledger on its table, read and written by several workers and under faults.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod bench;
mod books;
mod claims;
mod commits;
mod connections;
mod consents;
mod faults;
mod hooks;
mod indexes;
mod older;
mod overseen;
mod pace;
mod probes;
mod records;
mod removal;
mod replays;
mod secrets;
mod selections;
mod sent;
mod status;
mod tieouts;
