//! An invoice as the API shows it.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::form::{LineTax, NewLine};
use super::status::Standing;
use super::totals::line_amount;
use super::{Invoice, Stage};
use crate::account::UnusedTax;
use crate::money::{long_money, money, percent, unit_money};
use crate::shelf::Kept;
use crate::world::View;

/// The invoice, with its lines only where they were asked for.
pub(super) fn render(kept: &Kept<Invoice>, view: &View<'_>, with_lines: bool) -> Value {
    let standing = Standing::of(kept, view);
    let mut fields = Map::new();
    for part in [
        ids(kept, view),
        dates_and_states(kept, view, &standing),
        amounts(&kept.content, &standing),
        billed_to(&kept.content, view),
        texts(&kept.content),
    ] {
        if let Value::Object(part) = part {
            fields.extend(part);
        }
    }
    if with_lines {
        let lines = kept.content.form.lines.iter().zip(1..);
        let lines = lines
            .map(|(line, place)| {
                let invoice = &kept.content;
                let updated = view.eastern.stamp(kept.updated);
                line_json(
                    view,
                    line,
                    place,
                    (kept.id, &invoice.currency_code, &updated),
                )
            })
            .collect();
        fields.insert("lines".to_owned(), lines);
    }
    Value::Object(fields)
}

/// 0 is "none" in a foreign key.
fn ids(kept: &Kept<Invoice>, view: &View<'_>) -> Value {
    let invoice = &kept.content;
    let account_id = &view.books.account.account_id;
    json!({
        "id": kept.id, "invoiceid": kept.id, "accountid": account_id,
        "accounting_systemid": account_id, "uuid": invoice.uuid,
        "customerid": invoice.form.client_id, "ownerid": 1, "sentid": 1,
        "estimateid": 0, "parent": 0, "basecampid": 0,
        "invoice_number": invoice.number, "po_number": invoice.form.po_number,
        "currency_code": invoice.currency_code, "language": "en",
    })
}

fn dates_and_states(kept: &Kept<Invoice>, view: &View<'_>, standing: &Standing) -> Value {
    let invoice = &kept.content;
    json!({
        "create_date": invoice.date.to_string(),
        "due_offset_days": invoice.form.due_offset_days, "due_date": invoice.due().to_string(),
        "date_paid": standing.date_paid.map(|day| day.to_string()),
        "fulfillment_date": null, "generation_date": null,
        "created_at": view.eastern.stamp(kept.created),
        "updated": view.eastern.stamp(kept.updated),
        "version": view.eastern.version(kept.version),
        "status": standing.status, "v3_status": standing.v3_status,
        "display_status": standing.v3_status, "payment_status": standing.payment_status,
        "deposit_status": "none", "autobill_status": null,
        "dispute_status": (invoice.stage == Stage::Disputed).then_some("disputed"),
        "last_order_status": null, "vis_state": kept.vis_state.number(),
    })
}

/// `discount_value` is a percentage, `discount_total` is negative, `discount.amount` is not.
fn amounts(invoice: &Invoice, standing: &Standing) -> Value {
    let code = &invoice.currency_code;
    let (rate, off) = (invoice.form.discount_percent, standing.totals.discount);
    let discount = (!rate.is_zero())
        .then(|| json!({"amount": money(off, code), "rate": percent(rate), "type": "percent"}));
    let discount_total = if off.is_zero() { Decimal::ZERO } else { -off };
    json!({
        "amount": money(standing.totals.total, code),
        "outstanding": money(standing.outstanding, code),
        "paid": money(standing.paid, code),
        "net_paid_amount": long_money(standing.paid, code),
        "discount_value": percent(rate), "discount_total": money(discount_total, code),
        "discount_description": null, "discount": discount,
        "deposit_amount": null, "deposit_percentage": null,
    })
}

fn billed_to(invoice: &Invoice, view: &View<'_>) -> Value {
    let billed = &invoice.billed;
    let current = view.books.clients.get(invoice.form.client_id);
    let current = current.map_or("", |client| &client.content.form.organization);
    json!({
        "organization": billed.organization, "current_organization": current,
        "fname": billed.first_name, "lname": billed.last_name, "address": "",
        "street": billed.street, "street2": "", "city": billed.city,
        "province": billed.province, "code": billed.postal_code, "country": billed.country,
        "vat_name": null, "vat_number": billed.vat_number,
    })
}

fn texts(invoice: &Invoice) -> Value {
    json!({
        "terms": invoice.form.terms, "notes": invoice.form.notes, "description": "",
        "payment_details": "", "template": "clean-grouped", "auto_bill": false, "gmail": false,
        "show_attachments": false, "lock_status": "unlocked",
    })
}

/// The line at a place, counted from 1. The last argument is what it takes from its document: the
/// id of the invoice (0 on a credit note), the currency, and `updated`.
pub(in crate::resource) fn line_json(
    view: &View<'_>,
    line: &NewLine,
    place: i64,
    (invoice_id, code, updated): (i64, &str, &str),
) -> Value {
    let unused = view.books.quirks.unused_tax;
    let (name1, rate1, number1) = tax(line.tax1.as_ref(), unused);
    let (name2, rate2, number2) = tax(line.tax2.as_ref(), unused);
    json!({
        "lineid": place, "type": i64::from(line.expense_id != 0),
        "name": line.name, "description": line.description, "qty": line.quantity.to_string(),
        "unit_cost": unit_money(line.unit_cost, code), "amount": money(line_amount(line), code),
        "taxName1": name1, "taxAmount1": rate1, "taxNumber1": number1,
        "taxName2": name2, "taxAmount2": rate2, "taxNumber2": number2,
        "compounded_tax": line.compounded_tax, "expenseid": line.expense_id,
        "invoiceid": invoice_id, "taskno": place, "basecampid": 0, "modern_project_id": null,
        "modern_time_entries": [], "retainer_id": null, "retainer_period_id": null,
        "date": null, "updated": updated,
    })
}

/// Name, percentage under a name that says amount, and registration.
fn tax(tax: Option<&LineTax>, unused: UnusedTax) -> (Value, Value, Value) {
    match (tax, unused) {
        (Some(tax), _) => (json!(tax.name), json!(percent(tax.rate)), json!(tax.number)),
        (None, UnusedTax::EmptyText) => (json!(""), json!("0"), Value::Null),
        (None, UnusedTax::Null) => (Value::Null, Value::Null, Value::Null),
    }
}
