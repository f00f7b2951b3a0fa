//! Consent: a person lets this deployment read a business's FreshBooks.
//!
//! The console gives an address that works once; opening it in a browser binds what follows to that
//! browser by a cookie, and leads to FreshBooks with a `state` that is signed, ends after a quarter of
//! an hour, and works once. What comes back is believed only with that state from that browser.

mod state;

use std::time::Duration;

use clock::later;
use freshbooks::oauth::{self, App};
use jiff::Timestamp;
use ledger::{ConnectionId, Consent, ConsentStage, Status};
use secrecy::SecretString;
use serde::Serialize;
use state::{digest, signed};
use url::Url;
use vault::FreshBooksSecret;

use crate::business::{Choice, choices};
use crate::kinds::held_back;
use crate::{Desk, Error, HeldBackKind};

/// How long a person may take from the command to the consent.
const LIFE: Duration = Duration::from_secs(15 * 60);

/// An address for a browser.
#[derive(Debug, Clone, Serialize)]
pub struct Ticket {
    /// Open this; it works once.
    pub url: String,
    /// And until then.
    pub expires_at: Timestamp,
}

/// Where an opened ticket leads.
#[derive(Debug)]
pub struct Opened {
    /// FreshBooks' consent page.
    pub authorize: Url,
    /// What the browser has to bring back.
    pub cookie: SecretString,
}

/// What a browser brings back from FreshBooks.
#[derive(Debug, Default)]
pub struct Answered {
    /// The code, where the person agreed.
    pub code: Option<SecretString>,
    /// The state, as it was sent.
    pub state: String,
    /// FreshBooks' error, where the person did not agree.
    pub error: Option<String>,
    /// The cookie of that browser.
    pub cookie: Option<SecretString>,
}

/// What came of a consent.
#[derive(Debug, Clone, Serialize)]
pub struct Consented {
    /// Whose.
    pub connection: ConnectionId,
    /// The business it belongs to, where there was nothing to choose.
    pub picked: Option<Choice>,
    /// The businesses to choose from.
    pub choices: Vec<Choice>,
    /// Scopes that FreshBooks did not grant; without them the connection does not work.
    pub missing_scopes: Vec<String>,
    /// Kinds of documents that stay out because their scopes were not granted.
    pub held_back: Vec<HeldBackKind>,
}

impl Desk {
    /// Begins a consent: an address for the browser of whoever may consent.
    ///
    /// # Errors
    /// There is no such connection, or it has no FreshBooks app yet.
    pub async fn begin_consent(&self, id: &ConnectionId) -> Result<Ticket, Error> {
        self.connection(id).await?;
        self.app(id).await?;
        let nonce = self.nonce();
        let expires_at = later(self.clock().now(), LIFE);
        let consent = Consent {
            stage: ConsentStage::Ticket,
            browser: String::new(),
            expires_at,
        };
        self.ledger
            .put_consent(id, &digest(&nonce), &consent)
            .await?;
        Ok(Ticket {
            url: self.addresses.here(&format!("consent/{id}.{nonce}")).into(),
            expires_at,
        })
    }

    /// Opens a ticket, which ends it.
    ///
    /// # Errors
    /// It is unknown, used or too old.
    pub async fn open_ticket(&self, ticket: &str) -> Result<Opened, Error> {
        let now = self.clock().now();
        let (id, nonce) = ticket
            .split_once('.')
            .and_then(|(id, nonce)| Some((id.parse::<ConnectionId>().ok()?, nonce)))
            .ok_or_else(no_ticket)?;
        let taken = self.ledger.take_consent(&id, &digest(nonce), now).await?;
        if taken.is_none_or(|consent| consent.stage != ConsentStage::Ticket) {
            return Err(no_ticket());
        }
        let app = self.app(&id).await?;
        let (nonce, cookie) = (self.nonce(), self.nonce());
        let expires_at = later(now, LIFE);
        let consent = Consent {
            stage: ConsentStage::State,
            browser: digest(&cookie),
            expires_at,
        };
        self.ledger
            .put_consent(&id, &digest(&nonce), &consent)
            .await?;
        let state = signed(&app, &id, &nonce, expires_at)?;
        let base = &self.addresses.freshbooks_auth;
        let settings = self.settings_in_force(&self.connection(&id).await?).await?;
        let scopes = freshbooks::scopes::names(|kind| settings.documents.moves(kind));
        let authorize = oauth::authorize_url(base, &app, &scopes, &state)
            .map_err(|error| Error::Invalid(error.to_string()))?;
        Ok(Opened {
            authorize,
            cookie: cookie.into(),
        })
    }

