//! The rules of the stand-in, one test each, over HTTP.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod access;
mod bench;
mod books;
mod customers;
mod faults;
mod header;
mod invoice;
mod lag;
mod limit;
mod list;
mod order;
mod payment;
mod products;
