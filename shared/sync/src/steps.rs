//! The write protocol: intent, act, record; and what is uncertain is looked up by its mark.

mod customer;
mod protocol;
mod sale;

pub(crate) use customer::CreateCustomer;
pub(crate) use protocol::run;
pub(crate) use sale::{CreateSale, PostInvoice, PostOrder};
