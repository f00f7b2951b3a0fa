//! Settings: one document per version, and no version ever changes.

use ledger::ConnectionId;
use serde::Serialize;

use crate::life::parsed;
use crate::{Desk, Error};

/// One version of a connection's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingsView {
    /// Which; 0 before there were any.
    pub version: u64,
    /// The document, as TOML.
    pub document: String,
}

impl Desk {
    /// A version of a connection's settings, the newest unless one is named.
    ///
    /// # Errors
    /// There is no such connection or version.
    pub async fn settings(
        &self,
        id: &ConnectionId,
        version: Option<u64>,
    ) -> Result<SettingsView, Error> {
        let connection = self.connection(id).await?;
        let version = version.unwrap_or(connection.settings_version);
        let document = self.ledger.settings(id, version).await?;
        match document {
            Some(document) => Ok(SettingsView { version, document }),
            None => Err(Error::NotFound(format!(
                "Connection {id} has no settings of version {version}; the newest is {}.",
                connection.settings_version
            ))),
        }
    }

    /// Stores a document as the next version, and lets what waited for a setting be looked at again.
    /// The document that is in force already changes nothing.
    ///
    /// # Errors
    /// There is no such connection, or every problem of the document in one text.
    pub async fn replace_settings(
        &self,
        id: &ConnectionId,
        document: &str,
    ) -> Result<SettingsView, Error> {
        parsed(document)?;
        let mut connection = self.connection(id).await?;
        let newest = self
            .ledger
            .settings(id, connection.settings_version)
            .await?;
        if newest.as_deref() != Some(document) {
            self.ledger.add_settings(&mut connection, document).await?;
        }
        sync::resume(&self.ledger, &connection).await?;
        self.settings(id, None).await
    }
}
