//! The clients against a server with canned answers.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bills;
mod books;
mod breaches;
mod callbacks;
mod clients;
mod consent;
mod credits;
mod example;
mod expenses;
mod failures;
mod identity;
mod invoices;
mod journals;
mod listings;
mod payments;
mod server;
mod tokens;
