//! The bodies of purchases (docs/cin7-api.md, purchases).

use serde::Serialize;

use super::body::LineBody;
use super::{LINE_COMMENT, LINE_NAME, NOTE, json};
use crate::day::Day;
use crate::limit::cut;
use crate::number::Number;
use crate::{
    Approach, PurchaseCharge, PurchaseHeader, PurchaseInvoice, PurchaseKind, PurchaseLine,
    PurchaseOrder,
};

const CHARGE_TEXT: usize = 256;

/// The body of `POST /advanced-purchase`. Of `PurchaseType` and `IsServiceOnly` only one is sent:
/// whether they go together is unconfirmed.
#[must_use]
pub fn purchase_header_request(header: &PurchaseHeader) -> String {
    let note = format!("{}\n{}", header.mark, header.remarks);
    let service = header.kind == PurchaseKind::Service;
    json(&HeaderBody {
        supplier_id: &header.supplier_id,
        approach: match header.approach {
            Approach::Invoice => "INVOICE",
            Approach::Stock => "STOCK",
        },
        purchase_type: (!service).then_some("Simple"),
        is_service_only: service.then_some(true),
        location: &header.location,
        tax_rule: header.tax_rule.as_deref(),
        terms: header.terms.as_deref(),
        tax_calculation: "Exclusive",
        currency_rate: Number(header.currency_rate),
        note: cut(note.trim_end(), NOTE),
    })
}

/// The body of `POST /purchase/order`, authorised at once. `TaskID` is the purchase's own id.
#[must_use]
pub fn purchase_order_request(purchase_id: &str, order: &PurchaseOrder) -> String {
    json(&OrderBody {
        task_id: purchase_id,
        combine_additional_charges: false,
        memo: cut(&order.memo, NOTE),
        status: "AUTHORISED",
        // Rows of an order have no account, those of an invoice need one.
        lines: order
            .lines
            .iter()
            .map(|line| LineBody {
                account: None,
                ..line_body(line)
            })
            .collect(),
        additional_charges: order
            .charges
            .iter()
            .map(|charge| ChargeBody {
                account: None,
                ..charge_body(charge)
            })
            .collect(),
    })
}

/// The body of `POST /advanced-purchase/invoice`, authorised at once. The task is
/// [`crate::Purchase::invoice_task`]. The number is sent whole, like every mark.
#[must_use]
pub fn purchase_invoice_request(
    purchase_id: &str,
    task_id: &str,
    invoice: &PurchaseInvoice,
) -> String {
    json(&InvoiceBody {
        purchase_id,
        task_id,
        combine_additional_charges: false,
        status: "AUTHORISED",
        invoice_number: &invoice.number,
        invoice_date: Day(invoice.date),
        invoice_due_date: Day(invoice.due),
        lines: invoice.lines.iter().map(line_body).collect(),
        additional_charges: invoice.charges.iter().map(charge_body).collect(),
    })
}

fn line_body(line: &PurchaseLine) -> LineBody<'_> {
    LineBody {
        product_id: &line.product_id,
        sku: &line.sku,
        name: cut(&line.name, LINE_NAME),
        quantity: Number(line.quantity),
        price: Number(line.price),
        discount: Number(line.discount),
        tax: Number(line.tax),
        total: Number(line.total),
        tax_rule: &line.tax_rule,
        account: Some(&line.account),
        comment: cut(&line.comment, LINE_COMMENT),
    }
}

fn charge_body(charge: &PurchaseCharge) -> ChargeBody<'_> {
    ChargeBody {
        description: cut(&charge.description, CHARGE_TEXT),
        reference: cut(&charge.reference, CHARGE_TEXT),
        quantity: Number(charge.quantity),
        price: Number(charge.price),
        discount: Number(charge.discount),
        tax: Number(charge.tax),
        total: Number(charge.total),
        tax_rule: &charge.tax_rule,
        account: Some(&charge.account),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct HeaderBody<'a> {
    #[serde(rename = "SupplierID")]
    supplier_id: &'a str,
    approach: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchase_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_service_only: Option<bool>,
    location: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<&'a str>,
    tax_calculation: &'static str,
    currency_rate: Number,
    note: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OrderBody<'a> {
    #[serde(rename = "TaskID")]
    task_id: &'a str,
    combine_additional_charges: bool,
    memo: &'a str,
    status: &'static str,
    lines: Vec<LineBody<'a>>,
    additional_charges: Vec<ChargeBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvoiceBody<'a> {
    #[serde(rename = "PurchaseID")]
    purchase_id: &'a str,
    #[serde(rename = "TaskID")]
    task_id: &'a str,
    combine_additional_charges: bool,
    status: &'static str,
    invoice_number: &'a str,
    invoice_date: Day,
    invoice_due_date: Day,
    lines: Vec<LineBody<'a>>,
    additional_charges: Vec<ChargeBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ChargeBody<'a> {
    description: &'a str,
    reference: &'a str,
    quantity: Number,
    price: Number,
    discount: Number,
    tax: Number,
    total: Number,
    tax_rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
}
