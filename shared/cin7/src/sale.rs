//! Sales: what is sent and what comes back, in decimals and calendar days.

use jiff::Timestamp;
use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::Serialize;

/// The header of a sale, `POST /sale`. Lines cannot be sent with it (docs/cin7-api.md, sales).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaleHeader {
    /// The customer; ids are sent because names match loosely.
    pub customer_id: String,
    /// Name of the location.
    pub location: String,
    /// Base currency units per unit of the customer's currency, up to 5 decimals.
    pub currency_rate: Decimal,
    /// Our mark: exact look-up key of the sale. Cin7 does not forbid a second sale with the same.
    pub external_id: String,
    /// The FreshBooks invoice number, shown as *Reference* in Cin7.
    pub customer_reference: String,
    /// Day of the order.
    pub date: Date,
    /// Revenue account code for products that have none.
    pub default_account: Option<String>,
    /// Default tax rule name.
    pub tax_rule: Option<String>,
    /// Name of an active payment term.
    pub terms: Option<String>,
    /// Free text, up to 1024 characters.
    pub note: String,
    /// Whether a sale of services is asked for, which has no order (docs/cin7-api.md, sale types).
    /// What Cin7 made of it stands in [`Sale::service`].
    pub service_only: bool,
}

/// The order of a sale, `POST /sale/order`; posting it replaces every line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaleOrder {
    /// At least one line.
    pub lines: Vec<SaleLine>,
}

/// The invoice of a sale, `POST /sale/invoice`, posted authorised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaleInvoice {
    /// Day of the invoice.
    pub date: Date,
    /// Day on which it is due.
    pub due: Date,
    /// Base currency units per unit of the customer's currency, up to 4 decimals.
    pub currency_rate: Decimal,
    /// Free text, up to 1024 characters.
    pub memo: String,
    /// The same lines as the order's.
    pub lines: Vec<SaleLine>,
    /// Whether Cin7 is to make the invoice's task; otherwise the task is the sale's own
    /// (docs/cin7-api.md, sale invoice).
    pub new_task: bool,
}

/// A line of an order or an invoice. Without a product it is an additional charge: `name` is its
/// description then (docs/cin7-api.md, sale invoice).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaleLine {
    /// Id of the product; empty where the stock keeping unit is enough, or there is no product.
    pub product_id: String,
    /// Stock keeping unit of the product; empty where the id is enough, or there is no product.
    pub sku: String,
    /// Name of the product, or what is charged.
    pub name: String,
    /// Up to 4 decimals.
    pub quantity: Decimal,
    /// Price of one before discount and tax, up to 4 decimals.
    pub price: Decimal,
    /// Percent, 0 to 100, up to 2 decimals.
    pub discount: Decimal,
    /// Tax in money, cents.
    pub tax: Decimal,
    /// `round(quantity × price × (1 − discount/100), 2)`, which Cin7 checks; with the tax only where
    /// the settings say that Cin7 wants it so (docs/cin7-api.md, line totals).
    pub total: Decimal,
    /// Name of the tax rule.
    pub tax_rule: String,
    /// Revenue account code; `None` leaves it to the product, then to the sale's default account.
    pub account: Option<String>,
    /// Free text, up to 256 characters.
    pub comment: String,
}

impl SaleLine {
    /// Whether it names no product.
    pub(crate) fn is_charge(&self) -> bool {
        self.product_id.is_empty() && self.sku.is_empty()
    }
}

/// What a successful write gave back: the answer's text, for the audit trail, and what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echo<T> {
    /// What was answered, as JSON text, cut to 8 KiB.
    pub response: String,
    /// What was read from the answer.
    pub value: T,
}

/// A sale as `GET /sale?ID=` and the answers of writes show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sale {
    /// Cin7's id of the sale.
    pub id: String,
    /// Such as `INVOICED`; the set is open, compare without case. Empty where the answer shows only a
    /// part of the sale, as those of `POST /sale/order` and `POST /sale/invoice` do.
    pub status: String,
    /// Our mark, where one was stored.
    pub external_id: Option<String>,
    /// Cin7's id of the customer, where the answer carries it.
    pub customer_id: Option<String>,
    /// Such as `SO-00124`, where the answer carries it.
    pub order_number: Option<String>,
    /// Status of the order: `NOT AVAILABLE`, `DRAFT`, `AUTHORISED` …
    pub order_status: Option<String>,
    /// The invoices; a simple sale has at most one.
    pub invoices: Vec<PostedInvoice>,
    /// Whether it is a service sale, which has no order; `None` where the answer does not say.
    pub service: Option<bool>,
}

/// An invoice of a sale as Cin7 shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostedInvoice {
    /// The invoice task; of a simple sale the sale's own id.
    pub task_id: String,
    /// Generated by Cin7, such as `INV-00077`.
    pub number: Option<String>,
    /// `DRAFT`, `AUTHORISED`, `PAID`, `VOIDED` …
    pub status: String,
    /// Grand total with tax: as stated, else summed from the lines and charges; `None` where there
    /// are none, or one lacks its total or tax.
    pub total: Option<Decimal>,
}

/// A row of `GET /saleList`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaleRow {
    /// Cin7's id of the sale.
    pub sale_id: String,
    /// Such as `SO-00124`.
    pub order_number: String,
    /// Such as `INVOICED` or `VOIDED`; open set.
    pub status: String,
    /// Our mark.
    pub external_id: Option<String>,
    /// Such as `INV-00077`.
    pub invoice_number: Option<String>,
    /// Day of the invoice, where there is one.
    pub invoice_date: Option<Date>,
    /// Invoices less credit notes, in the customer's currency.
    pub invoice_amount: Option<Decimal>,
    /// Payments less refunds, in the customer's currency.
    pub paid_amount: Option<Decimal>,
    /// The customer's currency, where the row carries it.
    pub currency: Option<Currency>,
    /// Whether it is a service sale; `None` where the row does not say.
    pub service: Option<bool>,
    /// When it was changed last, where the row carries it.
    pub updated: Option<Timestamp>,
}
