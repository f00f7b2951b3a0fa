//! What FreshBooks lists of a kind, in the one form that is compared.

use std::collections::HashSet;

use freshbooks::{
    Api, Bill, BillPayment, CreditNote, Error, Expense, Identified, Invoice, Journal, Listed,
    Listing, OtherIncome, Payment, Shown, Unreadable, Visibility, Wanted,
};
use jiff::civil::Date;
use ledger::{Connection, Cursor};
use mapping::{
    bill_hash, bill_payment_hash, content_hash, credit_note_hash, expense_hash, journal_hash,
    other_income_hash, payment_hash,
};
use secrecy::SecretString;

use super::judging::{DELETED, UNREADABLE};
use super::kinds::Kind;
use super::trouble::Stopped;
use super::{Case, CatchUps};
use crate::asking::ask;
use crate::journal;

/// Rows of a page; more cannot be asked for.
const TO_A_PAGE: u64 = 100;
/// Rows of the older journal that a document posts, more or less.
const OF_A_DOCUMENT: usize = 3;
/// The kind that has two lists.
const JOURNAL: &str = "journal_entry";

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// FreshBooks' id.
    pub(super) id: String,
    /// Its day in the books, where the list shows one.
    pub(super) day: Option<Date>,
    /// The hash of its content, or the word for why there is none.
    pub(super) mark: String,
    /// FreshBooks' change marker; may be empty.
    pub(super) version: String,
    /// Whether a list shows it. One that was shown before and is not any more is a row too.
    pub(super) is_listed: bool,
}

/// The rows of a list that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// How many pages it had.
    pub(super) pages: u64,
    /// Whether the filter was ignored.
    ignored: bool,
}

impl Row {
    /// A row of which no list shows any content.
    pub(super) fn bare(id: String, mark: &str, is_listed: bool) -> Self {
        Self {
            id,
            day: None,
            mark: mark.to_owned(),
            version: String::new(),
            is_listed,
        }
    }

    fn unreadable(row: Unreadable) -> Self {
        Self::bare(row.id, UNREADABLE, true)
    }

    fn deleted(id: String) -> Self {
        Self::bare(id, DELETED, true)
    }
}

impl Rows {
    #[cfg(test)]
    pub(super) fn of(rows: Vec<Row>) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }

    /// The rows of a list of deleted ones. Of those that cannot be read nothing matters any more; where
    /// the filter was ignored, nothing says that they were deleted.
    pub(super) fn deleted(mut self) -> Self {
        if self.ignored {
            self.rows.retain(|row| row.mark == DELETED);
        }
        for row in &mut self.rows {
            DELETED.clone_into(&mut row.mark);
        }
        self
    }

    /// The rows that are not among `others`: one that was brought back between two lists stands.
    pub(super) fn without(mut self, others: &Self) -> Self {
        let others = others.ids();
        self.rows.retain(|row| !others.contains(row.id.as_str()));
        self
    }

    pub(super) fn ids(&self) -> HashSet<&str> {
        self.rows.iter().map(|row| row.id.as_str()).collect()
    }
}

impl CatchUps {
    /// What FreshBooks lists. Why it does not is noted in the cursor.
    pub(super) async fn list(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        wanted: Wanted,
        cursor: &mut Cursor,
    ) -> Result<Rows, Stopped> {
        let (api, connection) = (&self.freshbooks, case.connection);
        let chosen = self.ledger.book(&connection.id, journal::BOOK);
        let chosen = match kind.name {
            JOURNAL => chosen.await?.map(|(name, _)| name),
            _ => None,
        };
        let listed = ask(&self.tokens, &connection.id, case.owner, |token| {
            let (name, chosen) = (kind.name, chosen.clone());
            async move {
                if name == JOURNAL {
                    return entries(api, &token, connection, chosen.as_deref()).await;
                }
                rows_of(api, &token, &connection.account_id, name, wanted).await
            }
        });
        match listed.await {
            Ok((rows, _)) => Ok(rows),
            Err(unread) => Err(self.trouble(case, kind, cursor, unread).await),
        }
    }
}

