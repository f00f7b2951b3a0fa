//! `/saleList`.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::list_row::{Row, row};
use super::record::{DocumentStatus, Sale};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{LARGEST_LIMIT, contains, page_without, starts_with};
use crate::quirks::Quirks;
use crate::refusal::Refusal;

/// The filters that are more than a text to compare.
struct Filters {
    created_since: Option<Timestamp>,
    updated_since: Option<Timestamp>,
    updated_until: Option<Timestamp>,
    ship_by: Option<Date>,
    location: Option<Uuid>,
    ready_for_shipping: Option<bool>,
}

/// `GET /saleList`. Rows come by id, which is no order at all, as on the live API.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let quirks = &account.options.quirks;
    let updated_since = ask.instant("UpdatedSince")?;
    let filters = Filters {
        created_since: ask.instant("CreatedSince")?,
        updated_since: updated_since.filter(|_| !quirks.sale_list_ignores_updated_since),
        updated_until: ask.instant("UpdatedUntil")?,
        ship_by: ask.day("ShipBy")?,
        location: ask.guid("OrderLocationID")?,
        ready_for_shipping: ask.truth("ReadyForShipping")?,
    };
    let rows: Vec<_> = account
        .sales
        .all_seen(account.horizon(ask.at))
        .filter(|sale| filters.keep(sale))
        .map(|sale| row(account, sale))
        .filter(|row| {
            filters
                .location
                .is_none_or(|id| row.order_location_id == Some(id))
        })
        .filter(|row| has_statuses(ask, row))
        .filter(|row| {
            ask.parameter("ExternalID")
                .is_none_or(|mark| has_mark(quirks, row, mark))
        })
        .filter(|row| {
            ask.parameter("Search")
                .is_none_or(|text| is_found(row, text))
        })
        .collect();
    let most = if quirks.sale_list_stops_at_100 {
        100
    } else {
        LARGEST_LIMIT
    };
    page_without(quirks.sale_list_misses_row, most, ask, "SaleList", &rows)
}

impl Filters {
    fn keep(&self, sale: &Sale) -> bool {
        let shipped_by = |by: Date| sale.header.ship_by.is_some_and(|day| day <= by);
        self.created_since.is_none_or(|since| sale.created >= since)
            && self.updated_since.is_none_or(|since| sale.updated >= since)
            && self.updated_until.is_none_or(|until| sale.updated <= until)
            && self.ship_by.is_none_or(shipped_by)
            // Nothing is picked or packed here, so that nothing is ever ready.
            && self.ready_for_shipping.is_none_or(|ready| !ready)
    }
}

/// A list of statuses separated by commas equals none, and so finds nothing: as seen live.
fn has_statuses(ask: &Ask, row: &Row<'_>) -> bool {
    [
        ("Status", row.status),
        ("QuoteStatus", document_status(row.quote_status)),
        ("OrderStatus", document_status(row.order_status)),
        ("CombinedPickStatus", row.combined_picking_status),
        ("CombinedPackStatus", row.combined_packing_status),
        ("CombinedShippingStatus", row.combined_shipping_status),
        ("CombinedInvoiceStatus", row.combined_invoice_status),
        ("CreditNoteStatus", row.credit_note_status),
    ]
    .into_iter()
    .all(|(name, value)| {
        ask.parameter(name)
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
    })
}

pub(crate) fn document_status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::NotAvailable => "NOT AVAILABLE",
        DocumentStatus::Draft => "DRAFT",
        DocumentStatus::Authorised => "AUTHORISED",
        DocumentStatus::Voided => "VOIDED",
    }
}

fn has_mark(quirks: &Quirks, row: &Row<'_>, mark: &str) -> bool {
    match quirks.external_id_filter_is_prefix {
        true => starts_with(row.external_id, mark),
        false => row.external_id == mark,
    }
}

fn is_found(row: &Row<'_>, text: &str) -> bool {
    [
        row.order_number,
        row.status,
        row.customer,
        row.invoice_number.unwrap_or_default(),
        row.customer_reference,
        row.credit_note_number.unwrap_or_default(),
    ]
    .into_iter()
    .any(|field| contains(field, text))
}
