//! A connection as people see it.

use futures::{StreamExt, TryStreamExt, future, stream};
use jiff::Timestamp;
use ledger::{Connection, ConnectionId, SecretRow, Status};
use serde::Serialize;

use crate::kinds::how_to_let_in;
use crate::life::missing_scopes;
use crate::{CallbackView, Desk, Error, HeldBackKind, ScheduleView, schedule};

/// So many connections are read at the same time.
const SIDE_BY_SIDE: usize = 16;

/// A connection. No part of any secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Its name.
    pub id: ConnectionId,
    /// Whether it works.
    pub status: Status,
    /// Why it does not; empty where it does.
    pub stopped: String,
    /// What to do next to make it work; empty where it does.
    pub next_step: String,
    /// FreshBooks' accounting account; empty until it is chosen.
    pub account_id: String,
    /// FreshBooks' business.
    pub business_uuid: String,
    /// What FreshBooks granted.
    pub scopes: Vec<String>,
    /// What it did not grant and is needed.
    pub missing_scopes: Vec<String>,
    /// Kinds of documents that stay out because their scopes were not granted.
    pub held_back: Vec<HeldBackKind>,
    /// The newest version of its settings.
    pub settings_version: u64,
    /// When it is polled.
    pub schedule: ScheduleView,
    /// When it was made, where that is known.
    pub created_at: Option<Timestamp>,
    /// Where FreshBooks delivers, as last known.
    pub callbacks: Vec<CallbackView>,
    /// What is stored for it.
    pub secrets: Vec<SecretView>,
}

/// A stored secret, seen from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecretView {
    /// Which: `freshbooks`, `cin7` or `app`.
    pub name: String,
    /// The KMS key that it is sealed under.
    pub key_id: String,
    /// One more with every write.
    pub version: u64,
    /// When it was last written.
    pub updated_at: Timestamp,
}

impl Desk {
    /// Every connection, those among them whose removal did not come to its end.
    ///
    /// # Errors
    /// The ledger did not answer.
    pub async fn list(&self) -> Result<Vec<Overview>, Error> {
        let ids = self.ledger.connections().await?;
        let read = stream::iter(ids).map(|id| self.listed(id));
        let read = read.buffered(SIDE_BY_SIDE);
        read.try_filter_map(future::ok).try_collect().await
    }

    async fn listed(&self, id: ConnectionId) -> Result<Option<Overview>, Error> {
        match self.ledger.connection(&id).await? {
            Some(connection) => self.overview(connection).await.map(Some),
            None => Ok(None),
        }
    }

    /// One connection.
    ///
    /// # Errors
    /// There is no such connection.
    pub async fn show(&self, id: &ConnectionId) -> Result<Overview, Error> {
        let connection = self.connection(id).await?;
        self.overview(connection).await
    }

    async fn overview(&self, connection: Connection) -> Result<Overview, Error> {
        let secrets = async { Ok(self.ledger.secrets(&connection.id).await?) };
        let kinds = self.kinds(&connection).await?;
        let callbacks = self.callbacks_of(&connection.id, &kinds);
        let (callbacks, secrets) = future::try_join(callbacks, secrets).await?;
        let held_back = kinds.held_back();
        let missing = missing_scopes(&connection);
        Ok(Overview {
            schedule: schedule::view(&connection),
            next_step: next_step(&connection, (&missing, &held_back), &callbacks),
            missing_scopes: missing.into_iter().map(str::to_owned).collect(),
            held_back,
            secrets: secrets.into_iter().map(seen).collect(),
            callbacks,
            id: connection.id,
            status: connection.status,
            stopped: connection.stopped,
            account_id: connection.account_id,
            business_uuid: connection.business_uuid,
            scopes: connection.scopes,
            settings_version: connection.settings_version,
            created_at: connection.created_at,
        })
    }
}

fn seen((name, row): (String, SecretRow)) -> SecretView {
    SecretView {
        name,
        key_id: row.key_id,
        version: row.version,
        updated_at: row.updated_at,
    }
}

fn next_step(
    connection: &Connection,
    (missing, held_back): (&[&str], &[HeldBackKind]),
    callbacks: &[CallbackView],
) -> String {
    let step = match connection.status {
        Status::Paused => "Resume it.",
        Status::NeedsConsent if !missing.is_empty() => {
            "Enable the missing scopes for the app in FreshBooks' developer portal, then connect it again."
        }
        Status::NeedsConsent
            if connection.scopes.is_empty() || !connection.account_id.is_empty() =>
        {
            "Connect FreshBooks."
        }
        Status::NeedsConsent => "Choose the business.",
        Status::KeysRefused => "Store Cin7's keys.",
        Status::Active if callbacks.iter().any(|callback| !callback.delivers) => {
            "Register the callbacks."
        }
        Status::Active if !held_back.is_empty() => return how_to_let_in(connection, held_back),
        Status::Active => "",
        Status::Removed => "Remove it again: its removal did not come to its end.",
    };
    step.to_owned()
}
