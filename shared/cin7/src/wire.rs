//! What Cin7 sends, field by field as it names them, and the way from there to what we promise.

mod book;
mod company;
mod customer;
mod payment;
mod product;
mod sale;

pub(crate) use book::{AccountRow, LocationRow, PaymentTermRow, TaxRow};
pub(crate) use company::CompanyFacts;
pub(crate) use customer::{CustomerRow, created_customer};
pub(crate) use payment::{Deleted, PaymentRow, payments};
pub(crate) use product::ProductRow;
pub(crate) use sale::{SaleDocument, SaleListRow};
