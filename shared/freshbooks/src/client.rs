//! Reading documents of the sales side. Nothing here can change anything at FreshBooks.

use jiff::civil::Date;
use reqwest::Client as Http;
use secrecy::SecretString;
use url::Url;

use crate::record::{Counted, Kind, Record, day_of};
use crate::wire::{self, Breach, Page, Row};
use crate::{
    Client, Error, Invoice, Listing, Payment, Shown, ShownPayment, Visibility, Wanted, scopes,
};

/// The accounting API of FreshBooks, read only. Cheap to clone: clones share their connections.
#[derive(Debug, Clone)]
pub struct Api {
    pub(crate) http: Http,
    pub(crate) base: Url,
}

impl Api {
    /// An API at `base`, usually `https://api.freshbooks.com`; a path prefix and a final slash are
    /// both welcome. The HTTP client brings time-outs, user agent and a policy of no redirects.
    #[must_use]
    pub fn new(http: Http, base: Url) -> Self {
        Self { http, base }
    }

    /// The invoice as it stands now, with its lines; `None` where FreshBooks no longer has it.
    ///
    /// A deleted invoice is usually still there, as [`crate::Visibility::Deleted`]
    /// (docs/freshbooks-api.md, deletes and vis_state).
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn invoice(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Invoice>, Error> {
        self.one(token, account, id).await
    }

    /// The invoices that are wanted, drafts included, with their lines.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn invoices(
        &self,
        token: &SecretString,
        account: &str,
        wanted: Wanted,
    ) -> Result<Listing<Invoice>, Error> {
        self.listing(token, account, wanted).await
    }

    /// The client as it stands now; `None` where FreshBooks no longer has it.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn client(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Client>, Error> {
        self.one(token, account, id).await
    }

    /// The payment as it stands now; `None` where FreshBooks no longer has it.
    ///
    /// A deleted payment is usually still there, as [`Shown::Deleted`]
    /// (docs/freshbooks-api.md, deletes and vis_state).
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn payment(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<ShownPayment>, Error> {
        self.one(token, account, id).await
    }

    /// The payments that are wanted.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn payments(
        &self,
        token: &SecretString,
        account: &str,
        wanted: Wanted,
    ) -> Result<Listing<ShownPayment>, Error> {
        self.listing(token, account, wanted).await
    }
}

impl Record for Invoice {
    /// Lines come only when they are asked for (docs/freshbooks-api.md, invoices).
    const KIND: Kind = Kind {
        noun: "invoice",
        plural: "invoices",
        key: "invoice",
        list_key: "invoices",
        path: "invoices/invoices",
        scope: scopes::INVOICES,
        include: Some("lines"),
    };

    fn read(body: &[u8]) -> Result<Self, Breach> {
        wire::invoice(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Self>>, Breach> {
        wire::invoices(body)
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn changed_on(&self) -> Option<Date> {
        day_of(&self.version)
    }

    fn dated_on(&self) -> Option<Date> {
        Some(self.issued_on)
    }
}

impl Record for Client {
    const KIND: Kind = Kind {
        noun: "client",
        plural: "clients",
        key: "client",
        list_key: "clients",
        path: "users/clients",
        scope: scopes::CLIENTS,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Self, Breach> {
        wire::client(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Self>>, Breach> {
        wire::clients(body)
    }

    fn id(&self) -> &str {
        &self.id
    }

    /// A client that was deleted is still who the invoice is for.
    fn visibility(&self) -> Visibility {
        Visibility::Active
    }
}

impl Counted for Payment {
    const KIND: Kind = Kind {
        noun: "payment",
        plural: "payments",
        key: "payment",
        list_key: "payments",
        path: "payments/payments",
        scope: scopes::PAYMENTS,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::payment(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::payments(body)
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn dated_on(&self) -> Option<Date> {
        Some(self.paid_on)
    }
}
