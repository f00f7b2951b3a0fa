//! The kinds of record, one file each, and the rules that all their lists share.
//!
//! A new kind is a type that implements [`Resource`], a shelf in [`Books`], and a line in [`routes`].

mod bill;
mod bill_payment;
mod category;
mod client;
mod credit_note;
mod expense;
mod filter;
mod invoice;
mod item;
mod other_income;
mod payment;
mod serve;
mod tax;
mod vendor;

use std::sync::Arc;

use axum::Router;
use serde_json::Value;

pub(crate) use bill::Totals as BillTotals;
pub use bill::{NewBill, NewBillLine};
pub use bill_payment::NewBillPayment;
pub use category::NewCategory;
pub(crate) use client::Client;
pub use client::NewClient;
pub use credit_note::{CreditType, NewCreditNote};
pub use expense::{ExpenseTax, NewExpense};
pub(crate) use invoice::{Invoice, Stage, Totals};
pub use invoice::{LineTax, NewInvoice, NewLine};
pub use item::NewItem;
pub use other_income::{IncomeTax, NewOtherIncome};
pub use payment::NewPayment;
pub use tax::NewTax;
pub use vendor::NewVendor;

use crate::account::Quirks;
use crate::query::{Query, Term};
use crate::refusal::Refusal;
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, Shared, View};
pub(crate) use filter::Filter;
pub(crate) use serve::answer;

/// The names and rules of one kind of record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// As events and errors call it: `invoice`.
    pub(crate) noun: &'static str,
    /// Under `/accounting/account/{account_id}/`.
    pub(crate) path: &'static str,
    /// The key of the list in its envelope; `noun` is the key of a single record.
    pub(crate) list_key: &'static str,
    /// What errors call the id.
    pub(crate) id_field: &'static str,
    /// The scope that reading takes.
    pub(crate) scope: &'static str,
    /// Whether records stay behind with `vis_state` 1 when deleted, or are gone.
    pub(crate) keeps_deleted: bool,
    /// Whether `search[vis_state]` is known to work, or only promised by the general page.
    pub(crate) filters_vis_state: bool,
}

/// One kind of record, as the API shows it.
pub(crate) trait Resource: Send + Sized + 'static {
    /// Its names.
    const KIND: Kind;

    /// Where the records are.
    fn shelf(books: &Books) -> &Shelf<Self>;

    /// Where the records are, to change.
    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self>;

    /// Whether records of this account stay behind when deleted.
    fn keeps_deleted(_quirks: &Quirks) -> bool {
        Self::KIND.keeps_deleted
    }

    /// The record as JSON.
    fn render(kept: &Kept<Self>, view: &View<'_>, query: &Query) -> Value;

    /// The filter of a search term. `None` where FreshBooks ignores it, without an error.
    fn filter(term: &Term) -> Result<Option<Filter<Self>>, Refusal>;

    /// The text that a sort key compares. `None` where FreshBooks ignores the key.
    fn sort_text(_kept: &Kept<Self>, _view: &View<'_>, _key: &str) -> Option<String> {
        None
    }
}

/// Lists and single records of every kind.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .merge(serve::routes::<Invoice>())
        .merge(serve::routes::<NewPayment>())
        .merge(serve::routes::<Client>())
        .merge(serve::routes::<NewItem>())
        .merge(serve::routes::<NewTax>())
        .merge(serve::routes::<NewCategory>())
        .merge(serve::routes::<NewVendor>())
        .merge(serve::routes::<NewBill>())
        .merge(serve::routes::<NewBillPayment>())
        .merge(serve::routes::<NewExpense>())
        .merge(serve::routes::<NewOtherIncome>())
        .merge(serve::routes::<NewCreditNote>())
}
