//! Sales: header, order, invoices, payments, list.

mod answer;
pub(crate) mod header;
mod header_fields;
pub(crate) mod invoice;
pub(crate) mod lines;
pub(crate) mod list;
mod list_row;
pub(crate) mod order;
pub(crate) mod payment;
mod record;
mod status;
pub(crate) mod totals;

pub use record::{
    Charge, DocumentStatus, Header, Invoice, Line, Order, Payment, PaymentType, Sale, SaleType,
};

use jiff::civil::Date;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::Ask;
use crate::refusal::Refusal;

/// The newest state of a sale, for the preconditions of a write.
fn newest(account: &AccountState, id: Option<Uuid>) -> Result<Sale, Refusal> {
    id.and_then(|id| account.sales.newest(id))
        .cloned()
        .ok_or_else(not_found)
}

/// A sale as a read shows it.
fn seen<'a>(account: &'a AccountState, ask: &Ask, id: Uuid) -> Result<&'a Sale, Refusal> {
    account
        .sales
        .seen(id, account.horizon(ask.at))
        .ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::invalid("Sale with specified ID not found")
}

/// Refuses what is dated on or before the lock date; nobody has seen Cin7's own sentence.
pub(crate) fn check_lock_date(
    account: &AccountState,
    name: &str,
    date: Date,
) -> Result<(), Refusal> {
    let open = account.options.quirks.ledger.locked_periods_are_open;
    match account.options.lock_date {
        Some(lock_date) if date <= lock_date && !open => Err(Refusal::invalid(format!(
            "{name} {date} is within the locked period (Lock Date {lock_date})"
        ))),
        _ => Ok(()),
    }
}
