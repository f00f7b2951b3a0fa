//! The real `sandbox --serve`, as a process of its own, against stand-ins in the test.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod addresses;
mod business;
mod console;
mod day;
mod deliveries;
mod files;
mod folder;
mod payments;
mod process;
mod replays;
mod restart;
mod secrets;
mod served;
mod stop;
mod tie_out;
mod tokens;
