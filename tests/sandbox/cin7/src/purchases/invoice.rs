//! `/advanced-purchase/invoice`.

use uuid::Uuid;

use super::lines::{self, Rows};
use super::record::{Purchase, PurchaseInvoice, PurchaseType};
use super::{answer, newest, put, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::order::{is_open, read_status};
use crate::sales::{DocumentStatus, check_lock_date};

/// What both families ask for, the purchase's own id apart.
pub(super) const REQUIRED: &[&str] = &[
    "TaskID",
    "CombineAdditionalCharges",
    "InvoiceDate",
    "InvoiceDueDate",
    "Status",
    "Lines",
];

/// `GET /advanced-purchase/invoice`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("PurchaseID")?;
    let combined = ask.truth("CombineAdditionalCharges")?.unwrap_or(false);
    Ok(answer::invoices(seen(account, ask, id)?, combined))
}

/// `POST /advanced-purchase/invoice`: overwrites every line and charge.
pub(crate) fn overwrite(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, &["PurchaseID"]);
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    let mut purchase = newest(account, fields.guid("PurchaseID")?)?;
    let task_id = read_task(account, &mut purchase, &fields)?;
    let purchase = overwritten(account, purchase, task_id, &fields)?;
    Ok(put(account, ask, purchase, answer::plain_invoices))
}

/// `PUT /advanced-purchase/invoice`: what is left out stays, an empty array deletes.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, &["PurchaseID", "TaskID"]);
    problems.settle()?;
    let purchase = newest(account, fields.guid("PurchaseID")?)?;
    let task_id = fields.guid("TaskID")?.unwrap_or_default();
    let before = open_invoice(account, &purchase, task_id)?.clone();
    let purchase = merged(account, purchase, before, &fields)?;
    Ok(put(account, ask, purchase, answer::plain_invoices))
}

/// The purchase with the invoice of a task replaced by what was sent.
pub(super) fn overwritten(
    account: &mut AccountState,
    purchase: Purchase,
    task_id: Uuid,
    fields: &Fields,
) -> Result<Purchase, Refusal> {
    let before = PurchaseInvoice {
        number: open_invoice(account, &purchase, task_id)?.number.clone(),
        ..PurchaseInvoice::not_available(task_id)
    };
    merged(account, purchase, before, fields)
}

/// The task a POST is for. On an advanced purchase the zero GUID opens another one, as it does on an
/// advanced sale.
fn read_task(
    account: &mut AccountState,
    purchase: &mut Purchase,
    fields: &Fields,
) -> Result<Uuid, Refusal> {
    let sent = fields.guid("TaskID")?.unwrap_or_default();
    if sent.is_nil() && purchase.purchase_type == PurchaseType::Advanced {
        let task_id = account.next_id("purchase task");
        purchase
            .invoices
            .push(PurchaseInvoice::not_available(task_id));
        return Ok(task_id);
    }
    Ok(sent)
}

/// The invoice of a task, checked for whether it may be written.
fn open_invoice<'a>(
    account: &AccountState,
    purchase: &'a Purchase,
    task_id: Uuid,
) -> Result<&'a PurchaseInvoice, Refusal> {
    if let Some(obstacle) = purchase.obstacle_to_invoice(&account.options.quirks.purchases) {
        return Err(Refusal::invalid(obstacle));
    }
    let Some(invoice) = purchase.invoice(task_id) else {
        return Err(no_task());
    };
    if !is_open(invoice.status) {
        return Err(Refusal::invalid(
            "Invoice status must be DRAFT or NOT AVAILABLE",
        ));
    }
    Ok(invoice)
}

/// What was sent over what was there.
fn merged(
    account: &mut AccountState,
    mut purchase: Purchase,
    mut invoice: PurchaseInvoice,
    fields: &Fields,
) -> Result<Purchase, Refusal> {
    invoice.date = fields.date("InvoiceDate")?.or(invoice.date);
    invoice.due_date = fields.date("InvoiceDueDate")?.or(invoice.due_date);
    let unsent = match invoice.status {
        DocumentStatus::NotAvailable => DocumentStatus::Draft,
        status => status,
    };
    invoice.status = read_status(fields)?.unwrap_or(unsent);
    if account.options.quirks.purchases.leaves_invoices_drafts {
        invoice.status = DocumentStatus::Draft;
    }
    let before = (
        std::mem::take(&mut invoice.lines),
        std::mem::take(&mut invoice.charges),
    );
    (invoice.lines, invoice.charges) =
        lines::read(account, &purchase, fields, Rows::Invoice, before)?;
    if let Some(date) = invoice.date {
        check_lock_date(account, "InvoiceDate", date)?;
    }
    let empty = invoice.lines.is_empty() && invoice.charges.is_empty();
    if empty && invoice.status == DocumentStatus::Authorised {
        return Err(Refusal::invalid(
            "Invoice without lines cannot be authorised",
        ));
    }
    name(account, &purchase, &mut invoice, fields)?;
    let converts = account
        .options
        .quirks
        .purchases
        .invoice_converts_simple_purchases;
    if converts && purchase.purchase_type == PurchaseType::Simple {
        purchase.purchase_type = PurchaseType::Advanced;
    }
    for other in &mut purchase.invoices {
        if other.task_id == invoice.task_id {
            other.clone_from(&invoice);
        }
    }
    Ok(purchase)
}

/// The supplier's number as it was sent, else one of Cin7's own.
fn name(
    account: &mut AccountState,
    purchase: &Purchase,
    invoice: &mut PurchaseInvoice,
    fields: &Fields,
) -> Result<(), Refusal> {
    let sent = fields.text("InvoiceNumber", 256)?.unwrap_or_default();
    let generates = account.options.quirks.purchases.generates_invoice_numbers;
    if !sent.is_empty() && !generates {
        check_number(account, purchase, &sent)?;
        invoice.number = sent;
    } else if invoice.number.is_empty() {
        invoice.number = format!("BILL-{:05}", account.next_number("purchase invoice"));
    }
    Ok(())
}

/// Whether the supplier has not used a number before, where that matters.
fn check_number(account: &AccountState, purchase: &Purchase, number: &str) -> Result<(), Refusal> {
    let quirks = &account.options.quirks.purchases;
    let mut others = account.purchases.all_newest().filter(|other| {
        let same = other.header.supplier_id == purchase.header.supplier_id;
        same && other.id != purchase.id && !other.voided
    });
    let has_it = |other: &Purchase| other.invoices.iter().any(|one| one.number == number);
    if quirks.refuses_repeated_numbers && others.any(has_it) {
        let words = format!("Invoice with number '{number}' already exists for this supplier");
        return Err(Refusal::invalid(words));
    }
    Ok(())
}

pub(super) fn no_task() -> Refusal {
    Refusal::invalid("Invoice task with specified ID not found")
}
