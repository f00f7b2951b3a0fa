//! The client that can only read.

mod ledger;
mod listed;
mod purchases;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::node::Node;
use crate::pages::{self, Row};
use crate::wire::{
    AccountRow, CompanyFacts, CustomerRow, LocationRow, PaymentRow, PaymentTermRow, ProductRow,
    SaleDocument, SaleListRow, TaxRow, payments,
};
use crate::{
    Books, Company, Customer, Endpoint, Error, Product, Sale, SalePayment, SaleRow, ShownSale,
};

const SALE: Call = Call::Read("sale");

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
        let Some(text) = self.sale_text(id).await? else {
            return Ok(None);
        };
        sale_of(&text, id).map(Some)
    }

    /// A sale by its id, kept whole for comparison with what was sent; `None` where Cin7 says that
    /// there is none. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn shown_sale(&self, id: &str) -> Result<Option<ShownSale>, Error> {
        let Some(text) = self.sale_text(id).await? else {
            return Ok(None);
        };
        let sale = sale_of(&text, id)?;
        let copy = Node::read(&text).map_err(|error| SALE.without_outcome(error))?;
        Ok(Some(ShownSale::new(sale, copy)))
    }

    /// The payments of a sale, prepayments and refunds among them. One just made may not be shown yet
    /// (docs/cin7-api.md, read-after-write lag). One call.
    ///
    /// # Errors
    /// As every read; [`Error::Refused`] where Cin7 says that there is no such sale.
    pub async fn sale_payments(&self, sale_id: &str) -> Result<Vec<SalePayment>, Error> {
        let call = Call::Read("sale/payment");
        let filter = [("SaleID", sale_id)];
        let text = self.endpoint.get(call.path(), &filter).await?;
        payments(&text)
            .map_err(|error| call.without_outcome(error))?
            .into_iter()
            .filter(|row| row.may_be_of(sale_id))
            .map(PaymentRow::payment)
            .collect::<Result<_, _>>()
            .map_err(|lacking| call.without_outcome(format!("a row came without {lacking}")))
    }

    /// The sales that carry exactly this mark, voided ones included. A sale just made may not be
    /// found yet (docs/cin7-api.md, read-after-write lag).
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_marked(&self, external_id: &str) -> Result<Vec<SaleRow>, Error> {
        let mut rows = self.sales_filtered(external_id).await?;
        rows.retain(|row| row.external_id.as_deref() == Some(external_id));
        Ok(rows)
    }

    /// The sales that Cin7's own filter lets through for a mark, whatever they carry: for one who wants
    /// to know what the filter does.
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_filtered(&self, external_id: &str) -> Result<Vec<SaleRow>, Error> {
        let filter = [("ExternalID", external_id)];
        self.list::<SaleListRow, _>(&filter).await
    }

    /// The sales that Cin7 finds for a text in reference, number, status or customer; check the rows.
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_searched(&self, text: &str) -> Result<Vec<SaleRow>, Error> {
        self.list::<SaleListRow, _>(&[("Search", text)]).await
    }

    /// How many sales the account holds, voided ones included. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn count_sales(&self) -> Result<usize, Error> {
        Ok(pages::count::<SaleListRow>(&self.endpoint).await?)
    }

    /// The sales changed since a moment, each once and in no dependable order. Ask from a little
    /// before the last time: rows move between pages while they are read.
    ///
    /// # Errors
    /// As every read.
    pub async fn sales_updated_since(&self, since: Timestamp) -> Result<Vec<SaleRow>, Error> {
        Ok(self.sales_listed(since).await?.rows)
    }

    async fn sale_text(&self, id: &str) -> Result<Option<String>, Error> {
        match self.endpoint.get(SALE.path(), &[("ID", id)]).await {
            Ok(text) => Ok(Some(text)),
            Err(fault) if fault.missing => Ok(None),
            Err(fault) => Err(fault.into()),
        }
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

/// The sale that a text shows, if it is the one that was asked for.
fn sale_of(text: &str, id: &str) -> Result<Sale, Error> {
    let document: SaleDocument = parsed(SALE, text)?;
    let sale = document
        .sale()
        .map_err(|lacking| SALE.without_outcome(format!("it came without {lacking}")))?;
    if !sale.id.eq_ignore_ascii_case(id) {
        return Err(SALE.without_outcome(format!("asked for {id}, it showed {}", sale.id)));
    }
    Ok(sale)
}

fn parsed<T: DeserializeOwned>(call: Call, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| call.without_outcome(error))
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
