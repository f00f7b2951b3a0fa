//! A purchase as it is stored; its parts are answered as they are.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::json::{day_or_null, exact};
use crate::sales::{DocumentStatus, Line, Payment};

/// A purchase with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// The id.
    pub id: Uuid,
    /// `PO-00001` and so on.
    pub order_number: String,
    /// Simple, advanced or service.
    pub purchase_type: PurchaseType,
    /// What has to come first, the invoice or the stock.
    pub approach: Approach,
    /// Whether there is no order in it.
    pub blind_receipt: bool,
    /// The supplier's currency, that of every amount in the purchase.
    pub currency: String,
    /// Whether line totals contain their tax.
    pub tax_inclusive: bool,
    /// The header as it was sent, with defaults from the supplier.
    pub header: PurchaseHeader,
    /// The order.
    pub order: PurchaseOrder,
    /// The invoices, the first of them there from the start, as `NOT AVAILABLE`.
    pub invoices: Vec<PurchaseInvoice>,
    /// The state of receiving. People receive in Cin7, nothing does it here over the API.
    pub stock_received: DocumentStatus,
    /// The payments made.
    pub payments: Vec<PurchasePayment>,
    /// Whether the whole purchase is void.
    pub voided: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

/// `Type` of a purchase (docs/cin7-api.md, purchases).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PurchaseType {
    /// One invoice.
    #[serde(rename = "Simple Purchase")]
    Simple,
    /// Several invoices.
    #[serde(rename = "Advanced Purchase")]
    Advanced,
    /// Service products only, kept as additional charges.
    #[serde(rename = "Service Purchase")]
    Service,
}

/// `Approach` of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Approach {
    /// The invoice comes first.
    Invoice,
    /// The stock has to be received before the invoice.
    Stock,
}

/// The attributes of a purchase's header that are answered under the names they were sent with.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PurchaseHeader {
    /// The supplier.
    #[serde(rename = "SupplierID")]
    pub supplier_id: Uuid,
    /// The supplier's name.
    pub supplier: String,
    /// The contact's name.
    pub contact: String,
    /// The telephone number.
    pub phone: String,
    /// The name of the purchase tax rule.
    pub tax_rule: String,
    /// The name of the payment term.
    pub terms: String,
    /// The location.
    pub location: String,
    /// The day it is needed by.
    #[serde(serialize_with = "day_or_null")]
    pub required_by: Option<Date>,
    /// The day it was made; it cannot be sent.
    #[serde(serialize_with = "day_or_null")]
    pub order_date: Option<Date>,
    /// Remarks, and the caller's own mark.
    pub note: String,
    /// Base units per unit of the purchase's currency.
    #[serde(serialize_with = "exact")]
    pub currency_rate: Decimal,
    /// `AdditionalAttribute1` to `10`.
    pub additional_attributes: BTreeMap<String, String>,
}

/// The order of a purchase.
#[derive(Debug, Clone, Default)]
pub struct PurchaseOrder {
    /// Its state.
    pub status: DocumentStatus,
    /// Remarks.
    pub memo: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The additional charges.
    pub charges: Vec<PurchaseCharge>,
}

/// An invoice of a purchase.
#[derive(Debug, Clone)]
pub struct PurchaseInvoice {
    /// The task.
    pub task_id: Uuid,
    /// The supplier's number as it was sent.
    pub number: String,
    /// Its state.
    pub status: DocumentStatus,
    /// Its date, once there is an invoice.
    pub date: Option<Date>,
    /// When it is due.
    pub due_date: Option<Date>,
    /// The lines.
    pub lines: Vec<Line>,
    /// The additional charges.
    pub charges: Vec<PurchaseCharge>,
}

/// An additional charge of a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PurchaseCharge {
    /// The name of a service product.
    pub description: String,
    /// Free text.
    pub reference: String,
    /// The price of one.
    #[serde(serialize_with = "exact")]
    pub price: Decimal,
    /// The quantity.
    #[serde(serialize_with = "exact")]
    pub quantity: Decimal,
    /// In percent.
    #[serde(serialize_with = "exact")]
    pub discount: Decimal,
    /// Tax money.
    #[serde(serialize_with = "exact")]
    pub tax: Decimal,
    /// Quantity times price less discount, rounded to cents.
    #[serde(serialize_with = "exact")]
    pub total: Decimal,
    /// The name of the tax rule.
    pub tax_rule: String,
    /// The code of the account; on invoices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// A payment of a purchase: the fields of a sale's, in the purchase's currency.
pub type PurchasePayment = Payment;

impl Purchase {
    /// The invoice of a task.
    #[must_use]
    pub fn invoice(&self, task_id: Uuid) -> Option<&PurchaseInvoice> {
        let mut invoices = self.invoices.iter();
        invoices.find(|invoice| invoice.task_id == task_id)
    }
}

impl PurchaseInvoice {
    /// The place where an invoice will be.
    pub(super) fn not_available(task_id: Uuid) -> Self {
        Self {
            task_id,
            number: String::new(),
            status: DocumentStatus::NotAvailable,
            date: None,
            due_date: None,
            lines: Vec::new(),
            charges: Vec::new(),
        }
    }
}
