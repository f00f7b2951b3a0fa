//! Sales as Cin7 shows them (docs/cin7-api.md, sales).

use money::{Decimal, cents};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::lenient::{Amount, Text};
use crate::pages::Row;
use crate::{PostedInvoice, Sale, SaleRow, day};

/// A sale, or as much of one as an answer shows: `POST /sale` and `GET /sale` give the whole,
/// `POST /sale/order` the bare order, `POST /sale/invoice` the sale's id and its invoices. What
/// `DELETE /sale/invoice` gives is not documented; a bare invoice, known by its `TaskID`, is read too.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SaleDocument {
    #[serde(rename = "ID")]
    id: Text,
    #[serde(rename = "SaleID")]
    sale_id: Text,
    status: Text,
    #[serde(rename = "Type")]
    kind: Text,
    #[serde(rename = "ExternalID")]
    external_id: Text,
    #[serde(rename = "CustomerID")]
    customer_id: Text,
    #[serde(rename = "TaskID")]
    task_id: Text,
    order: Option<Order>,
    sale_order_number: Text,
    lines: Option<Vec<Line>>,
    invoices: Option<Vec<Invoice>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Order {
    sale_order_number: Text,
    status: Text,
    lines: Option<Vec<Line>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Invoice {
    #[serde(rename = "TaskID")]
    pub(super) task_id: Text,
    pub(super) invoice_number: Text,
    pub(super) status: Text,
    pub(super) lines: Option<Vec<Line>>,
    pub(super) additional_charges: Option<Vec<Line>>,
    pub(super) total: Amount,
}

/// A line or an additional charge, as far as its money goes.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Line {
    // Read only where they are needed: what a person wrote there must not make the sale unreadable.
    quantity: Option<Box<RawValue>>,
    price: Option<Box<RawValue>>,
    discount: Option<Box<RawValue>>,
    tax: Amount,
    total: Amount,
}

impl Line {
    /// With its tax; none where total or tax is not shown. Whether a total is shown with the tax in it
    /// is not known beforehand, so the line's own figures tell (docs/cin7-api.md, line totals).
    fn gross(&self) -> Option<Decimal> {
        let (total, tax) = (self.total.0?, self.tax.0?);
        if !tax.is_zero() && self.net() == Some(total - tax) {
            return Some(total);
        }
        Some(total + tax)
    }

    fn net(&self) -> Option<Decimal> {
        let number = |value: &Option<Box<RawValue>>| {
            let amount: Amount = serde_json::from_str(value.as_ref()?.get()).ok()?;
            amount.0
        };
        let kept = Decimal::ONE_HUNDRED - number(&self.discount).unwrap_or_default();
        let exact = number(&self.quantity)?.checked_mul(number(&self.price)?)?;
        Some(cents(exact.checked_mul(kept)? / Decimal::ONE_HUNDRED))
    }
}

impl SaleDocument {
    /// The sale, or what its answer lacks. A status at the top is the sale's own.
    pub(crate) fn sale(self) -> Result<Sale, &'static str> {
        let id = self
            .sale_id
            .filled()
            .or(self.id.filled())
            .ok_or("the id of the sale")?;
        let order = self.order.unwrap_or_default();
        let invoices = self.invoices.unwrap_or_default();
        Ok(Sale {
            invoices: invoices
                .into_iter()
                .map(|invoice| invoice.posted(&id))
                .collect(),
            id,
            status: self.status.0,
            external_id: self.external_id.filled(),
            customer_id: self.customer_id.filled(),
            order_number: order
                .sale_order_number
                .filled()
                .or(self.sale_order_number.filled()),
            order_status: order.status.filled(),
            service: is_service(self.kind),
        })
    }

    /// The sale of an answer to `POST /sale/order`, or what the answer lacks to be believed: Cin7
    /// drops what it does not know and still says 200 (docs/cin7-api.md, answers).
    pub(crate) fn sale_with_authorised_order(mut self) -> Result<Sale, &'static str> {
        let order = self.order.take().unwrap_or_else(|| Order {
            sale_order_number: std::mem::take(&mut self.sale_order_number),
            status: std::mem::take(&mut self.status),
            lines: self.lines.take(),
        });
        if !is_authorised_order(&order.status.0) {
            return Err("an authorised order");
        }
        if order.lines.as_ref().is_some_and(Vec::is_empty) {
            return Err("the lines of the order");
        }
        Self {
            order: Some(order),
            ..self
        }
        .sale()
    }

    /// The sale of an answer to `POST /sale/invoice`, or what the answer lacks to be believed.
    pub(crate) fn sale_with_authorised_invoice(self) -> Result<Sale, &'static str> {
        let sale = self.sale()?;
        if sale.invoices.iter().any(is_authorised) {
            Ok(sale)
        } else {
            Err("an authorised invoice")
        }
    }
}

