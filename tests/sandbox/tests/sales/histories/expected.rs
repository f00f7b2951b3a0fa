//! What Cin7 should hold: a function of what FreshBooks says last, and of nothing else.

use std::collections::BTreeMap;

use cin7_stand_in::{DocumentStatus, Sale};
use jiff::civil::Date;
use money::Decimal;
use serde_json::Value;

use super::deeds::KINDS;
use super::office::{Office, amount, day, is_deleted, is_draft};
use crate::world::World;

/// Nothing dated earlier crosses: the start date of the settings.
const START: &str = "2026-01-01";

/// The account of cash, which the settings give one of its own.
pub(super) const CASH: &str = "092";
const BANK: &str = "090";

/// Every invoice that stands, by its FreshBooks id.
pub(super) type Books = BTreeMap<i64, Sold>;

/// An invoice that stands in Cin7.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sold {
    customer: String,
    number: String,
    total: Decimal,
    date: Date,
    due: Date,
    payments: BTreeMap<i64, Paid>,
}

impl Sold {
    /// Whether this payment stands on it.
    pub(super) fn holds(&self, payment: i64) -> bool {
        self.payments.contains_key(&payment)
    }
}

/// A payment on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paid {
    amount: Decimal,
    date: Date,
    account: String,
}

/// What Cin7 should hold.
pub(super) fn expected(world: &World, office: &Office<'_>) -> Books {
    let account = &world.acme().account;
    let mut books = Books::new();
    for &id in &office.invoices {
        let shown = world.freshbooks.invoice(account, id).unwrap();
        if crosses(&shown, "create_date") && !is_draft(&shown) {
            books.insert(id, sold(&shown));
        }
    }
    for &id in &office.payments {
        let shown = world.freshbooks.payment(account, id).unwrap();
        let is_money = shown["from_credit"] == Value::Bool(false);
        let invoice = books.get_mut(&shown["invoiceid"].as_i64().unwrap());
        if let Some(invoice) = invoice
            && is_money
            && crosses(&shown, "date")
        {
            invoice.payments.insert(id, paid(&shown));
        }
    }
    books
}

fn crosses(shown: &Value, date: &str) -> bool {
    !is_deleted(shown) && date_of(shown, date) >= day(START)
}

fn date_of(shown: &Value, field: &str) -> Date {
    day(shown[field].as_str().unwrap())
}

fn sold(shown: &Value) -> Sold {
    let text = |field: &str| shown[field].as_str().unwrap().to_owned();
    Sold {
        customer: text("current_organization"),
        number: text("invoice_number"),
        total: amount(&shown["amount"]),
        date: date_of(shown, "create_date"),
        due: date_of(shown, "due_date"),
        payments: BTreeMap::new(),
    }
}

fn paid(shown: &Value) -> Paid {
    let account = if shown["type"].as_str() == Some(KINDS[1]) {
        CASH
    } else {
        BANK
    };
    Paid {
        amount: amount(&shown["amount"]),
        date: date_of(shown, "date"),
        account: account.to_owned(),
    }
}

/// What Cin7 holds; what is wrong with it in itself where something is.
pub(super) fn held(world: &World) -> Result<Books, String> {
    let mut books = Books::new();
    for sale in world.cin7.sales(&world.acme().keys) {
        if sale.voided {
            if !sale.payments.is_empty() {
                return Err(format!("payments stand on {}, voided", sale.order_number));
            }
            continue;
        }
        let id = marked(world, "invoice", &sale.header.external_id)?;
        if books.insert(id, posted(world, &sale)?).is_some() {
            return Err(format!("invoice {id} stands twice"));
        }
    }
    Ok(books)
}

fn posted(world: &World, sale: &Sale) -> Result<Sold, String> {
    let [invoice] = sale.invoices.as_slice() else {
        let count = sale.invoices.len();
        return Err(format!("{} has {count} invoices", sale.order_number));
    };
    let authorised = [invoice.status, sale.order.status];
    if authorised != [DocumentStatus::Authorised; 2] {
        return Err(format!("{} is {authorised:?}", sale.order_number));
    }
    let mut payments = BTreeMap::new();
    for payment in &sale.payments {
        let id = marked(world, "payment", &payment.reference)?;
        let paid = Paid {
            amount: payment.amount,
            date: payment.date_paid,
            account: payment.account.clone(),
        };
        if payments.insert(id, paid).is_some() {
            return Err(format!("payment {id} stands twice"));
        }
    }
    Ok(Sold {
        customer: sale.header.customer.clone(),
        number: sale.header.customer_reference.clone(),
        total: sale.invoice_total(invoice),
        date: invoice.date,
        due: invoice.due_date,
        payments,
    })
}

/// The FreshBooks id in a mark, of whatever generation.
fn marked(world: &World, kind: &str, mark: &str) -> Result<i64, String> {
    let begin = format!("freshbooks:{}:{kind}:", world.acme().account.account_id);
    let rest = mark.strip_prefix(&begin);
    let id = rest.and_then(|rest| rest.split(':').next()?.parse().ok());
    id.ok_or_else(|| format!("something stands in Cin7 under the mark {mark:?}"))
}