async fn rows_of(
    api: &Api,
    token: &SecretString,
    account: &str,
    kind: &str,
    wanted: Wanted,
) -> Result<Rows, Error> {
    let listed = match wanted {
        Wanted::Deleted => Listed::Deleted,
        _ => Listed::Standing,
    };
    Ok(match kind {
        "invoice" => rows(api.invoices(token, account, wanted).await?, invoice),
        "payment" => rows(api.payments(token, account, wanted).await?, |row| {
            shown(row, payment)
        }),
        "bill" => rows(api.bills(token, account, listed).await?, |row| {
            shown(row, bill)
        }),
        "bill_payment" => rows(api.bill_payments(token, account, listed).await?, |row| {
            shown(row, bill_payment)
        }),
        "other_income" => rows(api.other_incomes(token, account, listed).await?, |row| {
            shown(row, other_income)
        }),
        "credit_note" => rows(api.credit_notes(token, account, listed).await?, |row| {
            shown(row, credit_note)
        }),
        "expense" => rows(api.expenses(token, account, wanted).await?, |row| {
            shown(row, expense)
        }),
        _ => Rows::default(),
    })
}

/// Entries have other ids in each list, so that one list has to be kept to. Until a look has chosen, the
/// newer one is taken, which is the shorter one.
async fn entries(
    api: &Api,
    token: &SecretString,
    connection: &Connection,
    chosen: Option<&str>,
) -> Result<Rows, Error> {
    let mut listed = None;
    if chosen != Some("details") && !connection.business_uuid.is_empty() {
        listed = api
            .journal_entries(token, &connection.business_uuid)
            .await?;
    }
    if listed.is_none() && chosen != Some("entries") {
        listed = api.journal_details(token, &connection.account_id).await?;
    }
    Ok(listed.map(entry_rows).unwrap_or_default())
}

fn entry_rows(journal: Journal) -> Rows {
    let sides: usize = journal.entries.iter().map(|entry| entry.sides.len()).sum();
    let unreadable = journal.unreadable.into_iter();
    // A row that names no entry is missed by its entry, which then does not balance.
    let unreadable = unreadable.filter(|row| !row.id.starts_with("row-"));
    let entries = journal.entries.into_iter().map(|entry| Row {
        mark: journal_hash(&entry),
        day: Some(entry.entered_on),
        id: entry.id,
        version: String::new(),
        is_listed: true,
    });
    Rows {
        rows: entries.chain(unreadable.map(Row::unreadable)).collect(),
        pages: pages(sides + OF_A_DOCUMENT * journal.of_documents),
        ignored: false,
    }
}

fn rows<T>(listing: Listing<T>, row: fn(T) -> Row) -> Rows {
    let Listing {
        rows,
        unreadable,
        unasked,
    } = listing;
    let count = rows.len() + unreadable.len() + unasked;
    let unreadable = unreadable.into_iter().map(Row::unreadable);
    Rows {
        rows: rows.into_iter().map(row).chain(unreadable).collect(),
        pages: pages(count),
        ignored: unasked > 0,
    }
}

fn pages(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX).div_ceil(TO_A_PAGE)
}

fn shown<T: Identified>(row: Shown<T>, standing: fn(T) -> Row) -> Row {
    match row {
        Shown::Standing(document) => standing(document),
        Shown::Deleted { id } => Row::deleted(id),
    }
}

fn invoice(invoice: Invoice) -> Row {
    if invoice.visibility == Visibility::Deleted {
        return Row::deleted(invoice.id);
    }
    Row {
        mark: content_hash(&invoice),
        day: Some(invoice.issued_on),
        id: invoice.id,
        version: invoice.version,
        is_listed: true,
    }
}

fn payment(payment: Payment) -> Row {
    Row {
        mark: payment_hash(&payment),
        day: Some(payment.paid_on),
        id: payment.id,
        version: payment.version,
        is_listed: true,
    }
}

fn bill(bill: Bill) -> Row {
    Row {
        mark: bill_hash(&bill),
        day: Some(bill.issued_on),
        id: bill.id,
        version: bill.version,
        is_listed: true,
    }
}

fn bill_payment(payment: BillPayment) -> Row {
    Row {
        mark: bill_payment_hash(&payment),
        day: Some(payment.paid_on),
        id: payment.id,
        version: String::new(),
        is_listed: true,
    }
}

fn other_income(income: OtherIncome) -> Row {
    Row {
        mark: other_income_hash(&income),
        day: Some(income.received_on),
        id: income.id,
        version: income.version,
        is_listed: true,
    }
}

fn credit_note(note: CreditNote) -> Row {
    Row {
        mark: credit_note_hash(&note),
        day: Some(note.issued_on),
        id: note.id,
        version: note.version,
        is_listed: true,
    }
}

fn expense(expense: Expense) -> Row {
    Row {
        mark: expense_hash(&expense),
        day: Some(expense.spent_on),
        id: expense.id,
        version: expense.version,
        is_listed: true,
    }
}
