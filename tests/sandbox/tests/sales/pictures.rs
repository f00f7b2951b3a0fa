//! What stands in Cin7 in the end, in a form in which two worlds can be compared.

use std::fmt::{Debug, Write};

use cin7_stand_in::{Journal, LedgerStatus, MoneyOperation, Payment, Purchase, Sale};
use jiff::Timestamp;

use crate::world::{Party, World};

/// The Cin7 accounts of a world, without what differs from run to run: ids, numbers given in passing,
/// and the time of writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    /// All of it.
    pub(crate) whole: String,
    /// Without what is void, and without telling generations of marks apart.
    pub(crate) standing: String,
}

pub(crate) fn picture(world: &World) -> Picture {
    let mut picture = Picture::default();
    for party in world.parties() {
        let one = picture_of(world, party);
        picture.whole += &one.whole;
        picture.standing += &one.standing;
    }
    picture
}

/// The same of one connection's account.
pub(crate) fn picture_of(world: &World, party: &Party) -> Picture {
    let mut account = Account::of(world, party);
    let whole = account.drawn(party.id);
    account.keep_what_stands();
    let standing = account.drawn(party.id);
    Picture { whole, standing }
}

/// All that the connector may write in Cin7.
struct Account {
    customers: Vec<String>,
    suppliers: Vec<String>,
    sales: Vec<Sale>,
    purchases: Vec<Purchase>,
    journals: Vec<Journal>,
    money_operations: Vec<MoneyOperation>,
}

impl Account {
    fn of(world: &World, party: &Party) -> Self {
        let (cin7, keys) = (&world.cin7, &party.keys);
        let customers = cin7.customers(keys).into_iter();
        let suppliers = cin7.suppliers(keys).into_iter();
        Self {
            customers: customers.map(|customer| customer.name).collect(),
            suppliers: suppliers.map(|supplier| supplier.name).collect(),
            sales: cin7.sales(keys),
            purchases: cin7.purchases(keys),
            journals: cin7.journals(keys),
            money_operations: cin7.money_operations(keys),
        }
    }

    fn keep_what_stands(&mut self) {
        self.sales.retain(|sale| !sale.voided);
        self.purchases.retain(|purchase| !purchase.voided);
        self.journals
            .retain(|journal| journal.status != LedgerStatus::Voided);
        self.money_operations
            .retain(|operation| operation.status != LedgerStatus::Voided);
        for sale in &mut self.sales {
            forget_generation(&mut sale.header.external_id);
            forget_generations(&mut sale.payments);
        }
        for purchase in &mut self.purchases {
            forget_generation(&mut purchase.header.note);
            forget_generations(&mut purchase.payments);
        }
        for journal in &mut self.journals {
            forget_generation(&mut journal.narration);
        }
        for operation in &mut self.money_operations {
            forget_generation(&mut operation.reference);
        }
    }

    fn drawn(&self, party: &str) -> String {
        let mut text = format!("{party}\n");
        section(&mut text, "customers", &self.customers, String::clone);
        section(&mut text, "suppliers", &self.suppliers, String::clone);
        section(&mut text, "sales", &self.sales, anonymous_sale);
        section(&mut text, "purchases", &self.purchases, anonymous_purchase);
        section(&mut text, "journals", &self.journals, anonymous_journal);
        section(
            &mut text,
            "money operations",
            &self.money_operations,
            anonymous_operation,
        );
        text
    }
}

/// In the order of what they say: that in which they were made differs from run to run.
fn section<T, Drawn: Debug>(text: &mut String, title: &str, all: &[T], draw: fn(&T) -> Drawn) {
    let mut drawn: Vec<_> = all.iter().map(|one| format!("{:#?}", draw(one))).collect();
    drawn.sort();
    let _ = writeln!(text, "{title}\n{}", drawn.join("\n"));
}

const NEVER: Timestamp = Timestamp::UNIX_EPOCH;

fn anonymous_sale(sale: &Sale) -> Sale {
    let mut sale = sale.clone();
    sale.id = Default::default();
    sale.order_number.clear();
    sale.header.customer_id = Default::default();
    (sale.created, sale.updated) = (NEVER, NEVER);
    for invoice in &mut sale.invoices {
        invoice.task_id = Default::default();
        invoice.number.clear();
    }
    make_anonymous(&mut sale.payments);
    sale
}

/// Its invoices' numbers are those of the supplier, and stay.
fn anonymous_purchase(purchase: &Purchase) -> Purchase {
    let mut purchase = purchase.clone();
    purchase.id = Default::default();
    purchase.order_number.clear();
    purchase.header.supplier_id = Default::default();
    (purchase.created, purchase.updated) = (NEVER, NEVER);
    for invoice in &mut purchase.invoices {
        invoice.task_id = Default::default();
    }
    make_anonymous(&mut purchase.payments);
    purchase
}

fn anonymous_journal(journal: &Journal) -> Journal {
    let mut journal = journal.clone();
    journal.task_id = Default::default();
    journal.journal_number.clear();
    journal
}

fn anonymous_operation(operation: &MoneyOperation) -> MoneyOperation {
    let mut operation = operation.clone();
    operation.task_id = Default::default();
    let somebody = |id: Option<_>| id.map(|_| Default::default());
    operation.supplier_id = somebody(operation.supplier_id);
    operation.customer_id = somebody(operation.customer_id);
    operation
}

fn make_anonymous(payments: &mut [Payment]) {
    for payment in payments.iter_mut() {
        payment.id = Default::default();
        payment.task_id = Default::default();
        payment.date_created = NEVER;
    }
    payments.sort_by(|one, other| one.reference.cmp(&other.reference));
}

fn forget_generations(payments: &mut [Payment]) {
    for payment in payments {
        forget_generation(&mut payment.reference);
    }
}

/// A mark is the first word of a text; a purchase's note goes on after it.
fn forget_generation(text: &mut String) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (mark, rest) = text.split_at(end);
    let first = mark.split(':').take(4).collect::<Vec<_>>().join(":");
    *text = first + rest;
}

/// The first lines in which two pictures differ.
pub(crate) fn difference(without: &str, with: &str) -> String {
    let (mut left, mut right) = (without.lines(), with.lines());
    let mut found = Vec::new();
    while found.len() < 6 {
        match (left.next(), right.next()) {
            (None, None) => break,
            (one, other) if one == other => {}
            (one, other) => found.push(format!(
                "    without a fault {:?}, now {:?}",
                one.unwrap_or("-").trim(),
                other.unwrap_or("-").trim()
            )),
        }
    }
    found.join("\n")
}
