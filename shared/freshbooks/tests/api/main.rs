//! The clients against a server with canned answers.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod breaches;
mod clients;
mod example;
mod failures;
mod invoices;
mod payments;
mod server;
mod tokens;
