//! The stand-in seen from outside, over HTTP.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bills;
mod callbacks;
mod categories;
mod consent;
mod credits;
mod expenses;
mod faults;
mod handshakes;
mod invoices;
mod journals;
mod lists;
mod money;
mod oauth;
mod office;
mod webhooks;
