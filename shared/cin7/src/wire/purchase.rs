//! Purchases as Cin7 shows them (docs/cin7-api.md, purchases).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::sale::{Invoice, Line, is_authorised, is_authorised_order, is_open};
use crate::lenient::{Amount, Text};
use crate::pages::Row;
use crate::{Purchase, PurchaseRow, day};

/// A purchase, or as much of one as an answer shows: `/advanced-purchase` gives the whole,
/// `/purchase/order` the bare order under its `TaskID`, `/advanced-purchase/invoice` the purchase's id
/// and its invoices. A whole one calls them `Invoice`, a list, or one object for a simple purchase.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PurchaseDocument {
    #[serde(rename = "ID")]
    id: Text,
    #[serde(rename = "PurchaseID")]
    purchase_id: Text,
    #[serde(rename = "TaskID")]
    task_id: Text,
    status: Text,
    #[serde(rename = "Type")]
    kind: Text,
    #[serde(rename = "SupplierID")]
    supplier_id: Text,
    note: Text,
    order_number: Text,
    order: Option<Order>,
    invoice: Option<Box<RawValue>>,
    invoices: Option<Box<RawValue>>,
    lines: Option<Vec<Line>>,
    additional_charges: Option<Vec<Line>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Order {
    status: Text,
}

type Lacking = &'static str;

const INVOICES: Lacking = "the invoices of the purchase";

impl PurchaseDocument {
    /// The purchase, or what its answer lacks.
    pub(crate) fn purchase(self) -> Result<Purchase, Lacking> {
        let shown = self.shown_invoices()?;
        let ids = [self.purchase_id, self.id];
        let id = ids.into_iter().find_map(Text::filled);
        let id = id.ok_or("the id of the purchase")?;
        let invoices = shown.into_iter().flatten();
        Ok(Purchase {
            invoices: invoices.map(|invoice| invoice.posted(&id)).collect(),
            id,
            status: self.status.0,
            kind: self.kind.0,
            supplier_id: self.supplier_id.filled(),
            note: self.note.filled(),
            order_number: self.order_number.filled(),
            order_status: self.order.and_then(|order| order.status.filled()),
        })
    }

    /// The purchase of an answer to `POST /purchase/order`, or what it lacks to be believed: an order
    /// that is authorised, with lines or charges where it shows them.
    pub(crate) fn with_authorised_order(mut self) -> Result<Purchase, Lacking> {
        let status = std::mem::take(&mut self.status);
        if !is_authorised_order(&status.0) {
            return Err("an authorised order");
        }
        let rows = [&self.lines, &self.additional_charges];
        let shown = rows.iter().any(|rows| rows.is_some());
        if shown && rows.into_iter().flatten().flatten().next().is_none() {
            return Err("the lines of the order");
        }
        if self.purchase_id.0.trim().is_empty() {
            // The task of an order is the purchase.
            self.purchase_id = std::mem::take(&mut self.task_id);
        }
        self.order = Some(Order { status });
        self.purchase()
    }

    /// The purchase of an answer about one invoice, if the answer shows that it counts.
    pub(crate) fn with_authorised_invoice(
        self,
        purchase_id: &str,
        task_id: &str,
    ) -> Result<Purchase, Lacking> {
        let purchase = self.of_invoice(purchase_id)?;
        let mut invoices = purchase.invoices.iter();
        let ours = invoices.find(|invoice| invoice.task_id.eq_ignore_ascii_case(task_id));
        if ours.is_some_and(is_authorised) {
            Ok(purchase)
        } else {
            Err("an authorised invoice of its task")
        }
    }

    /// The purchase of an answer about one invoice, if the answer shows that it is open again.
    pub(crate) fn with_invoice_undone(
        self,
        purchase_id: &str,
        task_id: &str,
    ) -> Result<Purchase, Lacking> {
        let purchase = self.of_invoice(purchase_id)?;
        let mut invoices = purchase.invoices.iter();
        let ours = invoices.find(|invoice| invoice.task_id.eq_ignore_ascii_case(task_id));
        if ours.is_some_and(is_open) {
            Ok(purchase)
        } else {
            Err("an invoice that is open again")
        }
    }

    /// The purchase of an answer to an undoing DELETE: it has to show its invoices, and none that
    /// still counts. A DELETE that answers 200 proves nothing else (docs/cin7-api.md, purchases).
    pub(crate) fn undone(self) -> Result<Purchase, Lacking> {
        if self.shown_invoices()?.is_none() {
            return Err(INVOICES);
        }
        let purchase = self.purchase()?;
        if purchase.invoices.iter().all(is_open) {
            Ok(purchase)
        } else {
            Err("a purchase whose invoices are all open again")
        }
    }

    /// The purchase of an answer to a voiding DELETE.
    pub(crate) fn voided(self) -> Result<Purchase, Lacking> {
        let purchase = self.purchase()?;
        if purchase.status.trim().eq_ignore_ascii_case("VOIDED") {
            Ok(purchase)
        } else {
            Err("a voided purchase")
        }
    }

    /// The purchase of an answer that shows invoices, or one bare invoice known by its `TaskID`.
    fn of_invoice(mut self, purchase_id: &str) -> Result<Purchase, Lacking> {
        let bare = self.shown_invoices()?.is_none() && !self.task_id.0.trim().is_empty();
        if !bare {
            return self.purchase();
        }
        let invoice = Invoice {
            task_id: std::mem::take(&mut self.task_id),
            status: std::mem::take(&mut self.status),
            lines: self.lines.take(),
            additional_charges: self.additional_charges.take(),
            ..Invoice::default()
        };
        if self.purchase_id.0.trim().is_empty() {
            self.purchase_id = Text(purchase_id.to_owned());
        }
        let mut purchase = self.purchase()?;
        purchase.invoices = vec![invoice.posted(purchase_id)];
        Ok(purchase)
    }

    fn shown_invoices(&self) -> Result<Option<Vec<Invoice>>, Lacking> {
        let Some(raw) = self.invoices.as_ref().or(self.invoice.as_ref()) else {
            return Ok(None);
        };
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'[') => serde_json::from_str(text).map(Some),
            Some(b'{') => serde_json::from_str(text).map(|invoice| Some(vec![invoice])),
            _ => Ok(None),
        }
        .map_err(|_| INVOICES)
    }
}

/// A row of `GET /purchaseList`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PurchaseListRow {
    #[serde(rename = "ID")]
    id: Text,
    order_number: Text,
    status: Text,
    invoice_status: Text,
    #[serde(rename = "SupplierID")]
    supplier_id: Text,
    invoice_number: Text,
    invoice_date: Text,
    invoice_amount: Amount,
    paid_amount: Amount,
    supplier_currency: Text,
    last_updated_date: Text,
}

impl Row for PurchaseListRow {
    const PATH: &'static str = "purchaseList";
    const LIST: &'static str = "PurchaseList";

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl From<PurchaseListRow> for PurchaseRow {
    fn from(row: PurchaseListRow) -> Self {
        Self {
            purchase_id: row.id.0,
            order_number: row.order_number.0,
            status: row.status.0,
            invoice_status: row.invoice_status.filled(),
            supplier_id: row.supplier_id.filled(),
            invoice_number: row.invoice_number.filled(),
            invoice_date: day::read(&row.invoice_date.0),
            invoice_amount: row.invoice_amount.0,
            paid_amount: row.paid_amount.0,
            currency: row.supplier_currency.0.parse().ok(),
            updated: row.last_updated_date.0.trim().parse().ok(),
        }
    }
}
