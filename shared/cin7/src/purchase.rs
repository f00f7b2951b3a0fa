//! Purchases: what is sent and what comes back, in decimals and calendar days.

use jiff::Timestamp;
use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::Serialize;

use crate::PostedInvoice;

/// What has to come first (docs/cin7-api.md, purchases).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Approach {
    /// The bill: nothing has to be received before it.
    Invoice,
    /// The goods: the bill is refused until a person has received them.
    Stock,
}

/// What a purchase may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PurchaseKind {
    /// Products, one article a line at most once, and charges.
    Simple,
    /// Charges only; it is always bill first.
    Service,
}

/// The header of a purchase, `POST /advanced-purchase`. Lines cannot be sent with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseHeader {
    /// The supplier; ids are sent because names match loosely.
    pub supplier_id: String,
    /// Bill first or goods first.
    pub approach: Approach,
    /// What it may hold.
    pub kind: PurchaseKind,
    /// Name of the location.
    pub location: String,
    /// Name of the default tax rule for purchases.
    pub tax_rule: Option<String>,
    /// Name of an active payment term.
    pub terms: Option<String>,
    /// Base currency units per unit of the supplier's currency, up to 5 decimals. Always sent: Cin7
    /// would fill in its own.
    pub currency_rate: Decimal,
    /// Our mark, without blanks: the first word of the note, and what finds a purchase again that has
    /// no invoice yet.
    pub mark: String,
    /// Free text after the mark; together up to 1024 characters.
    pub remarks: String,
}

/// The order of a purchase, `POST /purchase/order`; posting it replaces every line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseOrder {
    /// Free text, up to 1024 characters.
    pub memo: String,
    /// Products.
    pub lines: Vec<PurchaseLine>,
    /// Charges; with the lines at least one.
    pub charges: Vec<PurchaseCharge>,
}

/// The invoice of a purchase, `POST /advanced-purchase/invoice`, posted authorised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseInvoice {
    /// The supplier's number of the bill, our mark: what finds the purchase in the list again. It may
    /// be that Cin7 numbers the invoice itself; then the echo shows another number.
    pub number: String,
    /// Day of the bill.
    pub date: Date,
    /// Day on which it is due.
    pub due: Date,
    /// The same lines as the order's.
    pub lines: Vec<PurchaseLine>,
    /// The same charges as the order's.
    pub charges: Vec<PurchaseCharge>,
}

/// A product on an order or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseLine {
    /// Id of the product.
    pub product_id: String,
    /// Stock keeping unit of the product; no second line of the document may have it.
    pub sku: String,
    /// Name of the product.
    pub name: String,
    /// Up to 4 decimals.
    pub quantity: Decimal,
    /// Price of one before discount and tax, up to 4 decimals.
    pub price: Decimal,
    /// Percent, 0 to 100, up to 2 decimals.
    pub discount: Decimal,
    /// Tax in money, cents.
    pub tax: Decimal,
    /// `round(quantity × price × (1 − discount/100), 2)`, tax excluded: Cin7 checks it.
    pub total: Decimal,
    /// Name of the tax rule.
    pub tax_rule: String,
    /// Code of the account; invoices need it, orders have none.
    pub account: String,
    /// Free text, up to 256 characters.
    pub comment: String,
}

/// An additional charge on an order or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseCharge {
    /// Name of a service product, up to 256 characters.
    pub description: String,
    /// Free text, up to 256 characters.
    pub reference: String,
    /// Up to 4 decimals.
    pub quantity: Decimal,
    /// Price of one before discount and tax, up to 4 decimals.
    pub price: Decimal,
    /// Percent, 0 to 100, up to 2 decimals.
    pub discount: Decimal,
    /// Tax in money, cents.
    pub tax: Decimal,
    /// As the total of a line.
    pub total: Decimal,
    /// Name of the tax rule.
    pub tax_rule: String,
    /// Code of the account; invoices need it, orders have none.
    pub account: String,
}

/// A purchase as `GET /advanced-purchase?ID=` and the answers of writes show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Purchase {
    /// Cin7's id of the purchase.
    pub id: String,
    /// Such as `ORDERED` or `COMPLETED / CREDIT NOTE CLOSED`; open set. Empty where the answer shows
    /// only a part of the purchase.
    pub status: String,
    /// `Simple Purchase`, `Advanced Purchase`, `Service Purchase`; empty where it is not shown.
    pub kind: String,
    /// Cin7's id of the supplier, where the answer carries it.
    pub supplier_id: Option<String>,
    /// The note, our mark in it, where the answer carries it.
    pub note: Option<String>,
    /// Such as `PO-00102`, where the answer carries it.
    pub order_number: Option<String>,
    /// Status of the order: `NOT AVAILABLE`, `DRAFT`, `AUTHORISED` …
    pub order_status: Option<String>,
    /// The invoices. The first is there from the start, as `NOT AVAILABLE`.
    pub invoices: Vec<PostedInvoice>,
}

impl Purchase {
    /// The task to post the invoice to: that of the first invoice that is not void, else the
    /// purchase's own id. Which of the two it is, is unconfirmed, so it is read from the answer
    /// (docs/cin7-api.md, purchase invoice).
    #[must_use]
    pub fn invoice_task(&self) -> &str {
        let mut invoices = self.invoices.iter();
        let first = invoices.find(|invoice| !invoice.status.eq_ignore_ascii_case("VOIDED"));
        first.map_or(&self.id, |invoice| &invoice.task_id)
    }

    /// Whether the note holds this mark as a word of its own.
    #[must_use]
    pub fn is_marked(&self, mark: &str) -> bool {
        let note = self.note.as_deref().unwrap_or_default();
        note.split_whitespace().any(|word| word == mark)
    }
}

/// A row of `GET /purchaseList`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseRow {
    /// Cin7's id of the purchase.
    pub purchase_id: String,
    /// Such as `PO-00102`.
    pub order_number: String,
    /// Such as `INVOICED` or `VOIDED`; open set, values may be compound.
    pub status: String,
    /// `PAID`, `AUTHORISED` …, where the row carries it.
    pub invoice_status: Option<String>,
    /// Cin7's id of the supplier, where the row carries it.
    pub supplier_id: Option<String>,
    /// The supplier's number of the bill, where there is one.
    pub invoice_number: Option<String>,
    /// Day of the bill, where there is one.
    pub invoice_date: Option<Date>,
    /// Invoices less credit notes, in the supplier's currency.
    pub invoice_amount: Option<Decimal>,
    /// Payments less refunds, in the supplier's currency.
    pub paid_amount: Option<Decimal>,
    /// The supplier's currency, where the row carries it.
    pub currency: Option<Currency>,
    /// When it was changed last, where the row carries it.
    pub updated: Option<Timestamp>,
}
