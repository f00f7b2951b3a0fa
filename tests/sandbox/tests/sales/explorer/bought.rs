//! What people buy and book in the stories of the purchase side.

use freshbooks_stand_in::{
    JournalLine, NewBill, NewBillLine, NewBillPayment, NewExpense, NewJournalEntry, NewVendor,
};
use serde_json::Value;

use super::scenarios::{Document, document};
use crate::world::{SETTINGS, World, dec};

/// The usual settings with those of the purchase side.
pub(super) fn settings(expenses_as: &str) -> String {
    format!(
        r#"{SETTINGS}
[settings.purchases]
expenses_as = "{expenses_as}"
tax_none = "Tax Exempt"

[settings.purchase_taxes]
"HST 13" = "HST 13"

[settings.categories]
default = "429"

[settings.ledger_accounts]
"Sales" = "200"
"General Expenses" = "429"
"Petty Cash" = "090"
"#
    )
}

/// One line with tax and one without, 321.50 in all.
pub(super) fn bill(world: &World) -> Document {
    let account = &world.acme().account;
    let vendor = NewVendor {
        name: "Northern Paper".to_owned(),
        ..NewVendor::default()
    };
    let vendor_id = world.freshbooks.create_vendor(account, vendor);
    let bill = NewBill {
        vendor_id,
        number: "NP-77".to_owned(),
        due_offset_days: 30,
        lines: vec![
            NewBillLine::new("Paper", dec("1"), dec("250.00"), 0).tax("HST", dec("13")),
            NewBillLine::new("Delivery", dec("1"), dec("39.00"), 0),
        ],
        ..NewBill::default()
    };
    let id = world.freshbooks.create_bill(account, bill);
    document(0, "bill", id)
}

/// The same, and part of it paid.
pub(super) fn bill_and_payment(world: &World) -> [Document; 2] {
    let bill = bill(world);
    let payment = NewBillPayment {
        bill_id: bill.id,
        amount: dec("100.00"),
        payment_type: "Check".to_owned(),
        ..NewBillPayment::default()
    };
    let account = &world.acme().account;
    let id = world.freshbooks.record_bill_payment(account, payment);
    [bill, document(0, "bill_payment", id)]
}

/// 45.20 at a shop.
pub(super) fn expense(world: &World) -> Document {
    let expense = NewExpense {
        amount: dec("45.20"),
        vendor: "Corner Shop".to_owned(),
        ..NewExpense::default()
    };
    let account = &world.acme().account;
    let id = world.freshbooks.create_expense(account, expense);
    document(0, "expense", id)
}

/// Two accounts receive what two others give.
pub(super) fn journal(world: &World) -> Document {
    let account = &world.acme().account;
    let ledger = |name: &str| world.freshbooks.ledger_account(account, name).unwrap();
    let entry = NewJournalEntry {
        name: "Accrual".to_owned(),
        number: "JE-1".to_owned(),
        lines: vec![
            JournalLine::debit(ledger("General Expenses"), dec("70.00")),
            JournalLine::credit(ledger("Sales"), dec("50.00")),
            JournalLine::credit(ledger("Petty Cash"), dec("20.00")),
        ],
        ..NewJournalEntry::default()
    };
    let id = world.freshbooks.create_journal_entry(account, entry);
    document(0, "journal_entry", FIRST_ENTRY + id * 2)
}

/// FreshBooks' list names an entry by the number of its posting, which the stand-in derives so.
const FIRST_ENTRY: i64 = 500_000;

/// The entry with this number, as FreshBooks shows it.
pub(super) fn shown_journal(world: &World, number: i64) -> Option<Value> {
    let id = (number - FIRST_ENTRY) / 2;
    world.freshbooks.journal_entry(&world.acme().account, id)
}
