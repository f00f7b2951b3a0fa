//! The bodies of writes: the very text that is sent, so that it can be recorded before it is.

mod body;
mod deletion;
mod journal;
mod money_operation;
mod payment;
mod purchase;
mod supplier;
mod undo;

use serde::Serialize;

use self::body::{
    ChargeBody, ContactBody, CustomerBody, DeprecationBody, HeaderBody, InvoiceBody, LineBody,
    OrderBody,
};
pub(crate) use self::deletion::Deletion;
pub use self::deletion::{
    delete_payment_request, undo_invoice_request, undo_sale_request, void_sale_request,
};
pub use self::journal::{journal_request, journal_update_request};
pub use self::money_operation::{money_operation_request, money_operation_update_request};
pub use self::payment::{payment_request, payment_update_request};
pub use self::purchase::{
    purchase_header_request, purchase_invoice_request, purchase_order_request,
};
pub use self::supplier::supplier_request;
pub use self::undo::{
    delete_purchase_payment_request, undo_journal_request, undo_money_operation_request,
    undo_purchase_invoice_request, undo_purchase_request, void_journal_request,
    void_money_operation_request, void_purchase_request,
};
use crate::day::Day;
use crate::limit::cut;
use crate::number::Number;
use crate::{NewCustomer, SaleHeader, SaleInvoice, SaleLine, SaleOrder};

// Lengths of fields (docs/cin7-api.md, sales and customers).
const CUSTOMER_NAME: usize = 256;
const CUSTOMER_COMMENTS: usize = 2000;
const CONTACT_NAME: usize = 256;
const PHONE: usize = 50;
const CUSTOMER_REFERENCE: usize = 256;
const NOTE: usize = 1024;
const LINE_NAME: usize = 1024;
const LINE_COMMENT: usize = 256;
const CHARGE_DESCRIPTION: usize = 256;

/// Asks for a task of its own (docs/cin7-api.md, sale invoice).
const NO_TASK: &str = "00000000-0000-0000-0000-000000000000";

/// The body of `POST /customer`. Addresses are not sent: Cin7 wants a street and a country, which
/// FreshBooks clients need not have (docs/cin7-api.md, customers).
#[must_use]
pub fn customer_request(customer: &NewCustomer) -> String {
    let contact = [&customer.contact, &customer.name]
        .into_iter()
        .find(|name| !name.is_empty());
    json(&CustomerBody {
        name: cut(&customer.name, CUSTOMER_NAME),
        status: "Active",
        currency: customer.currency,
        payment_term: &customer.payment_term,
        account_receivable: &customer.account_receivable,
        revenue_account: &customer.revenue_account,
        tax_rule: &customer.tax_rule,
        comments: cut(&customer.comments, CUSTOMER_COMMENTS),
        contacts: [ContactBody {
            name: cut(contact.map_or("", String::as_str), CONTACT_NAME),
            email: &customer.email,
            phone: cut(&customer.phone, PHONE),
            default: true,
        }],
    })
}

/// The body of a `PUT /customer` that deprecates.
pub(crate) fn deprecation_request(id: &str, name: &str) -> String {
    json(&DeprecationBody {
        id,
        name: cut(name, CUSTOMER_NAME),
        status: "Deprecated",
    })
}

/// The body of `POST /sale`. The mark is sent whole, whatever its length: a cut mark would never
/// be found again.
#[must_use]
pub fn header_request(header: &SaleHeader) -> String {
    json(&HeaderBody {
        customer_id: &header.customer_id,
        sale_type: "Simple",
        service_only: header.service_only,
        skip_quote: true,
        location: &header.location,
        sale_order_date: Day(header.date),
        tax_rule: header.tax_rule.as_deref(),
        tax_inclusive: false,
        terms: header.terms.as_deref(),
        currency_rate: Number(header.currency_rate),
        default_account: header.default_account.as_deref(),
        customer_reference: cut(&header.customer_reference, CUSTOMER_REFERENCE),
        external_id: &header.external_id,
        note: cut(&header.note, NOTE),
    })
}

/// The body of `POST /sale/order`, authorised at once and without any picking.
#[must_use]
pub fn order_request(sale_id: &str, order: &SaleOrder) -> String {
    json(&OrderBody {
        sale_id,
        combine_additional_charges: false,
        memo: "",
        status: "AUTHORISED",
        auto_pick_pack_ship_mode: "NOPICK",
        // Lines of an order have no account, those of an invoice do (docs/cin7-api.md, sales).
        lines: lines(&order.lines)
            .map(|line| LineBody {
                account: None,
                ..line_body(line)
            })
            .collect(),
        additional_charges: charges(&order.lines)
            .map(|line| ChargeBody {
                account: None,
                ..charge_body(line)
            })
            .collect(),
    })
}

/// The body of `POST /sale/invoice`, authorised at once. The task of a simple sale's invoice is the
/// sale; the zero id, which makes one more invoice of an advanced sale at each try, is sent only where
/// the invoice says so (docs/cin7-api.md, authorised invoices).
#[must_use]
pub fn invoice_request(sale_id: &str, invoice: &SaleInvoice) -> String {
    json(&InvoiceBody {
        sale_id,
        task_id: if invoice.new_task { NO_TASK } else { sale_id },
        combine_additional_charges: false,
        status: "AUTHORISED",
        invoice_date: Day(invoice.date),
        invoice_due_date: Day(invoice.due),
        currency_conversion_rate: Number(invoice.currency_rate),
        memo: cut(&invoice.memo, NOTE),
        lines: lines(&invoice.lines).map(line_body).collect(),
        additional_charges: charges(&invoice.lines).map(charge_body).collect(),
    })
}

fn lines(all: &[SaleLine]) -> impl Iterator<Item = &SaleLine> {
    all.iter().filter(|line| !line.is_charge())
}

fn charges(all: &[SaleLine]) -> impl Iterator<Item = &SaleLine> {
    all.iter().filter(|line| line.is_charge())
}

fn charge_body(line: &SaleLine) -> ChargeBody<'_> {
    ChargeBody {
        description: cut(&line.name, CHARGE_DESCRIPTION),
        quantity: Number(line.quantity),
        price: Number(line.price),
        discount: Number(line.discount),
        tax: Number(line.tax),
        total: Number(line.total),
        tax_rule: &line.tax_rule,
        account: line.account.as_deref(),
        comment: cut(&line.comment, LINE_COMMENT),
    }
}

fn line_body(line: &SaleLine) -> LineBody<'_> {
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
        account: line.account.as_deref(),
        comment: cut(&line.comment, LINE_COMMENT),
    }
}

/// Writing to memory fails only for maps whose keys are not text, and there are none.
fn json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

#[cfg(test)]
mod tests;
