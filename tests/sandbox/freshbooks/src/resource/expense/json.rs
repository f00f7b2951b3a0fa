//! An expense as the API shows it.

use serde_json::{Map, Value, json};

use super::STAFF_ID;
use super::form::{ExpenseTax, NewExpense};
use crate::account::BillMatches;
use crate::money::{money, percent};
use crate::query::Query;
use crate::resource::{Invoice, NewCategory, Resource as _};
use crate::shelf::Kept;
use crate::world::View;

/// Nothing rebilled it and nobody is to pay for it.
const INTERNAL: i64 = 0;
/// To be billed on, and not on an invoice yet.
const OUTSTANDING: i64 = 1;
/// On an invoice.
const INVOICED: i64 = 2;
/// On an invoice that was paid. An SDK says 3, which is wrong.
const RECOUPED: i64 = 4;

/// There is no `currency_code`, and `amount` is with tax, unlike a bill's.
pub(super) fn render(kept: &Kept<NewExpense>, view: &View<'_>, with_category: bool) -> Value {
    let expense = &kept.content;
    let (status, invoice_id) = standing(kept, view);
    let category = view.books.categories.get(expense.category_id);
    let imported = expense.bank_account.is_some();
    let mut shown = json!({
        "id": kept.id, "expenseid": kept.id,
        "accounting_systemid": view.books.account.account_id,
        "categoryid": expense.category_id, "staffid": STAFF_ID, "clientid": expense.client_id,
        "projectid": 0, "modern_projectid": null, "converse_projectid": null, "profileid": null,
        "invoiceid": invoice_id, "amount": money(expense.amount, expense.currency(view.books)),
        "date": expense.day().to_string(), "vendor": expense.vendor, "notes": expense.notes,
        "compounded_tax": expense.compounded_tax,
        "accountid": imported.then_some(1), "account_name": expense.bank_account,
        "bank_name": if imported { "A bank" } else { "" },
        "transactionid": imported.then_some(kept.id), "billable": expense.billable,
        "markup_percent": "0", "has_receipt": expense.has_receipt, "include_receipt": false,
        "isduplicate": false,
        "is_cogs": category.is_some_and(|category| category.content.is_cogs),
        "bill_matches": bill_matches(expense, view),
        "potential_bill_payment": expense.potential_bill_payment, "status": status,
        "ext_invoiceid": 0, "ext_systemid": 0, "background_jobid": null,
        "from_bulk_import": false, "updated": view.eastern.stamp(kept.updated),
        "version": view.eastern.version(kept.version), "vis_state": kept.vis_state.number(),
    });
    if let Some(fields) = shown.as_object_mut() {
        let code = expense.currency(view.books);
        fields.extend(tax(expense.tax1.as_ref(), 1, code));
        fields.extend(tax(expense.tax2.as_ref(), 2, code));
        if let (true, Some(category)) = (with_category, category) {
            let category = NewCategory::render(category, view, &Query::default());
            fields.insert("category".to_owned(), category);
        }
    }
    shown
}

/// `taxAmount1` is money here, and a percentage on an invoice line.
fn tax(tax: Option<&ExpenseTax>, number: u8, code: &str) -> Map<String, Value> {
    let rate = tax.and_then(|tax| tax.rate).map(percent);
    let shown = [
        ("taxName", json!(tax.map(|tax| &tax.name))),
        ("taxPercent", json!(rate)),
        ("taxAmount", json!(tax.map(|tax| money(tax.amount, code)))),
    ];
    let numbered = |(key, value)| (format!("{key}{number}"), value);
    shown.into_iter().map(numbered).collect()
}

/// Its status and the invoice that bills it on, which a line of that invoice says.
fn standing(kept: &Kept<NewExpense>, view: &View<'_>) -> (i64, Option<i64>) {
    if !kept.content.billable {
        return (INTERNAL, None);
    }
    let invoice = view.books.invoices.newest_first().find(|invoice| {
        let lines = &invoice.content.form.lines;
        invoice.is_live() && lines.iter().any(|line| line.expense_id == kept.id)
    });
    match invoice {
        None => (OUTSTANDING, None),
        Some(invoice) if Invoice::is_paid(invoice, view) => (RECOUPED, Some(invoice.id)),
        Some(invoice) => (INVOICED, Some(invoice.id)),
    }
}

fn bill_matches(expense: &NewExpense, view: &View<'_>) -> Vec<Value> {
    let shape = view.books.quirks.bill_matches;
    let matched = |id: &i64| match shape {
        BillMatches::Ids => json!(id),
        BillMatches::Objects => {
            let payment = view.books.bill_payments.get(*id);
            let bill_id = payment.map(|payment| payment.content.bill_id);
            json!({"bill_payment_id": id, "billid": bill_id})
        }
    };
    expense.bill_payment_ids.iter().map(matched).collect()
}
