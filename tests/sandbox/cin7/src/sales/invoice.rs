//! `/sale/invoice`.

use uuid::Uuid;

use super::order::{is_open, read_status};
use super::record::{DocumentStatus, Invoice, Line, Sale, SaleType};
use super::{answer, check_lock_date, lines, newest, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};

const REQUIRED: &[&str] = &[
    "SaleID",
    "TaskID",
    "CombineAdditionalCharges",
    "Status",
    "InvoiceDate",
    "InvoiceDueDate",
];

/// `GET /sale/invoice`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("SaleID")?;
    Ok(answer::invoices(seen(account, ask, id)?))
}

/// `POST /sale/invoice`: overwrites every line and charge.
pub(crate) fn overwrite(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    let sale = newest(account, fields.guid("SaleID")?)?;
    let task_id = read_task(account, &sale, &fields)?;
    let before = existing(&sale, task_id)?.map(|invoice| Invoice {
        lines: Vec::new(),
        charges: Vec::new(),
        memo: String::new(),
        ..invoice.clone()
    });
    store(account, ask, sale, task_id, before, &fields)
}

/// `PUT /sale/invoice`: what is left out stays, an empty array deletes.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, &["SaleID", "TaskID"]);
    problems.settle()?;
    let sale = newest(account, fields.guid("SaleID")?)?;
    let task_id = fields.guid("TaskID")?.unwrap_or_default();
    let Some(before) = existing(&sale, task_id)?.cloned() else {
        return Err(no_task());
    };
    store(account, ask, sale, task_id, Some(before), &fields)
}

/// `DELETE /sale/invoice`: undoes to draft, or voids where `Void` is true.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let void = ask.truth("Void")?.unwrap_or(false);
    let task_id = ask.required_guid("TaskID")?;
    let quirks = &account.options.quirks;
    let of_task = |sale: &&Sale| {
        sale.invoices
            .iter()
            .any(|invoice| invoice.task_id == task_id)
    };
    let Some(mut sale) = account.sales.all_newest().find(of_task).cloned() else {
        return Err(no_task());
    };
    if sale.sale_type != SaleType::Advanced && !quirks.undoes_invoices_of_simple_sales {
        return Err(Refusal::invalid(
            "This method is available for Advanced Sale only",
        ));
    }
    if !sale.paid(task_id).is_zero() && !quirks.undoes_paid_documents {
        return Err(Refusal::invalid(
            "Invoice has payments and cannot be undone or voided",
        ));
    }
    let mut invoices = sale.invoices.iter_mut();
    let Some(invoice) = invoices.find(|invoice| invoice.task_id == task_id) else {
        return Err(no_task());
    };
    if invoice.status == DocumentStatus::Voided {
        return Err(Refusal::invalid("Invoice is already VOIDED"));
    }
    invoice.status = if void {
        DocumentStatus::Voided
    } else {
        DocumentStatus::Draft
    };
    Ok(put(account, ask, sale))
}

/// The task a POST is for. The zero GUID asks for a new one (docs/cin7-api.md, authorised invoices).
fn read_task(account: &mut AccountState, sale: &Sale, fields: &Fields) -> Result<Uuid, Refusal> {
    let sent = fields.guid("TaskID")?.unwrap_or_default();
    let advanced = sale.sale_type == SaleType::Advanced;
    if sent.is_nil() && advanced {
        return Ok(account.next_id("invoice task"));
    }
    let quirks = &account.options.quirks;
    let simple = sale.sale_type == SaleType::Simple;
    let only_zero = simple && quirks.refuses_sale_id_as_task;
    if sent.is_nil() && (quirks.accepts_zero_task_for_simple_sales || only_zero) {
        return Ok(sale.id);
    }
    let known = sale.invoices.iter().any(|invoice| invoice.task_id == sent);
    if known || (!advanced && sent == sale.id && !only_zero) {
        Ok(sent)
    } else {
        Err(no_task())
    }
}

/// The invoice of a task, if there is one, checked for whether it may be written.
fn existing(sale: &Sale, task_id: Uuid) -> Result<Option<&Invoice>, Refusal> {
    if !sale.may_be_invoiced() {
        return Err(Refusal::invalid("Order status must be AUTHORISED"));
    }
    let invoice = sale
        .invoices
        .iter()
        .find(|invoice| invoice.task_id == task_id);
    if invoice.is_some_and(|invoice| !is_open(invoice.status)) {
        return Err(Refusal::invalid(
            "Invoice status must be DRAFT or NOT AVAILABLE",
        ));
    }
    Ok(invoice)
}

