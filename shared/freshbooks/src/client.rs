//! Reading documents from FreshBooks. Nothing here can change anything there.

use reqwest::Client as Http;
use secrecy::SecretString;
use url::Url;

use crate::asked::{Asked as _, Subject, ask};
use crate::http::endpoint;
use crate::id::is_id;
use crate::{Client, Error, Invoice, ShownPayment, scopes, wire};

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
        let subject = Subject {
            noun: "invoice",
            scope: scopes::INVOICES,
            id,
        };
        // Lines come only when they are asked for (docs/freshbooks-api.md, invoices).
        let address = self.address(&subject, account, "invoices/invoices", Some("lines"))?;
        let Some(body) = self.read(&subject, token, address).await? else {
            return Ok(None);
        };
        let invoice =
            wire::invoice(&body).map_err(|breach| subject.broken(format_args!("{breach}")))?;
        subject.check_id(&invoice.id)?;
        Ok(Some(invoice))
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
        let subject = Subject {
            noun: "client",
            scope: scopes::CLIENTS,
            id,
        };
        let address = self.address(&subject, account, "users/clients", None)?;
        let Some(body) = self.read(&subject, token, address).await? else {
            return Ok(None);
        };
        let client =
            wire::client(&body).map_err(|breach| subject.broken(format_args!("{breach}")))?;
        subject.check_id(&client.id)?;
        Ok(Some(client))
    }

    /// The payment as it stands now; `None` where FreshBooks no longer has it.
    ///
    /// A deleted payment is usually still there, as [`ShownPayment::Deleted`]
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
        let subject = Subject {
            noun: "payment",
            scope: scopes::PAYMENTS,
            id,
        };
        let address = self.address(&subject, account, "payments/payments", None)?;
        let Some(body) = self.read(&subject, token, address).await? else {
            return Ok(None);
        };
        let payment =
            wire::payment(&body).map_err(|breach| subject.broken(format_args!("{breach}")))?;
        subject.check_id(payment.id())?;
        Ok(Some(payment))
    }

    /// The address of one document. Ids are checked because an empty one would ask for the whole
    /// list and `..` for something else altogether.
    fn address(
        &self,
        subject: &Subject<'_>,
        account: &str,
        resource: &str,
        include: Option<&str>,
    ) -> Result<Url, Error> {
        if !is_id(account) {
            return Err(subject.unaskable(format_args!("{account:?} cannot be an account id")));
        }
        if !is_id(subject.id) {
            return Err(subject.unaskable(format_args!("that cannot be an id")));
        }
        let path = format!("accounting/account/{account}/{resource}/{}", subject.id);
        let mut address = endpoint(&self.base, &path);
        // Brackets go percent-encoded (docs/freshbooks-api.md, paging, lists and filters).
        address.set_query(
            include
                .map(|part| format!("include%5B%5D={part}"))
                .as_deref(),
        );
        Ok(address)
    }

    async fn read(
        &self,
        subject: &Subject<'_>,
        token: &SecretString,
        address: Url,
    ) -> Result<Option<Vec<u8>>, Error> {
        ask(self.http.get(address), subject, token, &[]).await
    }
}
