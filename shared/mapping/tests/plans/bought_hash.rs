//! What changes the hash of bills, their payments, expenses and journal entries; and their marks.

use freshbooks::{BankSide, Bill, BillPayment, Expense, JournalEntry, Origin, Rebilling, Side};
use insta::assert_snapshot;
use mapping::{
    bill_hash, bill_mark, bill_payment_hash, bill_payment_mark, expense_hash, expense_mark,
    journal_hash, journal_mark,
};

use crate::bought::{bill, bill_payment, entry, expense, side};
use crate::fixtures::{currency, dec};

/// Whether each change changes the hash.
fn all<T>(original: fn() -> T, hash: fn(&T) -> String, changes: &[fn(&mut T)], changed: bool) {
    for (at, change) in changes.iter().enumerate() {
        let mut document = original();
        change(&mut document);
        let differs = hash(&document) != hash(&original());
        assert_eq!(differs, changed, "change {at}");
    }
}

fn journal_entry() -> JournalEntry {
    entry(vec![
        side("400", Side::Debit, "5.00"),
        side("1200", Side::Credit, "5.00"),
    ])
}

#[test]
fn the_hashes_never_change_from_release_to_release() {
    let hashes = [
        bill_hash(&bill()),
        bill_payment_hash(&bill_payment()),
        expense_hash(&expense()),
        journal_hash(&journal_entry()),
    ];
    assert_snapshot!(hashes.join("\n"), @r"
    08485facc4ea86afd2bd40ad850274acc8f31fd940b3503f7ac0bbfb91257268
    81f9aab99959922c5615e2931b641a283b0e7031f714bbea665697b6370ce32a
    11b4ef132ed42bcbdf9a6b7aa95c244c1705a3ebf0ebca937de9ed73cb6309b8
    aa43999d6584e900a8f2557b243a43a0b9b6b71679bfbe5416f5aef03b5ed1aa
    ");
}

#[test]
fn the_hash_of_a_bill_is_of_what_cin7_holds() {
    let unchanged: [fn(&mut Bill); 4] = [
        |bill| bill.version = "another".to_owned(),
        |bill| bill.payments.clear(),
        |bill| bill.total.amount = dec("113"),
        |bill| bill.lines[0].taxes[0].amount = dec("13.0"),
    ];
    all(bill, bill_hash, &unchanged, false);
    let changed: [fn(&mut Bill); 14] = [
        |bill| bill.number += "1",
        |bill| bill.vendor_id = None,
        |bill| bill.issued_on = "2026-01-04".parse().unwrap(),
        |bill| bill.due_on = "2026-02-03".parse().unwrap(),
        |bill| bill.currency = currency("EUR"),
        |bill| bill.subtotal = dec("100.01"),
        |bill| bill.total.amount = dec("113.01"),
        |bill| bill.lines.clear(),
        |bill| bill.lines[0].description += "!",
        |bill| bill.lines[0].quantity = dec("11"),
        |bill| bill.lines[0].amount = dec("100.01"),
        |bill| bill.lines[0].category = None,
        |bill| bill.lines[0].taxes[0].percent = None,
        |bill| bill.lines[0].taxes[0].amount = dec("13.01"),
    ];
    all(bill, bill_hash, &changed, true);
}

#[test]
fn the_hash_of_a_bill_payment_is_of_what_cin7_holds() {
    let unchanged: [fn(&mut BillPayment); 2] = [
        |payment| payment.is_matched_with_expense = true,
        |payment| payment.amount.amount = dec("113"),
    ];
    all(bill_payment, bill_payment_hash, &unchanged, false);
    let changed: [fn(&mut BillPayment); 5] = [
        |payment| payment.bill_id += "1",
        |payment| payment.amount.amount = dec("113.01"),
        |payment| payment.amount.currency = currency("EUR"),
        |payment| payment.paid_on = "2026-01-21".parse().unwrap(),
        |payment| payment.kind = "Cash".to_owned(),
    ];
    all(bill_payment, bill_payment_hash, &changed, true);
}

#[test]
fn the_hash_of_an_expense_is_of_what_cin7_holds() {
    let unchanged: [fn(&mut Expense); 4] = [
        |expense| expense.version = "another".to_owned(),
        |expense| expense.rebilling = Rebilling::Invoiced,
        |expense| expense.invoice_id = Some("987654".to_owned()),
        |expense| expense.amount.amount = dec("113"),
    ];
    all(expense, expense_hash, &unchanged, false);
    let changed: [fn(&mut Expense); 8] = [
        |expense| expense.amount.amount = dec("113.01"),
        |expense| expense.amount.currency = currency("EUR"),
        |expense| expense.taxes.clear(),
        |expense| expense.spent_on = "2026-01-10".parse().unwrap(),
        |expense| expense.category_id = None,
        |expense| expense.vendor += "!",
        |expense| expense.notes += "!",
        |expense| expense.bill_payment = BankSide::Matched,
    ];
    all(expense, expense_hash, &changed, true);
}

#[test]
fn the_hash_of_a_journal_entry_is_of_what_cin7_holds() {
    let unchanged: [fn(&mut JournalEntry); 2] = [
        |entry| entry.sides.reverse(),
        |entry| entry.sides[0].amount = dec("5"),
    ];
    all(journal_entry, journal_hash, &unchanged, false);
    let changed: [fn(&mut JournalEntry); 8] = [
        |entry| entry.name += "!",
        |entry| entry.number += "!",
        |entry| entry.description += "!",
        |entry| entry.entered_on = "2026-02-01".parse().unwrap(),
        |entry| entry.currency = currency("EUR"),
        |entry| entry.origin = Origin::Unclear,
        |entry| entry.sides[0].side = Side::Credit,
        |entry| entry.sides[0].account.number += "1",
    ];
    all(journal_entry, journal_hash, &changed, true);
}

#[test]
fn every_kind_has_a_mark_of_its_own() {
    let marks = [
        bill_mark("lbZ4Kq", "1", 0),
        bill_mark("lbZ4Kq", "1", 2),
        bill_payment_mark("lbZ4Kq", "1", 1),
        expense_mark("lbZ4Kq", "1", 1),
        journal_mark("lbZ4Kq", "1", 1),
    ];
    assert_snapshot!(marks.join("\n"), @r"
    freshbooks:lbZ4Kq:bill:1
    freshbooks:lbZ4Kq:bill:1:2
    freshbooks:lbZ4Kq:bill_payment:1
    freshbooks:lbZ4Kq:expense:1
    freshbooks:lbZ4Kq:journal:1
    ");
}
