//! The life of a connection: made, stopped, resumed, removed.

use freshbooks::oauth::App;
use ledger::{Connection, ConnectionId, Status};
use mapping::Settings;
use secrecy::SecretString;

use crate::{Desk, Error, Overview};

/// What a connection begins with. The accounts are connected afterwards.
#[derive(Debug)]
pub struct NewConnection {
    /// Its name in addresses and records.
    pub id: ConnectionId,
    /// Client id of the FreshBooks app.
    pub client_id: String,
    /// Client secret of the FreshBooks app.
    pub client_secret: SecretString,
    /// The settings document, as TOML; may be empty.
    pub settings: String,
}

impl Desk {
    /// Makes a connection, whole or not at all. Under the name of one that was removed its records go
    /// on.
    ///
    /// # Errors
    /// There is one of this name, or the settings cannot be read.
    pub async fn add(&self, new: NewConnection) -> Result<Overview, Error> {
        let id = new.id;
        parsed(&new.settings)?;
        let known = self.ledger.connection(&id).await?;
        let taken = || {
            Error::Invalid(format!(
                "There is a connection {id} already; choose another name, or change that one."
            ))
        };
        let mut connection = match known {
            None => Connection::new(id.clone()),
            Some(known) if known.status == Status::Removed => {
                // A removal that did not come to its end left secrets that the new one must not find.
                self.ledger.remove_connection(&id).await?;
                known
            }
            Some(_) => return Err(taken()),
        };
        connection.status = Status::NeedsConsent;
        connection.stopped = "FreshBooks is not connected yet.".to_owned();
        connection.created_at = Some(self.clock().now());
        connection.schedule = Some(schedules::usual());
        let app = App {
            client_id: new.client_id,
            client_secret: new.client_secret,
            redirect_uri: None,
        };
        let app = self.vault.sealed_app(&id, &app).await?;
        let made = self
            .ledger
            .make_connection(&mut connection, &new.settings, &app);
        match made.await {
            Err(ledger::Error::Conflict(_)) => Err(taken()),
            other => Ok(other?),
        }?;
        // Nothing is polled before the accounts are connected, and the upkeep makes what is missing.
        if let Err(error) = self.put_schedule(&connection).await {
            tracing::warn!(connection = %id, error = %error, "the schedule could not be made yet");
        }
        self.show(&id).await
    }

    /// Replaces the FreshBooks app that a connection consents to. What was consented to before stays
    /// in use until the next consent.
    ///
    /// # Errors
    /// There is no such connection.
    pub async fn replace_app(
        &self,
        id: &ConnectionId,
        client_id: String,
        client_secret: SecretString,
    ) -> Result<Overview, Error> {
        self.connection(id).await?;
        let app = App {
            client_id,
            client_secret,
            redirect_uri: None,
        };
        self.vault.put_app(id, &app).await?;
        self.show(id).await
    }

    /// Stops a connection: everything that comes waits, and nothing is called.
    ///
    /// # Errors
    /// There is no such connection.
    pub async fn pause(&self, id: &ConnectionId) -> Result<Overview, Error> {
        self.connection(id).await?;
        let why = "It was paused; resume it to go on.";
        self.ledger.set_status(id, Status::Paused, why).await?;
        self.show(id).await
    }

    /// Lets a paused connection go on, with everything that waited meanwhile. One that works already
    /// stays as it is.
    ///
    /// # Errors
    /// There is no such connection, or it stands still for another reason.
    pub async fn resume(&self, id: &ConnectionId) -> Result<Overview, Error> {
        let status = self.connection(id).await?.status;
        let overview = self.show(id).await?;
        if !matches!(status, Status::Paused | Status::Active) {
            return Err(Error::Invalid(format!(
                "Connection {id} is not paused, so it cannot be resumed. {} {}",
                overview.stopped, overview.next_step
            )));
        }
        self.begin(id, status).await?;
        self.show(id).await
    }

    /// Removes a connection with its secrets, its schedule and its callbacks in FreshBooks. Its records
    /// and their trails stay.
    ///
    /// # Errors
    /// There is no such connection, or a part could not be removed: asking again goes on.
    pub async fn remove(&self, id: &ConnectionId) -> Result<(), Error> {
        if self.is_half_removed(id).await? {
            return Ok(self.ledger.remove_connection(id).await?);
        }
        self.connection(id).await?;
        let why = "It is being removed.";
        self.ledger.set_status(id, Status::Paused, why).await?;
        // Without a token nothing can be removed there; deliveries for it are refused from now on.
        if let Err(error) = self.remove_callbacks(id).await {
            tracing::warn!(connection = %id, error = %error, "callbacks could not be removed in FreshBooks");
        }
        self.schedules.remove(id).await?;
        Ok(self.ledger.remove_connection(id).await?)
    }

    /// Whether it is marked as removed and still listed, because whoever removed it did not get to the
    /// end.
    async fn is_half_removed(&self, id: &ConnectionId) -> Result<bool, Error> {
        let known = self.ledger.connection(id).await?;
        let marked = known.is_some_and(|known| known.status == Status::Removed);
        Ok(marked && self.ledger.connections().await?.contains(id))
    }

    /// Gives a connection the status that its parts allow after what `mended` names was given anew. A
    /// pause stays, and so does a stop for the other reason: a consent mends no keys, and keys no
    /// consent.
    pub(crate) async fn settle(&self, id: &ConnectionId, mended: Status) -> Result<(), Error> {
        if self.connection(id).await?.status == Status::Paused {
            return Ok(());
        }
        self.begin(id, mended).await
    }

    async fn begin(&self, id: &ConnectionId, mended: Status) -> Result<(), Error> {
        let connection = self.connection(id).await?;
        let (status, why) = self.standing(&connection).await?;
        if status != Status::Active {
            self.ledger.set_status(id, status, why).await?;
            return Ok(());
        }
        if connection.status != Status::Active {
            // Conditional: a person may pause it at this moment.
            let goes_on = connection.status == mended && self.ledger.resume(id, mended).await?;
            if !goes_on {
                return Ok(());
            }
        }
        Ok(sync::resume(&self.ledger, &self.connection(id).await?).await?)
    }

    /// The status that a connection's parts allow, and why.
    async fn standing(&self, connection: &Connection) -> Result<(Status, &'static str), Error> {
        let has =
            async |name| Ok::<_, Error>(self.ledger.secret(&connection.id, name).await?.is_some());
        if !has("freshbooks").await? {
            return Ok((Status::NeedsConsent, "FreshBooks is not connected yet."));
        }
        if connection.account_id.is_empty() {
            return Ok((
                Status::NeedsConsent,
                "It is not said yet which FreshBooks business it is.",
            ));
        }
        if !missing_scopes(connection).is_empty() {
            return Ok((
                Status::NeedsConsent,
                "FreshBooks did not grant everything that is needed; enable the missing scopes for the app \
                 and connect it again.",
            ));
        }
        if !has("cin7").await? {
            return Ok((Status::KeysRefused, "Cin7's keys are not stored yet."));
        }
        Ok((Status::Active, ""))
    }
}

/// Needed scopes that were not granted. Of a connection from a file it is not known.
pub(crate) fn missing_scopes(connection: &Connection) -> Vec<&'static str> {
    if connection.scopes.is_empty() {
        return Vec::new();
    }
    freshbooks::scopes::missing(&connection.scopes.join(" "))
}

pub(crate) fn parsed(document: &str) -> Result<Settings, Error> {
    Settings::parse(document)
        .map_err(|error| Error::Invalid(format!("The settings cannot be used. {error}")))
}
