//! A FreshBooks document as a tie-out takes it: does it count, for how much, and what is special about it.

use freshbooks::{
    BankSide, CreditKind, CreditNote, Expense, Identified, Invoice, JournalEntry, Payment, Shown,
    ShownPayment, Side, Stage, Visibility,
};
use jiff::civil::Date;
use money::{Decimal, Money};
use tieout::{Figures, InFreshbooks, Nature};

/// A document as it was listed.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) number: Option<String>,
    pub(super) shown: InFreshbooks,
}

pub(super) fn unreadable() -> Row {
    Row {
        number: None,
        shown: InFreshbooks::Unreadable,
    }
}

pub(super) fn plain(day: Date, total: Money) -> InFreshbooks {
    counts(day, total, Nature::Plain)
}

fn counts(day: Date, total: Money, nature: Nature) -> InFreshbooks {
    let figures = Figures {
        day,
        amount: total.amount,
        currency: total.currency,
    };
    InFreshbooks::Counts(figures, nature)
}

/// A row that stands, by its id.
pub(super) fn standing<T: Identified>(
    row: Shown<T>,
    read: impl Fn(T) -> (Option<String>, InFreshbooks),
) -> Option<(String, Row)> {
    let Shown::Standing(document) = row else {
        return None;
    };
    let id = document.id().to_owned();
    let (number, shown) = read(document);
    Some((id, Row { number, shown }))
}

pub(super) fn of_invoice(invoice: Invoice) -> (String, Row) {
    let shown = match (invoice.visibility, invoice.stage) {
        (Visibility::Deleted, _) => InFreshbooks::Deleted,
        (_, Stage::Draft) => InFreshbooks::Draft,
        _ => plain(invoice.issued_on, invoice.total),
    };
    let number = Some(invoice.number);
    (invoice.id, Row { number, shown })
}

pub(super) fn of_payment(payment: ShownPayment) -> (String, Row) {
    let id = payment.id().to_owned();
    let shown = match payment {
        Shown::Deleted { .. } => InFreshbooks::Deleted,
        Shown::Standing(payment) => counts(payment.paid_on, payment.amount, nature_of(&payment)),
    };
    let number = None;
    (id, Row { number, shown })
}

fn nature_of(payment: &Payment) -> Nature {
    if payment.from_credit {
        Nature::CreditApplied
    } else if payment.overpayment_id.is_some() {
        Nature::Overpaid
    } else if payment.invoice_id.is_none() {
        Nature::Untied
    } else {
        Nature::Plain
    }
}

pub(super) fn of_expense(expense: Expense) -> (Option<String>, InFreshbooks) {
    let nature = match expense.bill_payment {
        BankSide::None => Nature::Plain,
        BankSide::Potential | BankSide::Matched => Nature::BankSide,
    };
    (None, counts(expense.spent_on, expense.amount, nature))
}

pub(super) fn of_credit_note(note: CreditNote) -> (Option<String>, InFreshbooks) {
    if note.stage == Stage::Draft {
        return (Some(note.number), InFreshbooks::Draft);
    }
    let nature = match note.kind {
        CreditKind::Overpayment => Nature::Overpaid,
        CreditKind::Prepayment => Nature::Untied,
        CreditKind::Goodwill | CreditKind::Other(_) => Nature::Plain,
    };
    (
        Some(note.number),
        counts(note.issued_on, note.total, nature),
    )
}

pub(super) fn of_journal(entry: JournalEntry) -> (String, Row) {
    let debits = entry.sides.iter().filter(|side| side.side == Side::Debit);
    let total: Decimal = debits.map(|side| side.amount).sum();
    let shown = plain(entry.entered_on, Money::new(total, entry.currency));
    let number = [entry.number, entry.name]
        .into_iter()
        .find(|text| !text.is_empty());
    (entry.id, Row { number, shown })
}
