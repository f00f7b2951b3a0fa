//! A bill as the API shows it.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::form::{NewBill, NewBillLine};
use super::totals::{Totals, line_amount, line_tax, tax_amount};
use crate::account::WrittenAs;
use crate::money::{money, percent, unit_money};
use crate::query::Query;
use crate::resource::{LineTax, Resource};
use crate::shelf::{Kept, Shelf, VisState};
use crate::time::utc_stamp;
use crate::world::View;

/// The bill; its lines come without being asked for. Its timestamps are UTC, unlike an invoice's.
pub(super) fn render(kept: &Kept<NewBill>, view: &View<'_>, with_vendor: bool) -> Value {
    let bill = &kept.content;
    let totals = Totals::of(kept, view.books);
    let lines: Vec<Value> = (1..)
        .zip(&bill.lines)
        .map(|(place, line)| line_json(kept, view, line, place))
        .collect();
    let category = bill.lines.first().map(|line| line.category_id);
    let category = category.and_then(|id| view.books.categories.get(id));
    let mut shown = json!({
        "id": kept.id, "vendorid": bill.vendor_id, "bill_number": bill.number,
        "issue_date": bill.day().to_string(), "due_date": bill.due().to_string(),
        "due_offset_days": bill.due_offset_days, "currency_code": bill.currency(view.books),
        "language": "en", "status": totals.status(bill, view),
        "overall_category": category.map(|category| &category.content.name),
        "overall_description": bill.lines.first().map(|line| &line.description),
        "attachment": null, "bill_payments": payments(kept.id, view),
        "created_at": utc_stamp(kept.created), "updated_at": utc_stamp(kept.updated),
        "vis_state": kept.vis_state.number(), "lines": lines,
    });
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(amounts(&totals, bill.currency(view.books)));
        let hides_vendor = view.books.quirks.hides_vendor_of_put_away_bills;
        if hides_vendor && kept.vis_state != VisState::Active {
            fields.remove("vendorid");
        }
        if with_vendor {
            let vendor = one(&view.books.vendors, bill.vendor_id, view);
            fields.insert("vendor".to_owned(), vendor);
        }
    }
    shown
}

/// `amount` is before tax here, and with tax on an expense.
fn amounts(totals: &Totals, code: &str) -> Map<String, Value> {
    let amounts = [
        ("amount", totals.amount),
        ("tax_amount", totals.tax),
        ("total_amount", totals.total()),
        ("outstanding", totals.outstanding),
        ("paid", totals.paid),
    ];
    let shown = |(key, amount): (&str, Decimal)| (key.to_owned(), money(amount, code));
    amounts.into_iter().map(shown).collect()
}

/// Oldest first.
fn payments(bill_id: i64, view: &View<'_>) -> Vec<Value> {
    let shows_deleted = view.books.quirks.bill_shows_deleted_payments;
    let mut payments: Vec<_> = view
        .books
        .bill_payments
        .newest_first()
        .filter(|kept| kept.content.bill_id == bill_id && (shows_deleted || kept.is_live()))
        .map(|kept| Resource::render(kept, view, &Query::default()))
        .collect();
    payments.reverse();
    payments
}

fn line_json(kept: &Kept<NewBill>, view: &View<'_>, line: &NewBillLine, place: i64) -> Value {
    let code = kept.content.currency(view.books);
    let written = view.books.quirks.bill_tax_percent;
    let rate = |tax: Option<&LineTax>| tax.map(|tax| rate(tax.rate, written));
    let tax_money = |tax: Option<&LineTax>| tax.map(|tax| money(tax_amount(line, tax), code));
    let (tax1, tax2) = (line.tax1.as_ref(), line.tax2.as_ref());
    json!({
        "id": kept.id * 1_000 + place, "list_index": place, "description": line.description,
        "quantity": line.quantity.normalize().to_string(),
        "unit_cost": unit_money(line.unit_cost, code), "amount": money(line_amount(line), code),
        "total_amount": money(line_amount(line) + line_tax(line), code),
        "category": one(&view.books.categories, line.category_id, view),
        "tax_name1": tax1.map(|tax| &tax.name), "tax_percent1": rate(tax1),
        "tax_authorityid1": tax1.map(|tax| &tax.number), "tax_amount1": tax_money(tax1),
        "tax_name2": tax2.map(|tax| &tax.name), "tax_percent2": rate(tax2),
        "tax_authorityid2": tax2.map(|tax| &tax.number), "tax_amount2": tax_money(tax2),
    })
}

fn rate(rate: Decimal, written: WrittenAs) -> Value {
    let text = percent(rate);
    match written {
        WrittenAs::Text => Value::String(text),
        WrittenAs::Number => serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

/// The record itself, as reading it would show it; null where there is none.
fn one<R: Resource>(shelf: &Shelf<R>, id: i64, view: &View<'_>) -> Value {
    let kept = shelf.get(id);
    kept.map_or(Value::Null, |kept| R::render(kept, view, &Query::default()))
}
