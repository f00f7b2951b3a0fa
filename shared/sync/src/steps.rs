//! The write protocol: intent, act, record; and what is uncertain is looked up by its mark.

mod customer;
mod invoice;
mod open;
mod order;
mod payment;
mod posted;
mod protocol;
mod sale;
mod settle;
mod undo;

pub(crate) use customer::CreateCustomer;
pub(crate) use invoice::{PostInvoice, is_standing};
pub(crate) use open::{keep_update, sent, settle_open};
pub(crate) use order::PostOrder;
pub(crate) use payment::{CreatePayment, MarkedPayment, RemovePayment, UpdatePayment};
pub(crate) use protocol::{digest, run};
pub(crate) use sale::{CreateSale, without_mark};
pub(crate) use settle::believed_absent;
pub(crate) use undo::{KEPT_ORDER, Part, Undo, VoidSale};
