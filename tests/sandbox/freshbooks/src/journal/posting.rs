//! What every document posts. The accounts are this stand-in's; that each posts, and what its entry
//! names, is what the notes say.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::accounts::{
    CASH, CUSTOMER_CREDIT, EXPENSES, OTHER_INCOME, PAYABLE, RECEIVABLE, SALES, SALES_TAX,
};
use super::entries::NewJournalEntry;
use crate::account::{ManualDetailType, RemovedPostings};
use crate::resource::{
    Invoice, NewBill, NewBillPayment, NewCreditNote, NewExpense, NewOtherIncome, NewPayment, Stage,
    Totals,
};
use crate::shelf::{Kept, Shelf};
use crate::world::View;

/// One entry: a set of debits and credits that come to the same.
#[derive(Debug, Clone)]
pub(super) struct Posting {
    /// Of the document.
    id: i64,
    /// Whether it takes another one back.
    is_reversal: bool,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) day: Date,
    pub(super) code: String,
    pub(super) names: Names,
    pub(super) rows: Vec<Row>,
}

/// The document that an entry names; of a manual one, none.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) client: Option<i64>,
    pub(super) credit: Option<i64>,
    pub(super) expense: Option<i64>,
    pub(super) income: Option<i64>,
    pub(super) invoice: Option<i64>,
    pub(super) payment: Option<i64>,
    pub(super) category: Option<i64>,
    /// Only where the account is set so.
    pub(super) bill: Option<i64>,
    /// Only where the account is set so.
    pub(super) bill_payment: Option<i64>,
}

/// One debit, above zero, or credit, below it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) account_id: i64,
    pub(super) detail_type: Option<&'static str>,
    pub(super) amount: Decimal,
}

impl Posting {
    /// No document's entry has the number of another's, nor of one that takes it back.
    pub(super) fn entry_id(&self) -> i64 {
        500_000 + self.id * 2 + i64::from(self.is_reversal)
    }

    fn reversed(&self) -> Self {
        let mut reversed = self.clone();
        reversed.is_reversal = true;
        for row in &mut reversed.rows {
            row.amount = -row.amount;
        }
        reversed
    }
}

/// Every entry of the books, newest document first.
pub(super) fn postings(view: &View<'_>) -> Vec<Posting> {
    let books = view.books;
    let mut all = Vec::new();
    post(&mut all, &books.invoices, view, of_invoice);
    post(&mut all, &books.payments, view, of_payment);
    post(&mut all, &books.credit_notes, view, of_credit_note);
    post(&mut all, &books.bills, view, of_bill);
    post(&mut all, &books.bill_payments, view, of_bill_payment);
    post(&mut all, &books.expenses, view, of_expense);
    post(&mut all, &books.other_incomes, view, of_other_income);
    post(&mut all, &books.journal_entries, view, of_person);
    all.sort_by_key(|posting| std::cmp::Reverse(posting.entry_id()));
    all
}

