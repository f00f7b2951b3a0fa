//! Hashes, in lower-case hex, of what of the purchase side and the ledger matters to Cin7. Amounts are
//! taken by value, so `5` and `5.00` are the same; change markers do not matter.

use freshbooks::{
    BankSide, Bill, BillLine, BillPayment, Expense, JournalEntry, Origin, OtherIncome, PaidTax,
    Side,
};
use serde_json::{Value, json};

use super::{hash, number};

/// The hash of a bill. Its payments have one each.
#[must_use]
pub fn bill_hash(bill: &Bill) -> String {
    hash(&json!([
        "bill 1",
        bill.number,
        bill.vendor_id,
        bill.issued_on.to_string(),
        bill.due_on.to_string(),
        bill.currency.code(),
        number(bill.subtotal),
        number(bill.total.amount),
        bill.lines.iter().map(line).collect::<Vec<_>>(),
    ]))
}

/// The hash of a bill payment. That an expense from the bank was matched with it does not matter.
#[must_use]
pub fn bill_payment_hash(payment: &BillPayment) -> String {
    hash(&json!([
        "bill payment 1",
        payment.bill_id,
        number(payment.amount.amount),
        payment.amount.currency.code(),
        payment.paid_on.to_string(),
        payment.kind,
    ]))
}

/// The hash of an expense. Whether and where it is billed on does not matter.
#[must_use]
pub fn expense_hash(expense: &Expense) -> String {
    hash(&json!([
        "expense 1",
        number(expense.amount.amount),
        expense.amount.currency.code(),
        expense.taxes.iter().map(tax).collect::<Vec<_>>(),
        expense.spent_on.to_string(),
        expense.category_id,
        expense.vendor,
        expense.notes,
        expense.bill_payment != BankSide::None,
    ]))
}

/// The hash of other income.
#[must_use]
pub fn other_income_hash(income: &OtherIncome) -> String {
    let taxes = income.taxes.iter();
    hash(&json!([
        "other income 1",
        number(income.amount.amount),
        income.amount.currency.code(),
        income.received_on.to_string(),
        income.category,
        income.source,
        income.kind,
        income.note,
        taxes
            .map(|tax| json!([tax.name, tax.amount]))
            .collect::<Vec<_>>(),
    ]))
}

/// The hash of a journal entry, whatever the order of its rows.
#[must_use]
pub fn journal_hash(entry: &JournalEntry) -> String {
    let sides = entry.sides.iter();
    let mut sides: Vec<String> = sides
        .map(|side| {
            let account = &side.account;
            let row = json!([
                account.id,
                account.number,
                account.name,
                side.side == Side::Debit,
                number(side.amount),
            ]);
            row.to_string()
        })
        .collect();
    sides.sort();
    hash(&json!([
        "journal 1",
        entry.name,
        entry.number,
        entry.description,
        entry.entered_on.to_string(),
        entry.currency.code(),
        entry.origin == Origin::Manual,
        sides,
    ]))
}

fn line(line: &BillLine) -> Value {
    let category = line.category.as_ref();
    json!([
        line.description,
        number(line.quantity),
        number(line.unit_cost),
        number(line.amount),
        category.map(|category| json!([category.id, category.name])),
        line.taxes.iter().map(tax).collect::<Vec<_>>(),
    ])
}

fn tax(tax: &PaidTax) -> Value {
    json!([tax.name, tax.percent.map(number), number(tax.amount)])
}