    /// Takes what FreshBooks sent a browser back with. The new tokens are stored before anything
    /// else; where the connection has its business already, after asking whose they are.
    ///
    /// # Errors
    /// The state is not one of ours, of another browser, used or too old; the person did not agree;
    /// FreshBooks did not give tokens for the code, or none that open the connection's account.
    pub async fn consented(&self, answered: Answered) -> Result<Consented, Error> {
        let (id, app) = self.genuine(&answered).await?;
        if let Some(refused) = &answered.error {
            return Err(Error::Refused(format!(
                "FreshBooks was not connected, because consent was not given ({}); begin again when it is.",
                refused.chars().take(60).collect::<String>()
            )));
        }
        let Some(code) = &answered.code else {
            return Err(Error::Invalid(
                "FreshBooks sent no code; begin the consent again.".to_owned(),
            ));
        };
        let now = self.clock().now();
        let base = &self.addresses.freshbooks;
        let pair = oauth::exchange(&self.http, base, &app, code, now)
            .await
            .map_err(|error| {
                Error::Refused(format!(
                    "FreshBooks gave no tokens for this consent; begin it again. {error}"
                ))
            })?;
        // Somebody else's tokens must not take the place of ones that open this connection's books.
        let account_id = self.connection(&id).await?.account_id;
        let mut listed = None;
        if !account_id.is_empty() {
            let theirs = self.freshbooks.businesses(&pair.access_token).await;
            if let Ok(theirs) = &theirs {
                is_theirs(&id, &account_id, theirs)?;
            }
            listed = Some(theirs);
        }
        let secret = FreshBooksSecret {
            client_id: app.client_id,
            client_secret: app.client_secret,
            redirect_uri: app.redirect_uri,
            access_token: Some((pair.access_token.clone(), pair.expires_at())),
            refresh_token: pair.refresh_token,
        };
        self.vault.replace_freshbooks(&id, &secret).await?;
        self.change(&id, |connection| {
            connection.scopes = pair.scope.split_whitespace().map(str::to_owned).collect();
            Ok(())
        })
        .await?;
        let listed = match listed {
            Some(listed) => listed,
            None => self.freshbooks.businesses(&pair.access_token).await,
        };
        let choices = listed.map(choices);
        let picked = match &choices {
            Ok(choices) => self.pinned(&id, choices).await?,
            Err(_) => None,
        };
        self.settle(&id, Status::NeedsConsent).await?;
        let missing_scopes = freshbooks::scopes::missing(&pair.scope);
        let connection = self.connection(&id).await?;
        let settings = self.settings_in_force(&connection).await?;
        Ok(Consented {
            held_back: held_back(&pair.scope, &settings),
            connection: id,
            picked,
            choices: choices?,
            missing_scopes: missing_scopes.into_iter().map(str::to_owned).collect(),
        })
    }

    /// The business where there is nothing to choose: the one it had, or the only one.
    async fn pinned(&self, id: &ConnectionId, choices: &[Choice]) -> Result<Option<Choice>, Error> {
        let pinned = self
            .change(id, |connection| {
                let only = match choices {
                    [only] if connection.account_id.is_empty() => Some(only),
                    _ => choices
                        .iter()
                        .find(|one| one.account_id == connection.account_id),
                };
                if let Some(choice) = only {
                    connection.account_id.clone_from(&choice.account_id);
                    connection.business_uuid.clone_from(&choice.business_uuid);
                }
                Ok(())
            })
            .await?;
        let mut choices = choices.iter();
        Ok(choices
            .find(|one| one.account_id == pinned.account_id)
            .cloned())
    }

    pub(crate) async fn app(&self, id: &ConnectionId) -> Result<App, Error> {
        let app = self.vault.app(id).await?;
        let mut app = app.ok_or_else(|| {
            Error::Invalid(format!(
                "Connection {id} has no FreshBooks app yet; store its client id and client secret first."
            ))
        })?;
        app.redirect_uri = Some(self.addresses.redirect().into());
        Ok(app)
    }
}

/// Refuses the consent of a person who does not belong to the connection's business.
fn is_theirs(
    id: &ConnectionId,
    account_id: &str,
    theirs: &[freshbooks::Business],
) -> Result<(), Error> {
    let belongs = |one: &freshbooks::Business| one.account_id.as_deref() == Some(account_id);
    if theirs.iter().any(belongs) {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "The person who consented does not belong to FreshBooks account {account_id}, which connection {id} \
         is of; nothing was changed. Consent as somebody who does."
    )))
}

fn no_ticket() -> Error {
    Error::NotFound(
        "This address was used already, is too old, or never was one; begin the consent again."
            .to_owned(),
    )
}
