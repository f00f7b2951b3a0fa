//! The clients against a server with canned answers.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod books;
mod breaches;
mod callbacks;
mod clients;
mod consent;
mod example;
mod failures;
mod identity;
mod invoices;
mod payments;
mod server;
mod tokens;
