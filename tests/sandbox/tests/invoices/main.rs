//! Invoices from FreshBooks to Cin7, end to end: the functions as they deploy, on embedded AWS, against
//! the stand-ins, all in one process and on a clock that tests move.

// A function inside a batch inside a loop, each around SDK calls: deeper than the default of 128.
#![recursion_limit = "256"]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod aws;
mod cents;
mod clients;
mod connections;
mod crashes;
mod crossing;
mod fetching;
mod held;
mod later;
mod messages;
mod pace;
mod poller;
mod world;
mod writes;
