//! A row of `/saleList`.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{DocumentStatus, Invoice, Sale, SaleType};
use crate::account::AccountState;
use crate::json::{day_or_null, exact, stamp};

/// A sale without its lines (docs/cin7-api.md, sale list).
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Row<'a> {
    #[serde(rename = "SaleID")]
    pub(super) sale_id: Uuid,
    pub(super) order_number: &'a str,
    pub(super) status: &'a str,
    #[serde(serialize_with = "day_or_null")]
    pub(super) order_date: Option<Date>,
    #[serde(serialize_with = "day_or_null")]
    pub(super) invoice_date: Option<Date>,
    pub(super) customer: &'a str,
    #[serde(rename = "CustomerID")]
    pub(super) customer_id: Uuid,
    pub(super) invoice_number: Option<&'a str>,
    pub(super) customer_reference: &'a str,
    #[serde(serialize_with = "exact")]
    pub(super) invoice_amount: Decimal,
    #[serde(serialize_with = "exact")]
    pub(super) paid_amount: Decimal,
    #[serde(serialize_with = "exact")]
    pub(super) sale_invoices_total_amount: Decimal,
    #[serde(serialize_with = "exact")]
    pub(super) combined_payment_total: Decimal,
    #[serde(serialize_with = "day_or_null")]
    pub(super) invoice_due_date: Option<Date>,
    #[serde(serialize_with = "day_or_null")]
    pub(super) ship_by: Option<Date>,
    pub(super) base_currency: &'a str,
    pub(super) customer_currency: &'a str,
    pub(super) credit_note_number: Option<&'a str>,
    #[serde(serialize_with = "stamp")]
    pub(super) updated: Timestamp,
    pub(super) quote_status: DocumentStatus,
    pub(super) order_status: DocumentStatus,
    pub(super) combined_picking_status: &'a str,
    pub(super) combined_packing_status: &'a str,
    pub(super) combined_shipping_status: &'a str,
    pub(super) combined_invoice_status: &'a str,
    pub(super) combined_payment_status: &'a str,
    pub(super) ful_filment_status: &'a str,
    pub(super) credit_note_status: &'a str,
    #[serde(rename = "Type")]
    pub(super) sale_type: SaleType,
    pub(super) combined_tracking_numbers: Option<&'a str>,
    pub(super) source_channel: Option<&'a str>,
    #[serde(rename = "ExternalID")]
    pub(super) external_id: &'a str,
    #[serde(rename = "OrderLocationID")]
    pub(super) order_location_id: Option<Uuid>,
}

/// The row of a sale. Of several invoices the first gives number and dates.
pub(super) fn row<'a>(account: &'a AccountState, sale: &'a Sale) -> Row<'a> {
    let header = &sale.header;
    let invoice: Option<&Invoice> = sale.invoices.first();
    let shipping = sale.shipping_status();
    let invoiced = sale.invoiced();
    let paid = sale.paid_in_all();
    Row {
        sale_id: sale.id,
        order_number: &sale.order_number,
        status: sale.status(&account.options.quirks),
        order_date: header.sale_order_date,
        invoice_date: invoice.map(|invoice| invoice.date),
        customer: &header.customer,
        customer_id: header.customer_id,
        invoice_number: invoice.map(|invoice| invoice.number.as_str()),
        customer_reference: &header.customer_reference,
        invoice_amount: invoiced,
        paid_amount: paid,
        sale_invoices_total_amount: invoiced,
        combined_payment_total: paid,
        invoice_due_date: invoice.map(|invoice| invoice.due_date),
        ship_by: header.ship_by,
        base_currency: &account.options.base_currency,
        customer_currency: &sale.currency,
        credit_note_number: None,
        updated: sale.updated,
        quote_status: sale.quote_status(),
        order_status: sale.order.status,
        combined_picking_status: shipping,
        combined_packing_status: shipping,
        combined_shipping_status: shipping,
        combined_invoice_status: sale.combined_invoice_status(),
        combined_payment_status: sale.combined_payment_status(),
        ful_filment_status: shipping,
        credit_note_status: "NOT AVAILABLE",
        sale_type: sale.sale_type,
        combined_tracking_numbers: None,
        source_channel: None,
        external_id: &header.external_id,
        order_location_id: account
            .options
            .books
            .location(&header.location)
            .map(|place| place.id),
    }
}
