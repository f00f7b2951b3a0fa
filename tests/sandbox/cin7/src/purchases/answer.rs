//! Purchases and their documents as they are answered.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{
    Approach, Purchase, PurchaseCharge, PurchaseHeader, PurchasePayment, PurchaseType,
};
use super::totals::totals;
use crate::account::AccountState;
use crate::http::Reply;
use crate::json::{day_or_null, exact, stamp};
use crate::sales::{DocumentStatus, Line};

/// The answer to everything about `/advanced-purchase`. Combined, charges stand among the lines.
pub(super) fn purchase(account: &AccountState, purchase: &Purchase, combined: bool) -> Reply {
    Reply::json(&whole(account, purchase, combined, list_of))
}

/// The answer to a write of `/advanced-purchase`.
pub(super) fn plain(account: &AccountState, it: &Purchase) -> Reply {
    purchase(account, it, false)
}

/// The answer to everything about `/purchase`.
pub(super) fn simple_purchase(account: &AccountState, it: &Purchase, combined: bool) -> Reply {
    let first = |mut invoices: Vec<_>| match invoices.is_empty() {
        true => Invoices::None,
        false => Invoices::One(Box::new(invoices.swap_remove(0))),
    };
    Reply::json(&whole(account, it, combined, first))
}

/// The answer to a write of `/purchase`.
pub(super) fn plain_simple(account: &AccountState, it: &Purchase) -> Reply {
    simple_purchase(account, it, false)
}

/// The answer to everything about `/purchase/order`.
pub(super) fn order(purchase: &Purchase) -> Reply {
    Reply::json(&order_answer(purchase, false))
}

/// The answer to everything about `/advanced-purchase/invoice`.
pub(super) fn invoices(purchase: &Purchase, combined: bool) -> Reply {
    Reply::json(&InvoicesAnswer {
        purchase_id: purchase.id,
        invoices: invoice_answers(purchase, combined),
    })
}

/// The answer to a write of `/advanced-purchase/invoice`.
pub(super) fn plain_invoices(_account: &AccountState, purchase: &Purchase) -> Reply {
    invoices(purchase, false)
}

/// The answer to everything about `/purchase/invoice`: the one invoice, bare.
pub(super) fn simple_invoice(_account: &AccountState, purchase: &Purchase) -> Reply {
    Reply::json(&invoice_answers(purchase, false).first())
}

/// A payment as it is answered.
pub(super) fn payment(purchase: &Purchase, payment: &PurchasePayment) -> Reply {
    Reply::json(&payment_answer(purchase, payment))
}

/// The payments of purchases, in a bare array.
pub(super) fn payments<'a>(purchases: impl IntoIterator<Item = &'a Purchase>) -> Reply {
    let of_one = |purchase: &'a Purchase| {
        let payments = purchase.payments.iter();
        payments.map(|payment| payment_answer(purchase, payment))
    };
    let rows: Vec<_> = purchases.into_iter().flat_map(of_one).collect();
    Reply::json(&rows)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PurchaseAnswer<'a> {
    #[serde(rename = "ID")]
    id: Uuid,
    #[serde(flatten)]
    header: &'a PurchaseHeader,
    order_number: &'a str,
    status: &'a str,
    #[serde(rename = "Type")]
    purchase_type: PurchaseType,
    is_service_only: bool,
    blind_receipt: bool,
    approach: Approach,
    tax_calculation: &'a str,
    base_currency: &'a str,
    supplier_currency: &'a str,
    order: OrderAnswer<'a>,
    invoice: Invoices<'a>,
    stock_received: [StockReceived; 1],
    credit_note: [u8; 0],
    manual_journals: [u8; 0],
    #[serde(serialize_with = "stamp")]
    last_updated_date: Timestamp,
    combined_receiving_status: &'a str,
    combined_invoice_status: &'a str,
    combined_payment_status: &'a str,
    transactions: [u8; 0],
    inventory_movements: [u8; 0],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Invoices<'a> {
    List(Vec<InvoiceAnswer<'a>>),
    One(Box<InvoiceAnswer<'a>>),
    None,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StockReceived {
    status: DocumentStatus,
    lines: [u8; 0],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OrderAnswer<'a> {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    memo: &'a str,
    status: DocumentStatus,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvoicesAnswer<'a> {
    #[serde(rename = "PurchaseID")]
    purchase_id: Uuid,
    invoices: Vec<InvoiceAnswer<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvoiceAnswer<'a> {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    invoice_number: &'a str,
    status: &'a str,
    #[serde(serialize_with = "day_or_null")]
    invoice_date: Option<Date>,
    #[serde(serialize_with = "day_or_null")]
    invoice_due_date: Option<Date>,
    payments: Vec<&'a PurchasePayment>,
    #[serde(serialize_with = "exact")]
    paid: Decimal,
    #[serde(flatten)]
    content: Content<'a>,
}

/// What orders and invoices have in common.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Content<'a> {
    combine_additional_charges: bool,
    lines: Vec<Cow<'a, Line>>,
    additional_charges: &'a [PurchaseCharge],
    #[serde(serialize_with = "exact")]
    total_before_tax: Decimal,
    #[serde(serialize_with = "exact")]
    tax: Decimal,
    #[serde(serialize_with = "exact")]
    total: Decimal,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PaymentAnswer<'a> {
    #[serde(rename = "PurchaseID")]
    purchase_id: Uuid,
    #[serde(flatten)]
    payment: &'a PurchasePayment,
    #[serde(rename = "DepositID")]
    deposit_id: Option<Uuid>,
}

fn whole<'a>(
    account: &'a AccountState,
    purchase: &'a Purchase,
    combined: bool,
    shape: impl FnOnce(Vec<InvoiceAnswer<'a>>) -> Invoices<'a>,
) -> PurchaseAnswer<'a> {
    PurchaseAnswer {
        id: purchase.id,
        header: &purchase.header,
        order_number: &purchase.order_number,
        status: purchase.status(),
        purchase_type: purchase.purchase_type,
        is_service_only: purchase.purchase_type == PurchaseType::Service,
        blind_receipt: purchase.blind_receipt,
        approach: purchase.approach,
        tax_calculation: match purchase.tax_inclusive {
            true => "Inclusive",
            false => "Exclusive",
        },
        base_currency: &account.options.base_currency,
        supplier_currency: &purchase.currency,
        order: order_answer(purchase, combined),
        invoice: shape(invoice_answers(purchase, combined)),
        stock_received: [StockReceived {
            status: purchase.stock_received,
            lines: [],
        }],
        credit_note: [],
        manual_journals: [],
        last_updated_date: purchase.updated,
        combined_receiving_status: purchase.receiving_status(),
        combined_invoice_status: purchase.combined_invoice_status(),
        combined_payment_status: purchase.combined_payment_status(),
        transactions: [],
        inventory_movements: [],
    }
}

