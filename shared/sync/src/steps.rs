//! The write protocol: intent, act, record; and what is uncertain is looked up by its mark.

mod entry;
mod invoice;
mod journal;
mod marked;
mod money_operation;
mod open;
mod order;
mod partner;
mod payment;
mod posted;
mod protocol;
mod purchase;
mod sale;
mod settle;
mod undo;

pub(crate) use entry::{CompleteEntry, CreateEntry, Entry, VoidEntry, is_completed, is_voided};
pub(crate) use invoice::PostInvoice;
pub(crate) use open::{forget_payment, keep_update, sent, settle_open};
pub(crate) use order::PostOrder;
pub(crate) use partner::{CreatePartner, NewPartner};
pub(crate) use payment::{CreatePayment, RemovePayment, UpdatePayment};
pub(crate) use protocol::{digest, run};
pub(crate) use purchase::CreatePurchase;
pub(crate) use sale::{CreateSale, without_mark};
pub(crate) use settle::believed_absent;
pub(crate) use undo::{Part, Undo, VoidDocument};
