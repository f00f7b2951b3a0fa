//! FreshBooks: webhook signature, OAuth, identity, callbacks, and documents read from its API.
//!
//! What the API really does is in `docs/freshbooks-api.md`; lines here that exist because of it
//! cite it. Wire types are private: what leaves this crate has been checked.

mod answer;
mod asked;
mod bills;
mod books;
mod callbacks;
mod client;
mod credits;
mod dated;
mod document;
mod error;
mod expenses;
mod http;
mod id;
mod identity;
mod journals;
mod listing;
pub mod oauth;
mod outline;
mod pages;
mod quote;
mod record;
pub mod scopes;
mod stamp;
pub mod webhook;
mod wire;

pub use bills::{Bill, BillLine, BillPayment, LineCategory, PaidTax, Vendor};
pub use books::{Category, Tax};
pub use callbacks::{Callback, Callbacks};
pub use client::Api;
pub use credits::{CreditKind, CreditNote, IncomeTax, OtherIncome};
pub use dated::{DatedPage, DatedRow, Days, PageNumber};
pub use document::{
    Client, Discount, Identified, Invoice, Line, LineTax, Payment, Shown, ShownPayment, Stage,
    Visibility,
};
pub use error::Error;
pub use expenses::{BankSide, Expense, Rebilling};
pub use identity::Business;
pub use journals::{
    Journal, JournalAccount, JournalEntry, JournalSide, LedgerAccount, Origin, Side,
};
pub use listing::{Listed, Listing, Unreadable, Wanted};
pub use outline::Outline;
pub use stamp::changed_at;
