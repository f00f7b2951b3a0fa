//! A sale as it is stored; its parts are answered as they are.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::customers::Address;
use crate::json::{day, day_or_null, exact, stamp};

/// A sale with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The id.
    pub id: Uuid,
    /// `SO-00001` and so on.
    pub order_number: String,
    /// Simple, advanced or service.
    pub sale_type: SaleType,
    /// The customer's currency, that of every amount in the sale.
    pub currency: String,
    /// Whether line totals contain their tax.
    pub tax_inclusive: bool,
    /// The header as it was sent, with defaults from the customer.
    pub header: Header,
    /// The order.
    pub order: Order,
    /// The invoices; a simple sale has at most one.
    pub invoices: Vec<Invoice>,
    /// The payments held.
    pub payments: Vec<Payment>,
    /// Whether the whole sale is void.
    pub voided: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

/// `Type` of a sale (docs/cin7-api.md, sale types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum SaleType {
    /// One invoice.
    #[serde(rename = "Simple Sale")]
    Simple,
    /// Several invoices.
    #[serde(rename = "Advanced Sale")]
    Advanced,
    /// Service products only, no order.
    #[serde(rename = "Service Sale")]
    Service,
}

/// The attributes of a sale's header that are answered under the names they were sent with.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Header {
    /// The customer.
    #[serde(rename = "CustomerID")]
    pub customer_id: Uuid,
    /// The customer's name.
    pub customer: String,
    /// The contact's name.
    pub contact: String,
    /// The telephone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
    /// The code of the revenue account for lines that have none.
    pub default_account: String,
    /// Whether there is no quote.
    pub skip_quote: bool,
    /// The billing address.
    pub billing_address: Option<Address>,
    /// The shipping address.
    pub shipping_address: Option<Address>,
    /// The name of the sale tax rule.
    pub tax_rule: String,
    /// The name of the payment term.
    pub terms: String,
    /// The price tier.
    pub price_tier: String,
    /// The date to ship by.
    #[serde(serialize_with = "day_or_null")]
    pub ship_by: Option<Date>,
    /// The location.
    pub location: String,
    /// The order's date.
    #[serde(serialize_with = "day_or_null")]
    pub sale_order_date: Option<Date>,
    /// Remarks.
    pub note: String,
    /// The customer's reference: searchable.
    pub customer_reference: String,
    /// The caller's own mark; not unique.
    #[serde(rename = "ExternalID")]
    pub external_id: String,
    /// The carrier.
    pub carrier: String,
    /// Remarks on shipping.
    pub shipping_notes: String,
    /// The sales representative.
    pub sales_representative: String,
    /// Base units per unit of the sale's currency.
    #[serde(serialize_with = "exact")]
    pub currency_rate: Decimal,
    /// `AdditionalAttribute1` to `10`.
    pub additional_attributes: BTreeMap<String, String>,
}

/// The state of a quote, an order or an invoice. That an invoice is paid follows from its payments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum DocumentStatus {
    /// Not there yet.
    #[default]
    #[serde(rename = "NOT AVAILABLE")]
    NotAvailable,
    /// Can be changed.
    #[serde(rename = "DRAFT")]
    Draft,
    /// Final.
    #[serde(rename = "AUTHORISED")]
    Authorised,
    /// Void.
    #[serde(rename = "VOIDED")]
    Voided,
}

/// The order of a sale.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Its state.
    pub status: DocumentStatus,
    /// Remarks.
    pub memo: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The additional charges.
    pub charges: Vec<Charge>,
}

/// An invoice of a sale.
#[derive(Debug, Clone)]
pub struct Invoice {
    /// The task; that of a simple sale is the sale's id.
    pub task_id: Uuid,
    /// `INV-00001` and so on: generated, never set.
    pub number: String,
    /// Its state.
    pub status: DocumentStatus,
    /// Its date.
    pub date: Date,
    /// When it is due.
    pub due_date: Date,
    /// Base units per unit of the sale's currency.
    pub currency_rate: Decimal,
    /// Remarks.
    pub memo: String,
    /// The billing address's first line.
    pub billing_address_line1: String,
    /// The billing address's second line.
    pub billing_address_line2: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The additional charges.
    pub charges: Vec<Charge>,
}

/// A line of an order or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Line {
    /// The product.
    #[serde(rename = "ProductID")]
    pub product_id: Uuid,
    /// The product's article number.
    #[serde(rename = "SKU")]
    pub sku: String,
    /// The name as it was sent.
    pub name: String,
    /// The quantity.
    #[serde(serialize_with = "exact")]
    pub quantity: Decimal,
    /// The price of one.
    #[serde(serialize_with = "exact")]
    pub price: Decimal,
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
    /// The code of the revenue account; on invoices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Remarks.
    pub comment: String,
}

/// An additional charge of an order or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Charge {
    /// The name of a service product.
    pub description: String,
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
    /// The code of the revenue account; on invoices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Remarks.
    pub comment: String,
}

/// A payment of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Payment {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The task of the invoice it pays.
    #[serde(rename = "TaskID")]
    pub task_id: Uuid,
    /// Prepayment or payment.
    #[serde(rename = "Type")]
    pub payment_type: PaymentType,
    /// The caller's own mark.
    pub reference: String,
    /// The amount in the sale's currency.
    #[serde(serialize_with = "exact")]
    pub amount: Decimal,
    /// When it was paid.
    #[serde(serialize_with = "day")]
    pub date_paid: Date,
    /// The code of the account it went into.
    pub account: String,
    /// Base units per unit of the sale's currency.
    #[serde(serialize_with = "exact")]
    pub currency_rate: Decimal,
    /// When it was entered.
    #[serde(serialize_with = "stamp")]
    pub date_created: Timestamp,
}

/// `Type` of a payment. Refunds wait for credit notes, which the stand-in does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PaymentType {
    /// Before the invoice.
    Prepayment,
    /// Of an authorised invoice.
    Payment,
}
