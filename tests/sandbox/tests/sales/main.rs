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
mod backfills;
mod bill_payments;
mod bills;
mod catching_up;
mod cents;
mod changes;
mod clients;
mod closed;
mod confirming;
mod connections;
mod crashes;
mod crossing;
mod deletes;
mod expenses;
mod explorer;
mod fetching;
mod held;
mod histories;
mod incomes;
mod journals;
mod later;
mod messages;
mod order_of_arrival;
mod pace;
mod payments;
mod pictures;
mod poller;
mod replays;
mod stories;
mod switches;
mod twenty;
mod tying_out;
mod world;
mod writes;
