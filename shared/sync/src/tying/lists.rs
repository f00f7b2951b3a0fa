//! What FreshBooks lists: the one table of how each kind is read.

use std::collections::BTreeMap;

use freshbooks::{
    DatedPage, DatedRow, Days, Journal, JournalEntry, Listed, Listing, Origin, PageNumber, Wanted,
};
use secrecy::SecretString;
use tieout::{InFreshbooks, Kind, Month};

use super::rows::{
    Row, of_credit_note, of_expense, of_invoice, of_journal, of_payment, plain, standing,
    unreadable,
};
use super::{NotTied, Reading};
use crate::asking::ask;

/// Rows to a page, as many as FreshBooks gives.
const ROWS: u8 = 100;

/// What was listed of one kind.
#[derive(Debug, Default)]
pub(super) struct List {
    /// By FreshBooks' id.
    pub(super) rows: BTreeMap<String, Row>,
    /// Whether the list has every document that stands, of whatever day: what is not in it is deleted.
    pub(super) is_whole: bool,
}

impl List {
    /// The ids of what counts in a month, or might.
    pub(super) fn of_month(&self, month: Month) -> impl Iterator<Item = &str> {
        let counts = move |row: &Row| match row.shown {
            InFreshbooks::Counts(figures, _) => month.contains(figures.day),
            _ => true,
        };
        let rows = self.rows.iter().filter(move |(_, row)| counts(row));
        rows.map(|(id, _)| id.as_str())
    }

    /// Takes down a page of dated rows; whether it was the last.
    fn take<T>(&mut self, page: DatedPage<T>, read: fn(T) -> (String, Row)) -> bool {
        for row in page.rows {
            let (id, row) = match row {
                DatedRow::Read(document) => read(document),
                DatedRow::Unreadable { id, .. } => (id, unreadable()),
            };
            self.rows.insert(id, row);
        }
        page.is_last
    }

    fn whole<T>(listing: Listing<T>, read: impl Fn(T) -> Option<(String, Row)>) -> Self {
        let mut list = Self {
            rows: listing.rows.into_iter().filter_map(read).collect(),
            is_whole: true,
        };
        for row in listing.unreadable {
            list.rows.insert(row.id, unreadable());
        }
        list
    }
}

/// What FreshBooks lists of a kind in the month; of kinds that it knows no days for, all there is.
pub(super) async fn listed(on: &Reading<'_>, kind: Kind) -> Result<List, NotTied> {
    let (api, account) = (&on.on.freshbooks, on.connection.account_id.as_str());
    match kind {
        Kind::Invoice => invoices(on).await,
        Kind::Payment => payments(on).await,
        Kind::Bill => {
            let all = asked(on, |token| async move {
                api.bills(&token, account, Listed::Standing).await
            });
            Ok(List::whole(all.await?, |row| {
                standing(row, |bill| {
                    (Some(bill.number), plain(bill.issued_on, bill.total))
                })
            }))
        }
        Kind::BillPayment => {
            let all = asked(on, |token| async move {
                api.bill_payments(&token, account, Listed::Standing).await
            });
            Ok(List::whole(all.await?, |row| {
                standing(row, |paid| (None, plain(paid.paid_on, paid.amount)))
            }))
        }
        Kind::Expense => {
            let all = asked(on, |token| async move {
                api.expenses(&token, account, Wanted::Standing).await
            });
            Ok(List::whole(all.await?, |row| standing(row, of_expense)))
        }
        Kind::OtherIncome => {
            let all = asked(on, |token| async move {
                api.other_incomes(&token, account, Listed::Standing).await
            });
            Ok(List::whole(all.await?, |row| {
                standing(row, |income| {
                    (None, plain(income.received_on, income.amount))
                })
            }))
        }
        Kind::CreditNote => {
            let all = asked(on, |token| async move {
                api.credit_notes(&token, account, Listed::Standing).await
            });
            Ok(List::whole(all.await?, |row| standing(row, of_credit_note)))
        }
        Kind::JournalEntry => journals(on).await,
    }
}