fn list_of(invoices: Vec<InvoiceAnswer<'_>>) -> Invoices<'_> {
    Invoices::List(invoices)
}

fn order_answer(purchase: &Purchase, combined: bool) -> OrderAnswer<'_> {
    let order = &purchase.order;
    OrderAnswer {
        task_id: purchase.id,
        memo: &order.memo,
        status: order.status,
        content: content(purchase, &order.lines, &order.charges, combined),
    }
}

fn invoice_answers(purchase: &Purchase, combined: bool) -> Vec<InvoiceAnswer<'_>> {
    let payments = |task_id| {
        let payments = purchase.payments.iter();
        payments
            .filter(|payment| payment.task_id == task_id)
            .collect()
    };
    purchase
        .invoices
        .iter()
        .map(|invoice| InvoiceAnswer {
            task_id: invoice.task_id,
            invoice_number: &invoice.number,
            status: purchase.invoice_status(invoice),
            invoice_date: invoice.date,
            invoice_due_date: invoice.due_date,
            payments: payments(invoice.task_id),
            paid: purchase.paid(invoice.task_id),
            content: content(purchase, &invoice.lines, &invoice.charges, combined),
        })
        .collect()
}

fn content<'a>(
    purchase: &Purchase,
    lines: &'a [Line],
    charges: &'a [PurchaseCharge],
    combined: bool,
) -> Content<'a> {
    let sums = totals(lines, charges, purchase.tax_inclusive);
    let own = lines.iter().map(Cow::Borrowed);
    let (lines, additional_charges) = match combined {
        true => {
            let others = charges.iter().map(|charge| Cow::Owned(as_line(charge)));
            (own.chain(others).collect(), <&[_]>::default())
        }
        false => (own.collect(), charges),
    };
    Content {
        combine_additional_charges: combined,
        lines,
        additional_charges,
        total_before_tax: sums.before_tax,
        tax: sums.tax,
        total: sums.total,
    }
}

/// A charge as it stands among the lines: it has no article.
fn as_line(charge: &PurchaseCharge) -> Line {
    Line {
        product_id: Uuid::nil(),
        sku: String::new(),
        name: charge.description.clone(),
        quantity: charge.quantity,
        price: charge.price,
        discount: charge.discount,
        tax: charge.tax,
        total: charge.total,
        tax_rule: charge.tax_rule.clone(),
        account: charge.account.clone(),
        comment: charge.reference.clone(),
    }
}

fn payment_answer<'a>(purchase: &Purchase, payment: &'a PurchasePayment) -> PaymentAnswer<'a> {
    PaymentAnswer {
        purchase_id: purchase.id,
        payment,
        deposit_id: None,
    }
}
