//! Documents of a span of days, a page at a time.

use jiff::civil::Date;
use secrecy::SecretString;

use crate::asked::{Asked as _, Task, ask};
use crate::books::task;
use crate::wire::{Breach, Page, Row};
use crate::{Api, Error, Invoice, ShownPayment, scopes, wire};

/// Calendar days, both of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber {
    /// Counted from 1.
    pub number: u64,
    /// Rows to a page, at most 100.
    pub rows: u8,
    /// Whether the newest documents come first. Only invoices have an order that can be asked for
    /// (docs/freshbooks-api.md, paging, lists and filters).
    pub newest_first: bool,
}

/// A row of a page. One that breaks the API's contract does not keep the others from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatedRow<T> {
    /// The document.
    Read(T),
    /// It is there and cannot be read.
    Unreadable {
        /// FreshBooks' id, as text.
        id: String,
        /// What is wrong with it, without a full stop.
        why: String,
    },
}

/// A page of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedPage<T> {
    /// Those that are dated as was asked.
    pub rows: Vec<DatedRow<T>>,
    /// Whether no page comes after it.
    pub is_last: bool,
}

impl Days {
    /// The search terms, ready to stand in a query. Brackets go percent-encoded. `date_max` is said to
    /// leave its own day out, so that one day more is asked for
    /// (docs/freshbooks-api.md, paging, lists and filters).
    pub(crate) fn search(self) -> String {
        let end = self.to.tomorrow().unwrap_or(self.to);
        format!(
            "search%5Bdate_min%5D={}&search%5Bdate_max%5D={end}&",
            self.from
        )
    }

    /// Whether a row is of these days: a filter that FreshBooks does not know brings the whole list
    /// without a word.
    pub(crate) fn contain(self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl Api {
    /// A page of the invoices dated on these days, drafts and archived ones included and deleted ones
    /// not, with their lines. Takes `user:invoices:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn invoices_dated(
        &self,
        token: &SecretString,
        account: &str,
        days: Days,
        page: PageNumber,
    ) -> Result<DatedPage<Invoice>, Error> {
        let task = task("list the invoices", scopes::INVOICES, "invoices");
        let order = if page.newest_first { "desc" } else { "asc" };
        let more = format!("include%5B%5D=lines&sort=invoice_date_{order}&");
        let path = ("invoices/invoices", more.as_str());
        self.dated(
            (token, account),
            (task, path, wire::invoices),
            (days, |invoice: &Invoice| Some(invoice.issued_on)),
            page,
        )
        .await
    }

    /// A page of the payments dated on these days, archived ones included and deleted ones not. Takes
    /// `user:payments:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn payments_dated(
        &self,
        token: &SecretString,
        account: &str,
        days: Days,
        page: PageNumber,
    ) -> Result<DatedPage<ShownPayment>, Error> {
        let task = task("list the payments", scopes::PAYMENTS, "payments");
        let day = |payment: &ShownPayment| match payment {
            ShownPayment::Standing(payment) => Some(payment.paid_on),
            ShownPayment::Deleted { .. } => None,
        };
        self.dated(
            (token, account),
            (task, ("payments/payments", ""), wire::payments),
            (days, day),
            page,
        )
        .await
    }

    async fn dated<T>(
        &self,
        (token, account): (&SecretString, &str),
        (task, (resource, more), read): (Task, (&str, &str), ReadPage<T>),
        (days, day): (Days, fn(&T) -> Option<Date>),
        page: PageNumber,
    ) -> Result<DatedPage<T>, Error> {
        let mut address = self.list_address(&task, account, resource)?;
        address.set_query(Some(&format!(
            "{}{more}page={}&per_page={}",
            days.search(),
            page.number,
            page.rows
        )));
        let body = ask(self.http.get(address), &task, token, &[])
            .await?
            .ok_or_else(|| task.gone())?;
        let Page { rows, pages, .. } =
            read(&body).map_err(|breach| task.broken(format_args!("{breach}")))?;
        let is_last = pages.map_or(rows.is_empty(), |pages| page.number >= pages);
        let asked_for = |row: Row<T>| match row {
            Row::Read(document) => {
                let is_dated_so = day(&document).is_some_and(|day| days.contain(day));
                is_dated_so.then_some(DatedRow::Read(document))
            }
            Row::Broken { id, breach } => Some(DatedRow::Unreadable {
                id,
                why: breach.to_string(),
            }),
        };
        let rows = rows.into_iter().filter_map(asked_for).collect();
        Ok(DatedPage { rows, is_last })
    }
}

type ReadPage<T> = fn(&[u8]) -> Result<Page<Row<T>>, Breach>;
