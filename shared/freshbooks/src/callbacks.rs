//! Callbacks, FreshBooks' word for webhooks: registering, confirming and removing them.

mod request;

use reqwest::{Client as Http, RequestBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::asked::{Asked as _, Sought, Task, ask};
use crate::http::endpoint;
use crate::id::is_id;
use crate::pages::{List, Paging};
use crate::{Error, wire};
use request::{Body, Change};

/// A callback as FreshBooks shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// FreshBooks' id (`callbackid`), as text; in a handshake it stands as `object_id`.
    pub id: String,
    /// `invoice` for every verb of the noun, `invoice.create` for one.
    pub event: String,
    /// Where deliveries go.
    pub uri: String,
    /// Whether the handshake was completed. One that was disabled is taken to show as not verified
    /// (docs/freshbooks-api.md, delivery policy).
    pub verified: bool,
}

/// The callbacks of FreshBooks. Nothing else in this crate changes anything there. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Callbacks {
    http: Http,
    base: Url,
}

impl Callbacks {
    /// Callbacks at `base`, usually `https://api.freshbooks.com`, as for [`Api::new`](crate::Api::new).
    #[must_use]
    pub fn new(http: Http, base: Url) -> Self {
        Self { http, base }
    }

    /// Every callback of the account, whoever registered it.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list(&self, token: &SecretString, account: &str) -> Result<Vec<Callback>, Error> {
        let task = task(
            "list the webhooks".to_owned(),
            None,
            "Try again.",
            Sought::List("callbacks"),
        );
        let list = List {
            address: self.address(&task, account, None)?,
            task,
            filter: String::new(),
            paging: Paging::CALLBACKS,
            read: wire::callbacks,
            id: |callback: &Callback| &callback.id,
        };
        list.every_row(&self.http, token).await
    }

    /// Registers `uri` for an event, a noun or `noun.verb`. FreshBooks then sends the handshake,
    /// which may arrive before this returns.
    ///
    /// Not idempotent: the same event and address again is taken to make a second callback, so
    /// [list](Self::list) first, and again after an [`Error::Transient`]
    /// (docs/freshbooks-api.md, management endpoints).
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Forbidden`] names the scope of the event's noun.
    pub async fn register(
        &self,
        token: &SecretString,
        account: &str,
        event: &str,
        uri: &str,
    ) -> Result<Callback, Error> {
        let task = task(
            format!("register the webhook for {event}"),
            Some(event),
            "Check the event and the public address, then try again.",
            Sought::Object("callback"),
        );
        let address = self.address(&task, account, None)?;
        let body = Body::of(Change::Register { event, uri });
        let request = self.http.post(address).json(&body);
        self.shown(request, &task, token, &[])
            .await?
            .ok_or_else(|| task.gone())
    }

    /// One callback as it stands now; `None` where it is gone.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn read(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Callback>, Error> {
        let task = one(&format!("read webhook {id}"), Sought::Object("callback"));
        let address = self.address(&task, account, Some(id))?;
        let shown = self
            .shown(self.http.get(address), &task, token, &[])
            .await?;
        shown.map(|shown| same(&task, id, shown)).transpose()
    }

    /// Proves that the handshake arrived; the answer shows the callback, verified.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Refused`] where FreshBooks gave another verifier meanwhile, or where
    /// the callback is gone. No error holds the verifier.
    pub async fn confirm(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
        verifier: &SecretString,
    ) -> Result<Callback, Error> {
        let task = one(&format!("confirm webhook {id}"), Sought::Object("callback"));
        let address = self.address(&task, account, Some(id))?;
        let body = Body::of(Change::Confirm {
            verifier: verifier.expose_secret(),
        });
        let request = self.http.put(address).json(&body);
        let shown = self.shown(request, &task, token, &[verifier]).await?;
        same(&task, id, shown.ok_or_else(|| task.gone())?)
    }

    /// Asks for another handshake. Whether it brings a new verifier is unconfirmed, so the one before
    /// stays good until the new one has verified a delivery (docs/freshbooks-api.md, handshake).
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Refused`] where the callback is gone.
    pub async fn resend(&self, token: &SecretString, account: &str, id: &str) -> Result<(), Error> {
        let task = one(
            &format!("send the verifier of webhook {id} again"),
            Sought::Nothing,
        );
        let address = self.address(&task, account, Some(id))?;
        let body = Body::of(Change::Resend { resend: true });
        let request = self.http.put(address).json(&body);
        let done = ask(request, &task, token, &[]).await?;
        done.map(|_| ()).ok_or_else(|| task.gone())
    }

    /// Removes a callback; one that is gone already is fine.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn remove(&self, token: &SecretString, account: &str, id: &str) -> Result<(), Error> {
        let task = one(&format!("remove webhook {id}"), Sought::Nothing);
        let address = self.address(&task, account, Some(id))?;
        ask(self.http.delete(address), &task, token, &[]).await?;
        Ok(())
    }

    fn address(&self, task: &Task, account: &str, id: Option<&str>) -> Result<Url, Error> {
        if !is_id(account) {
            return Err(task.unaskable(format_args!("{account:?} cannot be an account id")));
        }
        let all = format!("events/account/{account}/events/callbacks");
        match id {
            None => Ok(endpoint(&self.base, &all)),
            Some(id) if is_id(id) => Ok(endpoint(&self.base, &format!("{all}/{id}"))),
            Some(_) => Err(task.unaskable(format_args!("that cannot be an id"))),
        }
    }

    async fn shown(
        &self,
        request: RequestBuilder,
        task: &Task,
        token: &SecretString,
        secrets: &[&SecretString],
    ) -> Result<Option<Callback>, Error> {
        let Some(body) = ask(request, task, token, secrets).await? else {
            return Ok(None);
        };
        wire::callback(&body)
            .map(Some)
            .map_err(|breach| task.broken(format_args!("{breach}")))
    }
}

/// A task about one callback whose event is not at hand.
fn one(doing: &str, sought: Sought) -> Task {
    let remedy = "Look at the connection's webhooks again; one that is missing is registered anew.";
    task(doing.to_owned(), None, remedy, sought)
}

fn task(doing: String, event: Option<&str>, remedy: &'static str, sought: Sought) -> Task {
    let scope = event.and_then(crate::scopes::of_event).map_or_else(
        || "the read scope of what the webhook announces, such as user:invoices:read,".to_owned(),
        |scope| format!("the scope {scope}"),
    );
    Task {
        doing,
        scope,
        remedy,
        sought,
    }
}

/// Guards against an answer to another question, which a cache on the way could give.
fn same(task: &Task, id: &str, shown: Callback) -> Result<Callback, Error> {
    if shown.id == id {
        return Ok(shown);
    }
    Err(task.broken(format_args!(
        "FreshBooks answered with webhook {}",
        shown.id
    )))
}
