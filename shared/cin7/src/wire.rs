//! What Cin7 sends, field by field as it names them, and the way from there to what we promise.

mod book;
mod company;
mod customer;
mod journal;
mod money_operation;
mod payment;
mod product;
mod purchase;
mod sale;
mod supplier;
mod transaction;

pub(crate) use book::{AccountRow, LocationRow, PaymentTermRow, TaxRow};
pub(crate) use company::CompanyFacts;
pub(crate) use customer::{CustomerRow, created_customer};
pub(crate) use journal::{JournalRow, written_journal};
pub(crate) use money_operation::{MoneyDocument, MoneyTaskListRow};
pub(crate) use payment::{Deleted, PaymentRow, payments};
pub(crate) use product::ProductRow;
pub(crate) use purchase::{PurchaseDocument, PurchaseListRow};
pub(crate) use sale::{SaleDocument, SaleListRow};
pub(crate) use supplier::{SupplierRow, created_supplier};
pub(crate) use transaction::TransactionRow;
