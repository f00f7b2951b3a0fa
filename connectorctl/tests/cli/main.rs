//! The command line as people and scripts run it, against a server that answers what a test says.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod connector;
mod exit_codes;
mod probe;
mod requests;
mod secrets;
mod shown;
mod tie_out;
