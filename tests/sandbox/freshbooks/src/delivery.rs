//! Webhooks on their way: what is queued, how it is signed, how it is sent.

mod announce;
mod post_office;
mod send;
mod signature;

pub use post_office::{Delivered, PendingDelivery};
pub use signature::sign;

pub(crate) use announce::{announce, handshake};
pub(crate) use post_office::PostOffice;
pub(crate) use send::Sender;
