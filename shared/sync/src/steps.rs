//! The write protocol: intent, act, record; and what is uncertain is looked up by its mark.

mod customer;
mod protocol;
mod sale;
mod settle;

pub(crate) use customer::CreateCustomer;
pub(crate) use protocol::run;
pub(crate) use sale::{CreateSale, PostInvoice, PostOrder, without_mark};
pub(crate) use settle::believed_absent;
