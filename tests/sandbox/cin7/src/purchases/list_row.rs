//! A row of `/purchaseList`.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{Purchase, PurchaseType};
use crate::account::AccountState;
use crate::json::{day_or_null, exact, stamp};
use crate::sales::DocumentStatus;

/// A purchase without its lines and without its note (docs/cin7-api.md, purchase list).
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Row<'a> {
    #[serde(rename = "ID")]
    id: Uuid,
    blind_receipt: bool,
    pub(super) order_number: &'a str,
    pub(super) status: &'a str,
    #[serde(serialize_with = "day_or_null")]
    order_date: Option<Date>,
    #[serde(serialize_with = "day_or_null")]
    invoice_date: Option<Date>,
    pub(super) supplier: &'a str,
    #[serde(rename = "SupplierID")]
    supplier_id: Option<Uuid>,
    pub(super) invoice_number: Option<&'a str>,
    #[serde(serialize_with = "exact")]
    invoice_amount: Decimal,
    #[serde(serialize_with = "exact")]
    paid_amount: Decimal,
    #[serde(serialize_with = "day_or_null")]
    invoice_due_date: Option<Date>,
    #[serde(serialize_with = "day_or_null")]
    required_by: Option<Date>,
    base_currency: &'a str,
    supplier_currency: &'a str,
    pub(super) credit_note_number: Option<&'a str>,
    pub(super) order_status: DocumentStatus,
    pub(super) stock_received_status: DocumentStatus,
    pub(super) unstock_status: &'a str,
    pub(super) invoice_status: &'a str,
    pub(super) credit_note_status: &'a str,
    #[serde(serialize_with = "stamp")]
    last_updated_date: Timestamp,
    combined_receiving_status: &'a str,
    combined_invoice_status: &'a str,
    combined_payment_status: &'a str,
    #[serde(rename = "Type")]
    purchase_type: PurchaseType,
    is_service_only: bool,
    #[serde(rename = "DropShipTaskID")]
    drop_ship_task_id: Option<Uuid>,
}

/// The row of a purchase. Of several invoices the first gives number and dates.
pub(super) fn row<'a>(account: &'a AccountState, purchase: &'a Purchase) -> Row<'a> {
    let hides_supplier = account.options.quirks.purchases.list_hides_suppliers;
    let header = &purchase.header;
    let first = purchase.invoices.first();
    let invoice = first.filter(|invoice| invoice.status != DocumentStatus::NotAvailable);
    Row {
        id: purchase.id,
        blind_receipt: purchase.blind_receipt,
        order_number: &purchase.order_number,
        status: purchase.status(),
        order_date: header.order_date,
        invoice_date: invoice.and_then(|invoice| invoice.date),
        supplier: &header.supplier,
        supplier_id: (!hides_supplier).then_some(header.supplier_id),
        invoice_number: invoice.map(|invoice| invoice.number.as_str()),
        invoice_amount: purchase.invoiced(),
        paid_amount: purchase.paid_in_all(),
        invoice_due_date: invoice.and_then(|invoice| invoice.due_date),
        required_by: header.required_by,
        base_currency: &account.options.base_currency,
        supplier_currency: &purchase.currency,
        credit_note_number: None,
        order_status: purchase.order.status,
        stock_received_status: purchase.stock_received,
        unstock_status: "NOT AVAILABLE",
        invoice_status: first.map_or("NOT AVAILABLE", |first| purchase.invoice_status(first)),
        credit_note_status: "NOT AVAILABLE",
        last_updated_date: purchase.updated,
        combined_receiving_status: purchase.receiving_status(),
        combined_invoice_status: purchase.combined_invoice_status(),
        combined_payment_status: purchase.combined_payment_status(),
        purchase_type: purchase.purchase_type,
        is_service_only: purchase.purchase_type == PurchaseType::Service,
        drop_ship_task_id: None,
    }
}
