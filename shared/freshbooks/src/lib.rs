//! FreshBooks: webhook signature, OAuth tokens, and documents read from its API.
//!
//! What the API really does is in `docs/freshbooks-api.md`; lines here that exist because of it
//! cite it. Wire types are private: what leaves this crate has been checked.

mod answer;
mod client;
mod document;
mod error;
mod http;
mod id;
pub mod oauth;
mod quote;
pub mod webhook;
mod wire;

pub use client::Api;
pub use document::{
    Client, Discount, Invoice, Line, LineTax, Payment, ShownPayment, Stage, Visibility,
};
pub use error::Error;
