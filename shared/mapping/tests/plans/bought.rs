//! The Cin7 account as the purchase side and the ledger need it, and bills, expenses and journal
//! entries to vary.

use cin7::Account;
use freshbooks::{
    BankSide, Bill, BillLine, BillPayment, Category, Expense, JournalAccount, JournalEntry,
    JournalSide, LineCategory, Origin, PaidTax, Rebilling, Side, Vendor, Visibility,
};
use mapping::{
    ExpensePlan, Held, PurchasePlan, Settings, bill_mark, expense_mark, plan_bill, plan_expense,
};
use money::{Decimal, Money};

use crate::fixtures::{World, account, currency, dec};

pub(crate) const SETTINGS: &str = r#"
start_date = "2026-01-01"
location = "Main Warehouse"

[sales]
default_product = "FB-SERVICE"

[products]
"Bolts" = "WID-1"

[purchases]
default_supplier = "Sundry suppliers"
tax_none = "Tax Exempt"

[purchase_taxes]
"HST 13" = "HST 13"
"GST 5 + QST 9.975" = "GST/QST"
"GST 5 + PST 7" = "GST on PST"

[categories]
Materials = "400"
"78" = "410"
default = "420"

[payments]
expense = "091"
default = "090"

[rates]
EUR = [{ from = "2026-01-01", rate = "1.08345" }]
JPY = [{ from = "2026-01-01", rate = "0.0067" }]

[ledger_accounts]
"4000-1" = "200"
Depreciation = "400"
"#;

/// The account with other settings added; a later table of the same name is an error.
pub(crate) fn world_with(more: &str) -> World {
    let mut world = World::with_settings(&format!("{SETTINGS}\n{more}"));
    for rule in &mut world.books.taxes {
        rule.for_purchase = true;
    }
    let bank = |code: &str| Account {
        for_payments: true,
        ..account(code, "ASSET")
    };
    world.books.accounts.retain(|account| account.code != "090");
    world.books.accounts.extend([
        bank("090"),
        bank("091"),
        account("400", "EXPENSE"),
        account("410", "EXPENSE"),
        account("420", "EXPENSE"),
        account("1200", "ASSET"),
        Account {
            payable: true,
            ..account("800", "LIABILITY")
        },
    ]);
    world
}

pub(crate) fn world() -> World {
    world_with("")
}

/// The account, its settings changed.
pub(crate) fn world_set(change: impl FnOnce(&mut Settings)) -> World {
    let mut world = world();
    change(&mut world.settings);
    world
}

pub(crate) fn vendor() -> Vendor {
    Vendor {
        id: "1563".to_owned(),
        name: "Bolt  Makers Ltd".to_owned(),
        contact: "Ann Bolt".to_owned(),
        email: "ann@example.com".to_owned(),
        phone: "555 0100".to_owned(),
        currency: None,
        visibility: Visibility::Active,
        version: String::new(),
    }
}

/// Ten of a thing at 10.00 on the category Materials, untaxed.
pub(crate) fn bill_line(description: &str, quantity: &str, unit_cost: &str) -> BillLine {
    BillLine {
        description: description.to_owned(),
        quantity: dec(quantity),
        unit_cost: dec(unit_cost),
        amount: money::cents(dec(quantity) * dec(unit_cost)),
        category: Some(LineCategory {
            id: "77".to_owned(),
            name: "Materials".to_owned(),
        }),
        taxes: Vec::new(),
    }
}

pub(crate) fn paid_tax(name: &str, percent: Option<&str>, amount: &str) -> PaidTax {
    PaidTax {
        name: name.to_owned(),
        percent: percent.map(dec),
        amount: dec(amount),
    }
}

/// The bill of lines as they add up.
pub(crate) fn bill_of(lines: Vec<BillLine>) -> Bill {
    let subtotal: Decimal = lines.iter().map(|line| line.amount).sum();
    let taxes = lines.iter().flat_map(|line| &line.taxes);
    let taxes: Decimal = taxes.map(|tax| tax.amount).sum();
    Bill {
        id: "5511".to_owned(),
        vendor_id: Some("1563".to_owned()),
        number: "INV-77".to_owned(),
        issued_on: "2026-01-03".parse().unwrap(),
        due_on: "2026-02-02".parse().unwrap(),
        currency: currency("USD"),
        subtotal,
        total: Money::new(subtotal + taxes, currency("USD")),
        lines,
        payments: Vec::new(),
        version: String::new(),
    }
}

/// 100.00 of fasteners and 13.00 of tax.
pub(crate) fn bill() -> Bill {
    bill_of(vec![BillLine {
        taxes: vec![paid_tax("HST", Some("13"), "13.00")],
        ..bill_line("Fasteners", "10", "10.00")
    }])
}

pub(crate) fn plan(world: &World, bill: &Bill) -> Result<PurchasePlan, Held> {
    let mark = bill_mark("lbZ4Kq", &bill.id, 1);
    let vendor = bill.vendor_id.as_ref().map(|_| vendor());
    plan_bill(
        bill,
        vendor.as_ref(),
        &world.settings,
        &world.facts(),
        &mark,
    )
}

pub(crate) fn bill_payment() -> BillPayment {
    BillPayment {
        id: "61".to_owned(),
        bill_id: "5511".to_owned(),
        amount: Money::new(dec("113.00"), currency("USD")),
        paid_on: "2026-01-20".parse().unwrap(),
        kind: "Check".to_owned(),
        is_matched_with_expense: false,
    }
}

/// 113.00 at a hardware shop, 13.00 of it tax.
pub(crate) fn expense() -> Expense {
    Expense {
        id: "3131".to_owned(),
        amount: Money::new(dec("113.00"), currency("USD")),
        taxes: vec![paid_tax("HST", Some("13"), "13.00")],
        spent_on: "2026-01-09".parse().unwrap(),
        category_id: Some("77".to_owned()),
        vendor: "Hardware Shop".to_owned(),
        notes: "Screws".to_owned(),
        client_id: None,
        rebilling: Rebilling::Internal,
        invoice_id: None,
        bill_payment: BankSide::None,
        version: String::new(),
    }
}

pub(crate) fn plan_of_expense(world: &World, expense: &Expense) -> Result<ExpensePlan, Held> {
    let mark = expense_mark("lbZ4Kq", &expense.id, 1);
    let categories = [Category {
        id: "77".to_owned(),
        name: "Materials".to_owned(),
        parent_id: None,
        is_cost_of_goods_sold: false,
        visibility: Visibility::Active,
    }];
    plan_expense(expense, &categories, &world.settings, &world.facts(), &mark)
}

pub(crate) fn side(number: &str, side: Side, amount: &str) -> JournalSide {
    JournalSide {
        account: JournalAccount {
            id: format!("id-of-{number}"),
            number: number.to_owned(),
            name: String::new(),
        },
        side,
        amount: dec(amount),
    }
}

pub(crate) fn entry(sides: Vec<JournalSide>) -> JournalEntry {
    JournalEntry {
        id: "500".to_owned(),
        name: "Depreciation January".to_owned(),
        number: "J-7".to_owned(),
        description: String::new(),
        entered_on: "2026-01-31".parse().unwrap(),
        currency: currency("USD"),
        origin: Origin::Manual,
        sides,
    }
}
