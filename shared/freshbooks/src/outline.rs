//! Which documents there are of a span of days: their ids and days, and nothing else of them.

use jiff::civil::Date;
use secrecy::SecretString;

use crate::asked::{Sought, Task};
use crate::pages::{List, Paging};
use crate::wire::{Breach, Page};
use crate::{Api, Error, scopes, wire};

/// A document in a list. One whose figures cannot be read is listed like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// FreshBooks' id, as text.
    pub id: String,
    /// The day it is dated; `None` where FreshBooks gives none that can be read.
    pub day: Option<Date>,
    /// Of a payment: the invoice that it pays.
    pub invoice_id: Option<String>,
}

impl Api {
    /// The invoices dated `from` to `to`, both included; archived ones and drafts too, deleted ones not.
    /// One whose day cannot be read is among them. Takes `user:invoices:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn invoices_of(
        &self,
        token: &SecretString,
        account: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<Outline>, Error> {
        let path = ("invoices/invoices", "invoices");
        self.outlines(
            token,
            account,
            (path, scopes::INVOICES, wire::invoice_outlines),
            (from, to),
        )
        .await
    }

    /// The payments dated `from` to `to`, both included; deleted ones not. Takes `user:payments:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn payments_of(
        &self,
        token: &SecretString,
        account: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<Outline>, Error> {
        let path = ("payments/payments", "payments");
        self.outlines(
            token,
            account,
            (path, scopes::PAYMENTS, wire::payment_outlines),
            (from, to),
        )
        .await
    }

    /// A filter that FreshBooks does not know brings the whole list without a word, and whether the last
    /// day is in it is not written anywhere: one day more is asked for, and each row looked at.
    async fn outlines(
        &self,
        token: &SecretString,
        account: &str,
        ((path, key), scope, read): ((&str, &'static str), &str, ReadPage),
        (from, to): (Date, Date),
    ) -> Result<Vec<Outline>, Error> {
        let task = Task {
            doing: format!("list the {key} dated {from} to {to}"),
            scope: format!("the scope {scope}"),
            remedy: "It is tried again.",
            sought: Sought::List(key),
        };
        let address = self.list_address(&task, account, path)?;
        let end = to.tomorrow().unwrap_or(to);
        let list = List {
            task,
            address,
            filter: format!("search%5Bdate_min%5D={from}&search%5Bdate_max%5D={end}&"),
            paging: Paging::DOCUMENTS,
            read,
            id: |row: &Outline| &row.id,
        };
        let mut rows = list.every_row(&self.http, token).await?;
        rows.retain(|row| row.day.is_none_or(|day| (from..=to).contains(&day)));
        Ok(rows)
    }
}

type ReadPage = fn(&[u8]) -> Result<Page<Outline>, Breach>;