impl SaleDocument {
    /// The sale of an answer to an undoing `DELETE /sale`, or what the answer lacks to be believed:
    /// it has to show its invoices, and none that still counts.
    pub(crate) fn sale_undone(self) -> Result<Sale, &'static str> {
        if self.invoices.is_none() {
            return Err("the invoices of the sale");
        }
        let sale = self.sale()?;
        if sale.invoices.iter().all(is_open) {
            Ok(sale)
        } else {
            Err("a sale whose invoices are all open again")
        }
    }

    /// The sale of an answer to a voiding `DELETE /sale`, or what the answer lacks to be believed.
    pub(crate) fn sale_voided(self) -> Result<Sale, &'static str> {
        let sale = self.sale()?;
        if sale.status.trim().eq_ignore_ascii_case("VOIDED") {
            Ok(sale)
        } else {
            Err("a voided sale")
        }
    }

    /// The sale of an answer to `DELETE /sale/invoice`, or what the answer lacks to be believed. The
    /// answer's form is not documented, so it has to show the very invoice
    /// (docs/cin7-api.md, undo and void).
    pub(crate) fn sale_with_invoice_undone(
        mut self,
        sale_id: &str,
        task_id: &str,
    ) -> Result<Sale, &'static str> {
        let is_bare_invoice = self.invoices.is_none() && !self.task_id.0.trim().is_empty();
        if is_bare_invoice {
            self.invoices = Some(vec![Invoice {
                task_id: std::mem::take(&mut self.task_id),
                status: std::mem::take(&mut self.status),
                ..Invoice::default()
            }]);
            if self.sale_id.0.trim().is_empty() {
                self.sale_id = Text(sale_id.to_owned());
            }
        }
        let sale = self.sale()?;
        let mut invoices = sale.invoices.iter();
        let ours = invoices.find(|invoice| invoice.task_id.eq_ignore_ascii_case(task_id));
        if ours.is_some_and(is_open) {
            Ok(sale)
        } else {
            Err("an invoice that is open again")
        }
    }
}

/// Whether a `Type` is that of a service sale; `None` where there is none
/// (docs/cin7-api.md, sale types).
fn is_service(kind: Text) -> Option<bool> {
    let kind = kind.filled()?.to_lowercase();
    Some(kind.contains("service"))
}

/// Whether the invoice is known not to count: any other status, or none, proves nothing
/// (docs/cin7-api.md, status values).
pub(super) fn is_open(invoice: &PostedInvoice) -> bool {
    ["NOT AVAILABLE", "DRAFT", "VOIDED"]
        .iter()
        .any(|open| invoice.status.trim().eq_ignore_ascii_case(open))
}

/// Whether the invoice counts.
pub(super) fn is_authorised(invoice: &PostedInvoice) -> bool {
    ["AUTHORISED", "PAID"]
        .iter()
        .any(|status| invoice.status.eq_ignore_ascii_case(status))
}

/// Statuses an order reaches by being authorised (docs/cin7-api.md, status values).
pub(super) fn is_authorised_order(status: &str) -> bool {
    ["AUTHORISED", "AUTH_NO_ALLOC", "FULFILLED", "CLOSED"]
        .iter()
        .any(|authorised| status.eq_ignore_ascii_case(authorised))
}

impl Invoice {
    pub(super) fn posted(self, sale_id: &str) -> PostedInvoice {
        let total = self.total.0.or_else(|| self.sum());
        PostedInvoice {
            // A simple sale has one invoice task, whose id is the sale's.
            task_id: self.task_id.filled().unwrap_or_else(|| sale_id.to_owned()),
            number: self.invoice_number.filled(),
            status: self.status.0,
            total,
        }
    }

    /// Lines and charges with their tax; none where none is shown, or where one shows no total or
    /// no tax: a sum of what happens to be shown would be compared as if it were the whole.
    fn sum(&self) -> Option<Decimal> {
        let lines = self.lines.iter().chain(&self.additional_charges).flatten();
        let totals = lines.map(Line::gross);
        totals.reduce(|sum, total| Some(sum? + total?)).flatten()
    }
}

/// A row of `GET /saleList`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SaleListRow {
    #[serde(rename = "SaleID")]
    sale_id: Text,
    order_number: Text,
    status: Text,
    #[serde(rename = "ExternalID")]
    external_id: Text,
    invoice_number: Text,
    invoice_date: Text,
    invoice_amount: Amount,
    paid_amount: Amount,
    customer_currency: Text,
    #[serde(rename = "Type")]
    kind: Text,
    updated: Text,
}

impl Row for SaleListRow {
    const PATH: &'static str = "saleList";
    const LIST: &'static str = "SaleList";

    fn id(&self) -> &str {
        &self.sale_id.0
    }
}

impl From<SaleListRow> for SaleRow {
    fn from(row: SaleListRow) -> Self {
        Self {
            sale_id: row.sale_id.0,
            order_number: row.order_number.0,
            status: row.status.0,
            external_id: row.external_id.filled(),
            invoice_number: row.invoice_number.filled(),
            invoice_date: day::read(&row.invoice_date.0),
            invoice_amount: row.invoice_amount.0,
            paid_amount: row.paid_amount.0,
            currency: row.customer_currency.0.parse().ok(),
            service: is_service(row.kind),
            updated: row.updated.0.trim().parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests;
