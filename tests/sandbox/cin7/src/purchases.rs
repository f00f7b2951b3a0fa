//! Purchases: header, order, invoices, payments, list, and the older addresses for them.

mod answer;
pub(crate) mod deprecated;
pub(crate) mod header;
mod header_fields;
pub(crate) mod invoice;
mod lines;
pub(crate) mod list;
mod list_row;
pub(crate) mod order;
pub(crate) mod payment;
mod record;
mod status;
mod totals;
pub(crate) mod undo;

pub use record::{
    Approach, Purchase, PurchaseCharge, PurchaseHeader, PurchaseInvoice, PurchaseOrder,
    PurchasePayment, PurchaseType,
};

use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::refusal::Refusal;

/// The newest state of a purchase, for the preconditions of a write.
fn newest(account: &AccountState, id: Option<Uuid>) -> Result<Purchase, Refusal> {
    id.and_then(|id| account.purchases.newest(id))
        .cloned()
        .ok_or_else(not_found)
}

/// A purchase as a read shows it.
fn seen<'a>(account: &'a AccountState, ask: &Ask, id: Uuid) -> Result<&'a Purchase, Refusal> {
    account
        .purchases
        .seen(id, account.horizon(ask.at))
        .ok_or_else(not_found)
}

/// The purchase that has an invoice task.
fn with_task(account: &AccountState, task_id: Uuid) -> Option<Purchase> {
    let mut purchases = account.purchases.all_newest();
    purchases
        .find(|purchase| purchase.invoice(task_id).is_some())
        .cloned()
}

/// Stores a changed purchase and gives the answer that `show` makes of it.
fn put(
    account: &mut AccountState,
    ask: &Ask,
    mut purchase: Purchase,
    show: impl FnOnce(&AccountState, &Purchase) -> Reply,
) -> Reply {
    purchase.updated = ask.at;
    let reply = show(account, &purchase);
    account.put_purchase(purchase, ask.at);
    reply
}

fn not_found() -> Refusal {
    Refusal::invalid("Purchase with specified ID not found")
}