/// One document by its id, where its list did not show it.
pub(super) async fn alone(on: &Reading<'_>, kind: Kind, id: &str) -> Result<Option<Row>, NotTied> {
    let (api, account) = (&on.on.freshbooks, on.connection.account_id.as_str());
    Ok(match kind {
        Kind::Invoice => {
            let one = asked(
                on,
                |token| async move { api.invoice(&token, account, id).await },
            );
            one.await?.map(|invoice| of_invoice(invoice).1)
        }
        Kind::Payment => {
            let one = asked(
                on,
                |token| async move { api.payment(&token, account, id).await },
            );
            one.await?.map(|payment| of_payment(payment).1)
        }
        // Their lists are whole.
        _ => None,
    })
}

async fn asked<T, F: Future<Output = Result<T, freshbooks::Error>>>(
    on: &Reading<'_>,
    call: impl Fn(SecretString) -> F,
) -> Result<T, NotTied> {
    let answer = ask(&on.on.tokens, &on.connection.id, on.owner, call).await?;
    Ok(answer.0)
}

/// Every page of the month's invoices. A row that slips by while pages move is asked for by its id if
/// anything else knows it.
async fn invoices(on: &Reading<'_>) -> Result<List, NotTied> {
    let (api, account) = (&on.on.freshbooks, on.connection.account_id.as_str());
    let days = days(on.month);
    let mut list = List::default();
    for number in 1.. {
        let page = asked(on, |token| async move {
            api.invoices_dated(&token, account, days, page(number))
                .await
        });
        if list.take(page.await?, of_invoice) {
            break;
        }
    }
    Ok(list)
}

/// The same of the month's payments.
async fn payments(on: &Reading<'_>) -> Result<List, NotTied> {
    let (api, account) = (&on.on.freshbooks, on.connection.account_id.as_str());
    let days = days(on.month);
    let mut list = List::default();
    for number in 1.. {
        let page = asked(on, |token| async move {
            api.payments_dated(&token, account, days, page(number))
                .await
        });
        if list.take(page.await?, of_payment) {
            break;
        }
    }
    Ok(list)
}

fn days(month: Month) -> Days {
    Days {
        from: month.first(),
        to: month.last(),
    }
}

fn page(number: u64) -> PageNumber {
    PageNumber {
        number,
        rows: ROWS,
        newest_first: false,
    }
}

/// Entries that a person made, in the generation that the looks began with, else in whichever the account
/// serves; those of which FreshBooks does not say so only where the settings take them.
async fn journals(on: &Reading<'_>) -> Result<List, NotTied> {
    let begun_with = on.on.ledger.book(&on.connection.id, "journals").await?;
    let begun_with = begun_with.map(|(name, _)| name);
    let journal = match begun_with.as_deref() {
        Some("entries") => newer_journal(on).await?,
        Some(_) => older_journal(on).await?,
        None => match older_journal(on).await? {
            None => newer_journal(on).await?,
            older => older,
        },
    };
    let Some(journal) = journal else {
        return Ok(List {
            rows: BTreeMap::new(),
            is_whole: true,
        });
    };
    let listing = Listing {
        rows: journal.entries,
        unreadable: journal.unreadable,
        unasked: 0,
    };
    let is_ours =
        |entry: &JournalEntry| entry.origin == Origin::Manual || on.settings.unclear_journals;
    Ok(List::whole(listing, |entry| {
        is_ours(&entry).then(|| of_journal(entry))
    }))
}

async fn older_journal(on: &Reading<'_>) -> Result<Option<Journal>, NotTied> {
    let (api, account) = (&on.on.freshbooks, on.connection.account_id.as_str());
    asked(on, |token| async move {
        api.journal_details(&token, account).await
    })
    .await
}

async fn newer_journal(on: &Reading<'_>) -> Result<Option<Journal>, NotTied> {
    let (api, business) = (&on.on.freshbooks, on.connection.business_uuid.as_str());
    if business.is_empty() {
        return Ok(None);
    }
    asked(on, |token| async move {
        api.journal_entries(&token, business).await
    })
    .await
}
