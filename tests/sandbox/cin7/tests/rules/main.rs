//! The rules of the stand-in, one test each, over HTTP.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod access;
mod bench;
mod bills;
mod books;
mod customers;
mod faults;
mod header;
mod invoice;
mod journals;
mod lag;
mod limit;
mod list;
mod money;
mod order;
mod payment;
mod products;
mod purchase_answers;
mod purchase_invoice;
mod purchase_list;
mod purchase_payment;
mod purchase_undo;
mod purchases;
mod suppliers;
mod transactions;
