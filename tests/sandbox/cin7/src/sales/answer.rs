//! Sales and their documents as they are answered.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{Charge, DocumentStatus, Header, Invoice, Line, Payment, Sale, SaleType};
use super::totals::totals;
use crate::account::AccountState;
use crate::http::Reply;
use crate::json::{day, exact, stamp};

/// The answer to everything about `/sale`.
pub(super) fn sale(account: &AccountState, sale: &Sale) -> Reply {
    let shipping = sale.shipping_status();
    Reply::json(&SaleAnswer {
        id: sale.id,
        header: &sale.header,
        tax_calculation: if sale.tax_inclusive {
            "Inclusive"
        } else {
            "Exclusive"
        },
        status: sale.status(&account.options.quirks),
        sale_type: sale.sale_type,
        service_only: sale.sale_type == SaleType::Service,
        quote: Quote {
            status: sale.quote_status(),
            lines: [],
        },
        order: order_answer(sale),
        fulfilments: [],
        invoices: sale
            .invoices
            .iter()
            .map(|invoice| invoice_answer(sale, invoice))
            .collect(),
        credit_notes: [],
        base_currency: &account.options.base_currency,
        customer_currency: &sale.currency,
        cogs_amount: 0,
        last_modified_on: sale.updated,
        source_channel: None,
        combined_picking_status: shipping,
        combined_packing_status: shipping,
        combined_shipping_status: shipping,
        combined_invoice_status: sale.combined_invoice_status(),
        combined_payment_status: sale.combined_payment_status(),
        ful_filment_status: shipping,
        transactions: [],
        inventory_movements: [],
    })
}

/// The answer to everything about `/sale/order`.
pub(super) fn order(sale: &Sale) -> Reply {
    Reply::json(&order_answer(sale))
}

/// The answer to everything about `/sale/invoice`.
pub(super) fn invoices(sale: &Sale) -> Reply {
    let invoices = sale
        .invoices
        .iter()
        .map(|invoice| invoice_answer(sale, invoice))
        .collect();
    Reply::json(&InvoicesAnswer {
        sale_id: sale.id,
        invoices,
    })
}

/// A payment as it is answered.
pub(super) fn payment<'a>(sale: &'a Sale, payment: &'a Payment) -> impl Serialize + 'a {
    let mut invoices = sale.invoices.iter();
    let invoice = invoices.find(|invoice| invoice.task_id == payment.task_id);
    PaymentAnswer {
        sale_id: sale.id,
        payment,
        sale_order_number: &sale.order_number,
        invoice_number: invoice.map(|invoice| invoice.number.as_str()),
        credit_note_number: None,
        credit_id: None,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SaleAnswer<'a> {
    #[serde(rename = "ID")]
    id: Uuid,
    #[serde(flatten)]
    header: &'a Header,
    tax_calculation: &'a str,
    status: &'a str,
    #[serde(rename = "Type")]
    sale_type: SaleType,
    service_only: bool,
    quote: Quote,
    order: OrderAnswer<'a>,
    fulfilments: [u8; 0],
    invoices: Vec<InvoiceAnswer<'a>>,
    credit_notes: [u8; 0],
    base_currency: &'a str,
    customer_currency: &'a str,
    #[serde(rename = "COGSAmount")]
    cogs_amount: u8,
    #[serde(serialize_with = "stamp")]
    last_modified_on: Timestamp,
    source_channel: Option<&'a str>,
    combined_picking_status: &'a str,
    combined_packing_status: &'a str,
    combined_shipping_status: &'a str,
    combined_invoice_status: &'a str,
    combined_payment_status: &'a str,
    ful_filment_status: &'a str,
    transactions: [u8; 0],
    inventory_movements: [u8; 0],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Quote {
    status: DocumentStatus,
    lines: [u8; 0],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OrderAnswer<'a> {
    #[serde(rename = "SaleID")]
    sale_id: Uuid,
    sale_order_number: &'a str,
    memo: &'a str,
    status: DocumentStatus,
    lines: &'a [Line],
    additional_charges: &'a [Charge],
    #[serde(serialize_with = "exact")]
    total_before_tax: Decimal,
    #[serde(serialize_with = "exact")]
    tax: Decimal,
    #[serde(serialize_with = "exact")]
    total: Decimal,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvoicesAnswer<'a> {
    #[serde(rename = "SaleID")]
    sale_id: Uuid,
    invoices: Vec<InvoiceAnswer<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvoiceAnswer<'a> {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    invoice_number: &'a str,
    status: &'a str,
    #[serde(serialize_with = "day")]
    invoice_date: Date,
    #[serde(serialize_with = "day")]
    invoice_due_date: Date,
    #[serde(serialize_with = "exact")]
    currency_conversion_rate: Decimal,
    memo: &'a str,
    billing_address_line1: &'a str,
    billing_address_line2: &'a str,
    lines: &'a [Line],
    additional_charges: &'a [Charge],
    payments: Vec<&'a Payment>,
    #[serde(serialize_with = "exact")]
    total_before_tax: Decimal,
    #[serde(serialize_with = "exact")]
    tax: Decimal,
    #[serde(serialize_with = "exact")]
    total: Decimal,
    #[serde(serialize_with = "exact")]
    paid: Decimal,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PaymentAnswer<'a> {
    #[serde(rename = "SaleID")]
    sale_id: Uuid,
    #[serde(flatten)]
    payment: &'a Payment,
    sale_order_number: &'a str,
    invoice_number: Option<&'a str>,
    credit_note_number: Option<&'a str>,
    #[serde(rename = "CreditID")]
    credit_id: Option<Uuid>,
}

fn order_answer(sale: &Sale) -> OrderAnswer<'_> {
    let order = &sale.order;
    let totals = totals(&order.lines, &order.charges, sale.tax_inclusive);
    OrderAnswer {
        sale_id: sale.id,
        sale_order_number: &sale.order_number,
        memo: &order.memo,
        status: order.status,
        lines: &order.lines,
        additional_charges: &order.charges,
        total_before_tax: totals.before_tax,
        tax: totals.tax,
        total: totals.total,
    }
}

fn invoice_answer<'a>(sale: &'a Sale, invoice: &'a Invoice) -> InvoiceAnswer<'a> {
    let totals = totals(&invoice.lines, &invoice.charges, sale.tax_inclusive);
    let payments = sale
        .payments
        .iter()
        .filter(|payment| payment.task_id == invoice.task_id);
    InvoiceAnswer {
        task_id: invoice.task_id,
        invoice_number: &invoice.number,
        status: sale.invoice_status(invoice),
        invoice_date: invoice.date,
        invoice_due_date: invoice.due_date,
        currency_conversion_rate: invoice.currency_rate,
        memo: &invoice.memo,
        billing_address_line1: &invoice.billing_address_line1,
        billing_address_line2: &invoice.billing_address_line2,
        lines: &invoice.lines,
        additional_charges: &invoice.charges,
        payments: payments.collect(),
        total_before_tax: totals.before_tax,
        tax: totals.tax,
        total: totals.total,
        paid: sale.paid(invoice.task_id),
    }
}