fn post<T>(
    all: &mut Vec<Posting>,
    shelf: &Shelf<T>,
    view: &View<'_>,
    of: fn(&Kept<T>, &View<'_>) -> Option<Posting>,
) {
    let reverses = view.books.quirks.removed_postings == RemovedPostings::Reversed;
    for kept in shelf.newest_first() {
        if !kept.is_live() && !reverses {
            continue;
        }
        let Some(mut posting) = of(kept, view) else {
            continue;
        };
        posting.rows.retain(|row| !row.amount.is_zero());
        if !kept.is_live() {
            all.push(posting.reversed());
        }
        all.push(posting);
    }
}

fn posting<const N: usize>(
    id: i64,
    (name, day, code): (&str, Date, &str),
    names: Names,
    rows: [(i64, &'static str, Decimal); N],
) -> Posting {
    let row = |(account_id, detail_type, amount)| Row {
        account_id,
        detail_type: Some(detail_type),
        amount,
    };
    Posting {
        id,
        is_reversal: false,
        name: name.to_owned(),
        description: String::new(),
        day,
        code: code.to_owned(),
        names,
        rows: rows.map(row).into(),
    }
}

/// A draft is in nobody's books yet.
fn of_invoice(kept: &Kept<Invoice>, view: &View<'_>) -> Option<Posting> {
    let invoice = &kept.content;
    if invoice.stage == Stage::Draft {
        return None;
    }
    let totals = Totals::of(&invoice.form, view.books.quirks.tax_rounding);
    let names = Names {
        client: Some(invoice.form.client_id),
        invoice: Some(kept.id),
        ..Names::default()
    };
    let head = ("Invoice", invoice.date, invoice.currency_code.as_str());
    let rows = [
        (RECEIVABLE, "total", totals.total),
        (SALES, "sales", totals.tax - totals.total),
        (SALES_TAX, "tax", -totals.tax),
    ];
    Some(posting(kept.id, head, names, rows))
}

fn of_payment(kept: &Kept<NewPayment>, view: &View<'_>) -> Option<Posting> {
    let payment = &kept.content;
    let names = Names {
        credit: payment.credit_id,
        invoice: Some(payment.invoice_id),
        payment: Some(kept.id),
        ..Names::default()
    };
    let from = if payment.credit_id.is_some() {
        CUSTOMER_CREDIT
    } else {
        CASH
    };
    let head = ("Payment", payment.day(), payment.currency(view.books));
    let rows = [
        (from, "total", payment.amount),
        (RECEIVABLE, "total", -payment.amount),
    ];
    Some(posting(kept.id, head, names, rows))
}

fn of_credit_note(kept: &Kept<NewCreditNote>, view: &View<'_>) -> Option<Posting> {
    let note = &kept.content;
    if note.is_draft {
        return None;
    }
    let totals = note.totals(view.books);
    let names = Names {
        client: Some(note.client_id),
        credit: Some(kept.id),
        ..Names::default()
    };
    let head = ("Credit", note.day(), note.currency(view.books));
    let rows = [
        (SALES, "sales", totals.total - totals.tax),
        (SALES_TAX, "tax", totals.tax),
        (CUSTOMER_CREDIT, "total", -totals.total),
    ];
    Some(posting(kept.id, head, names, rows))
}

fn of_bill(kept: &Kept<NewBill>, view: &View<'_>) -> Option<Posting> {
    let bill = &kept.content;
    let (amount, tax) = (bill.amount(), bill.tax());
    let is_named = view.books.quirks.bill_postings_name_their_document;
    let names = Names {
        bill: is_named.then_some(kept.id),
        ..Names::default()
    };
    let head = ("Bill", bill.day(), bill.currency(view.books));
    let rows = [
        (EXPENSES, "expense", amount),
        (SALES_TAX, "tax", tax),
        (PAYABLE, "total", -amount - tax),
    ];
    Some(posting(kept.id, head, names, rows))
}

fn of_bill_payment(kept: &Kept<NewBillPayment>, view: &View<'_>) -> Option<Posting> {
    let payment = &kept.content;
    let is_named = view.books.quirks.bill_postings_name_their_document;
    let names = Names {
        bill: is_named.then_some(payment.bill_id),
        bill_payment: is_named.then_some(kept.id),
        ..Names::default()
    };
    let head = ("Bill payment", payment.day(), payment.currency(view.books));
    let rows = [
        (PAYABLE, "total", payment.amount),
        (CASH, "total", -payment.amount),
    ];
    Some(posting(kept.id, head, names, rows))
}

/// The bank's side of a bill payment posts nothing of its own.
fn of_expense(kept: &Kept<NewExpense>, view: &View<'_>) -> Option<Posting> {
    let expense = &kept.content;
    if !expense.bill_payment_ids.is_empty() {
        return None;
    }
    let names = Names {
        expense: Some(kept.id),
        category: Some(expense.category_id),
        ..Names::default()
    };
    let head = ("Expense", expense.day(), expense.currency(view.books));
    let rows = [
        (EXPENSES, "expense", expense.amount - expense.tax()),
        (SALES_TAX, "tax", expense.tax()),
        (CASH, "total", -expense.amount),
    ];
    Some(posting(kept.id, head, names, rows))
}

fn of_other_income(kept: &Kept<NewOtherIncome>, view: &View<'_>) -> Option<Posting> {
    let income = &kept.content;
    let names = Names {
        income: Some(kept.id),
        ..Names::default()
    };
    let head = ("Other income", income.day(), income.currency(view.books));
    let rows = [
        (CASH, "total", income.amount),
        (OTHER_INCOME, "sales", -income.amount),
    ];
    Some(posting(kept.id, head, names, rows))
}

/// A manual entry, which names no document.
fn of_person(kept: &Kept<NewJournalEntry>, view: &View<'_>) -> Option<Posting> {
    let entry = &kept.content;
    let detail_type = match view.books.quirks.manual_detail_type {
        ManualDetailType::Adjustment => Some("adjustment"),
        ManualDetailType::Null => None,
    };
    let rows = entry.lines.iter().map(|line| Row {
        account_id: line.account_id,
        detail_type,
        amount: line.debit - line.credit,
    });
    Some(Posting {
        id: kept.id,
        is_reversal: false,
        name: entry.name.clone(),
        description: entry.description.clone(),
        day: entry.day(),
        code: entry.currency(view.books).to_owned(),
        names: Names::default(),
        rows: rows.collect(),
    })
}