fn store(
    account: &mut AccountState,
    ask: &Ask,
    mut sale: Sale,
    task_id: Uuid,
    before: Option<Invoice>,
    fields: &Fields,
) -> Result<Reply, Refusal> {
    let mut invoice = merge(account, &sale, task_id, before, fields)?;
    check_lock_date(account, "InvoiceDate", invoice.date)?;
    let empty = invoice.lines.is_empty() && invoice.charges.is_empty();
    if empty && invoice.status == DocumentStatus::Authorised {
        return Err(Refusal::invalid(
            "Invoice without lines cannot be authorised",
        ));
    }
    if invoice.number.is_empty() {
        invoice.number = format!("INV-{:05}", account.next_number("invoice"));
    }
    sale.invoices.retain(|other| other.task_id != task_id);
    sale.invoices.push(invoice);
    Ok(put(account, ask, sale))
}

fn put(account: &mut AccountState, ask: &Ask, mut sale: Sale) -> Reply {
    sale.updated = ask.at;
    let reply = answer::invoices(&sale);
    account.put_sale(sale, ask.at);
    reply
}

/// What was sent over what was there.
fn merge(
    account: &AccountState,
    sale: &Sale,
    task_id: Uuid,
    before: Option<Invoice>,
    fields: &Fields,
) -> Result<Invoice, Refusal> {
    let mut invoice = match before {
        Some(invoice) => invoice,
        None => blank(sale, task_id, fields)?,
    };
    invoice.date = fields.date("InvoiceDate")?.unwrap_or(invoice.date);
    invoice.due_date = fields.date("InvoiceDueDate")?.unwrap_or(invoice.due_date);
    invoice.status = read_status(fields)?.unwrap_or(invoice.status);
    invoice.currency_rate = fields
        .number("CurrencyConversionRate", 4)?
        .unwrap_or(invoice.currency_rate);
    invoice.memo = fields.text("Memo", 1024)?.unwrap_or(invoice.memo);
    let text = |name| fields.text(name, 256);
    invoice.billing_address_line1 =
        text("BillingAddressLine1")?.unwrap_or(invoice.billing_address_line1);
    invoice.billing_address_line2 =
        text("BillingAddressLine2")?.unwrap_or(invoice.billing_address_line2);
    let rules = lines::Rules {
        total_required: true,
        has_account: true,
        tax_inclusive: sale.tax_inclusive,
    };
    if let Some(rows) = fields.objects("Lines")? {
        let rows = rows.iter().map(|row| lines::line(account, row, rules));
        invoice.lines = rows.collect::<Result<_, _>>()?;
        check_services(account, sale, &invoice)?;
    }
    if let Some(rows) = fields.objects("AdditionalCharges")? {
        let rows = rows.iter().map(|row| lines::charge(account, row, rules));
        invoice.charges = rows.collect::<Result<_, _>>()?;
    }
    Ok(invoice)
}

/// A service sale holds service products only (docs/cin7-api.md, sale types).
fn check_services(account: &AccountState, sale: &Sale, invoice: &Invoice) -> Result<(), Refusal> {
    let of_stock = |line: &Line| {
        let product = account.products.newest(line.product_id);
        product.is_some_and(|product| product.kind != "Service")
    };
    if sale.sale_type == SaleType::Service && invoice.lines.iter().any(of_stock) {
        return Err(Refusal::invalid("Service Sale takes service products only"));
    }
    Ok(())
}

fn blank(sale: &Sale, task_id: Uuid, fields: &Fields) -> Result<Invoice, Refusal> {
    let (Some(date), Some(due_date)) =
        (fields.date("InvoiceDate")?, fields.date("InvoiceDueDate")?)
    else {
        return Err(Refusal::invalid(
            "Required attribute InvoiceDate is not provided.",
        ));
    };
    Ok(Invoice {
        task_id,
        number: String::new(),
        status: DocumentStatus::Draft,
        date,
        due_date,
        currency_rate: sale.header.currency_rate.round_dp(4),
        memo: String::new(),
        billing_address_line1: String::new(),
        billing_address_line2: String::new(),
        lines: Vec::new(),
        charges: Vec::new(),
    })
}

fn no_task() -> Refusal {
    Refusal::invalid("Invoice task with specified ID not found")
}
