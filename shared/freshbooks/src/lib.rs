//! FreshBooks: webhook signature, OAuth, identity, callbacks, and documents read from its API.
//!
//! What the API really does is in `docs/freshbooks-api.md`; lines here that exist because of it
//! cite it. Wire types are private: what leaves this crate has been checked.

mod answer;
mod asked;
mod books;
mod callbacks;
mod client;
mod document;
mod error;
mod http;
mod id;
mod identity;
pub mod oauth;
mod pages;
mod quote;
pub mod scopes;
pub mod webhook;
mod wire;

pub use books::{Category, Tax};
pub use callbacks::{Callback, Callbacks};
pub use client::Api;
pub use document::{
    Client, Discount, Invoice, Line, LineTax, Payment, ShownPayment, Stage, Visibility,
};
pub use error::Error;
pub use identity::Business;
