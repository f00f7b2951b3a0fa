//! The client that can only read.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::pages::{self, Row};
use crate::wire::{
    AccountRow, CompanyFacts, CustomerRow, LocationRow, PaymentTermRow, ProductRow, SaleDocument,
    SaleListRow, TaxRow,
};
use crate::{Books, Company, Customer, Endpoint, Error, Product, Sale, SaleRow};

/// Reads from Cin7 and cannot do anything else. Every method fails as [`Error`] says, and never
/// with [`Error::Uncertain`].
#[derive(Debug, Clone)]
pub struct Reader {
    endpoint: Endpoint,
}

impl Reader {
    /// A reader of one account.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    /// The company; the cheapest call that proves the keys. One call.
    ///
    /// # Errors
    /// As every read; [`Error::Refused`] also for a lock date that cannot be read.
    pub async fn company(&self) -> Result<Company, Error> {
        let call = Call::Read("me");
        let text = self.endpoint.get(call.path(), &[]).await?;
        let facts: CompanyFacts = parsed(call, &text)?;
        facts.company(call)
    }

    /// The reference books. Four calls, or more where a book has several pages.
    ///
    /// # Errors
    /// As every read.
    pub async fn books(&self) -> Result<Books, Error> {
        Ok(Books {
            accounts: self.list::<AccountRow, _>(&[]).await?,
            taxes: self.list::<TaxRow, _>(&[]).await?,
            terms: self.list::<PaymentTermRow, _>(&[]).await?,
            locations: self.locations().await?,
        })
    }

    /// Every product that is not deprecated. One call per 1,000 products.
    ///
    /// # Errors
    /// As every read.
    pub async fn products(&self) -> Result<Vec<Product>, Error> {
        self.list::<ProductRow, _>(&[]).await
    }

    /// Active customers of exactly this name, without regard to case or to blanks around it: Cin7
    /// would refuse a second one for it. Its own filter is a mere prefix
    /// (docs/cin7-api.md, customers). No name, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn customers_named(&self, name: &str) -> Result<Vec<Customer>, Error> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let mut customers: Vec<Customer> = self.list::<CustomerRow, _>(&[("Name", name)]).await?;
        customers.retain(|customer| customer.active && is_same(&customer.name, name));
        Ok(customers)
    }

    /// Active customers one of whose contacts has this e-mail address, without regard to case.
    /// No address, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn customers_with_email(&self, email: &str) -> Result<Vec<Customer>, Error> {
        let email = email.trim();
        if email.is_empty() {
            return Ok(Vec::new());
        }
        let filter = [("ContactFilter", email)];
        let mut customers: Vec<Customer> = self.list::<CustomerRow, _>(&filter).await?;
        customers.retain(|customer| {
            customer.active && customer.emails.iter().any(|known| is_same(known, email))
        });
        Ok(customers)
    }

    /// A sale by its id, or `None` where Cin7 says that there is none. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn sale(&self, id: &str) -> Result<Option<Sale>, Error> {
        let call = Call::Read("sale");
        let text = match self.endpoint.get(call.path(), &[("ID", id)]).await {
            Ok(text) => text,
            Err(fault) if fault.missing => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        let document: SaleDocument = parsed(call, &text)?;
        let sale = document
            .sale()
            .map_err(|lacking| call.without_outcome(format!("it came without {lacking}")))?;
        if !sale.id.eq_ignore_ascii_case(id) {
            return Err(call.without_outcome(format!("asked for {id}, it showed {}", sale.id)));
        }
        Ok(Some(sale))
    }

    /// The sales that carry exactly this mark, voided ones included. A sale just made may not be
    /// found yet (docs/cin7-api.md, read-after-write lag).
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_marked(&self, external_id: &str) -> Result<Vec<SaleRow>, Error> {
        let filter = [("ExternalID", external_id)];
        let mut rows: Vec<SaleRow> = self.list::<SaleListRow, _>(&filter).await?;
        rows.retain(|row| row.external_id.as_deref() == Some(external_id));
        Ok(rows)
    }

    /// The sales changed since a moment, each once and in no dependable order. Ask from a little
    /// before the last time: rows move between pages while they are read.
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_updated_since(&self, since: Timestamp) -> Result<Vec<SaleRow>, Error> {
        // UTC, to the millisecond (docs/cin7-api.md, dates).
        let since = since.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        self.list::<SaleListRow, _>(&[("UpdatedSince", since.as_str())])
            .await
    }

    async fn locations(&self) -> Result<Vec<String>, Error> {
        let rows: Vec<LocationRow> = pages::all(&self.endpoint, &[]).await?;
        Ok(rows
            .into_iter()
            .filter_map(LocationRow::usable_name)
            .collect())
    }

    async fn list<R: Row, T: From<R>>(&self, filters: &[(&str, &str)]) -> Result<Vec<T>, Error> {
        let rows: Vec<R> = pages::all(&self.endpoint, filters).await?;
        Ok(rows.into_iter().map(T::from).collect())
    }
}

fn parsed<T: DeserializeOwned>(call: Call, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| call.without_outcome(error))
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
