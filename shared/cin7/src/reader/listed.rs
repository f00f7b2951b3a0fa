//! Whole lists, which tell whether a row may have been missed while they were read.

use jiff::Timestamp;

use super::Reader;
use crate::pages::{self, Row};
use crate::wire::{JournalRow, MoneyTaskListRow, PurchaseListRow, SaleListRow};
use crate::{Error, Journal, Listing, MoneyTaskRow, PurchaseRow, SaleRow};

impl Reader {
    /// The sales changed since a moment. Ask from a little before the last time, and look at when each
    /// row changed: a filter that Cin7 ignores shows all.
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_listed(&self, since: Timestamp) -> Result<Listing<SaleRow>, Error> {
        self.listed::<SaleListRow, _>(&[("UpdatedSince", &instant(since))])
            .await
    }

    /// The purchases changed since a moment, likewise.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchases_listed(&self, since: Timestamp) -> Result<Listing<PurchaseRow>, Error> {
        self.listed::<PurchaseListRow, _>(&[("UpdatedSince", &instant(since))])
            .await
    }

    /// Every journal, voided ones included: the list knows no filter by time. One call per 1,000.
    ///
    /// # Errors
    /// As every read.
    pub async fn journals_listed(&self) -> Result<Listing<Journal>, Error> {
        self.listed::<JournalRow, _>(&[]).await
    }

    /// Every money operation, voided ones included, likewise.
    ///
    /// # Errors
    /// As every read.
    pub async fn money_operations_listed(&self) -> Result<Listing<MoneyTaskRow>, Error> {
        self.listed::<MoneyTaskListRow, _>(&[]).await
    }

    async fn listed<R: Row, T: From<R>>(
        &self,
        filters: &[(&str, &str)],
    ) -> Result<Listing<T>, Error> {
        let listing = pages::listing::<R>(&self.endpoint, filters).await?;
        Ok(listing.map(T::from))
    }
}

/// UTC, to the millisecond (docs/cin7-api.md, dates).
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
