//! Which documents there are of a span of days: their ids and days, and nothing else of them.

use jiff::civil::Date;
use secrecy::SecretString;

use crate::asked::{Sought, Task};
use crate::pages::{List, Paging};
use crate::wire::{Breach, Page};
use crate::{Api, Days, Error, scopes, wire};

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
    /// The invoices dated on these days; archived ones and drafts too, deleted ones not.
    /// One whose day cannot be read is among them. Takes `user:invoices:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn invoices_of(
        &self,
        token: &SecretString,
        account: &str,
        days: Days,
    ) -> Result<Vec<Outline>, Error> {
        let path = ("invoices/invoices", "invoices");
        self.outlines(
            token,
            account,
            (path, scopes::INVOICES, wire::invoice_outlines),
            days,
        )
        .await
    }

    /// The payments dated on these days; deleted ones not. Takes `user:payments:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn payments_of(
        &self,
        token: &SecretString,
        account: &str,
        days: Days,
    ) -> Result<Vec<Outline>, Error> {
        let path = ("payments/payments", "payments");
        self.outlines(
            token,
            account,
            (path, scopes::PAYMENTS, wire::payment_outlines),
            days,
        )
        .await
    }

    async fn outlines(
        &self,
        token: &SecretString,
        account: &str,
        ((path, key), scope, read): ((&str, &'static str), &str, ReadPage),
        days: Days,
    ) -> Result<Vec<Outline>, Error> {
        let task = Task {
            doing: format!("list the {key} dated {} to {}", days.from, days.to),
            scope: format!("the scope {scope}"),
            remedy: "It is tried again.",
            sought: Sought::List(key),
        };
        let address = self.list_address(&task, account, path)?;
        let list = List {
            task,
            address,
            filter: days.search(),
            paging: Paging::DOCUMENTS,
            read,
            id: |row: &Outline| &row.id,
        };
        let mut rows = list.every_row(&self.http, token).await?;
        rows.retain(|row| row.day.is_none_or(|day| days.contain(day)));
        Ok(rows)
    }
}

type ReadPage = fn(&[u8]) -> Result<Page<Outline>, Breach>;
