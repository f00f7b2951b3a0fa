//! `/purchaseList`.

use super::list_row::{Row, row};
use super::record::Purchase;
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{contains, page};
use crate::refusal::Refusal;
use crate::sales::list::document_status;

/// `GET /purchaseList`. Rows come by order number, so that the newest is on the last page: as seen
/// live. `RestockReceivedStatus` is documented and does nothing, `StockReceivedStatus` works.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let quirks = &account.options.quirks.purchases;
    let updated_since = ask.instant("UpdatedSince")?;
    let updated_since = updated_since.filter(|_| !quirks.list_ignores_updated_since);
    let updated_until = ask.instant("UpdatedUntil")?;
    let required_by = ask.day("RequiredBy")?;
    let skips_numbers = quirks.search_skips_invoice_numbers;
    let is_in_time = |purchase: &&Purchase| {
        let needed = purchase.header.required_by;
        updated_since.is_none_or(|since| purchase.updated >= since)
            && updated_until.is_none_or(|until| purchase.updated <= until)
            && required_by.is_none_or(|by| needed.is_some_and(|day| day <= by))
    };
    let mut rows: Vec<_> = account
        .purchases
        .all_seen(account.horizon(ask.at))
        .filter(is_in_time)
        .map(|purchase| row(account, purchase))
        .filter(|row| has_statuses(ask, row))
        .filter(|row| {
            ask.parameter("Search")
                .is_none_or(|text| is_found(row, text, skips_numbers))
        })
        .collect();
    rows.sort_by_key(|row| row.order_number);
    page(ask, "PurchaseList", &rows)
}

/// One value each: a list separated by commas equals none, and so finds nothing.
fn has_statuses(ask: &Ask, row: &Row<'_>) -> bool {
    [
        ("Status", row.status),
        ("OrderStatus", document_status(row.order_status)),
        (
            "StockReceivedStatus",
            document_status(row.stock_received_status),
        ),
        ("InvoiceStatus", row.invoice_status),
        ("CreditNoteStatus", row.credit_note_status),
        ("UnstockStatus", row.unstock_status),
    ]
    .into_iter()
    .all(|(name, value)| {
        ask.parameter(name)
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
    })
}

fn is_found(row: &Row<'_>, text: &str, skips_numbers: bool) -> bool {
    let number = row.invoice_number.filter(|_| !skips_numbers);
    [
        row.order_number,
        row.status,
        row.supplier,
        number.unwrap_or_default(),
        row.credit_note_number.unwrap_or_default(),
    ]
    .into_iter()
    .any(|field| contains(field, text))
}
