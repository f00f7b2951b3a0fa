//! Connections and their versioned settings.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};

use crate::store::{Condition, text};
use crate::{ConnectionId, Error, Ledger};

/// Whether a connection may work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It works.
    Active,
    /// A person stopped it; everything waits.
    Paused,
    /// FreshBooks no longer accepts the refresh token; a person has to consent again.
    NeedsConsent,
    /// Cin7 refused the keys.
    KeysRefused,
}

/// One customer's pair of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its name in addresses and records.
    pub id: ConnectionId,
    /// Whether it may work.
    pub status: Status,
    /// FreshBooks' accounting account, such as `lbZ4Kq`; case sensitive.
    pub account_id: String,
    /// FreshBooks' business, a UUID; empty where it is not known.
    pub business_uuid: String,
    /// The newest version of its settings.
    pub settings_version: u64,
    /// Raised by one with every write.
    pub version: u64,
}

#[derive(Serialize, Deserialize)]
struct SettingsRow {
    document: String,
}

/// An entry of the list of connections, kept beside them: listing needs no scan.
#[derive(Serialize, Deserialize)]
struct Listed {
    id: ConnectionId,
}

const LIST: &str = "CONNECTIONS";

fn pk(connection: &ConnectionId) -> String {
    format!("CONN#{connection}")
}

impl Ledger {
    /// A connection.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, Error> {
        self.get(&pk(id), "META").await
    }

    /// Writes a connection under the version last read (0 for a new one), and lists it.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_connection(&self, connection: &mut Connection) -> Result<(), Error> {
        let seen = Condition::version(connection.version);
        let mut next = connection.clone();
        next.version += 1;
        let id = connection.id.clone();
        self.put(LIST, id.as_str(), &Listed { id: id.clone() }, None)
            .await?;
        self.put(&pk(&id), "META", &next, Some(seen)).await?;
        *connection = next;
        Ok(())
    }

    /// Changes only a connection's status, whatever else changes it at the same time.
    ///
    /// # Errors
    /// The table could not be written, or there is no such connection.
    pub async fn set_status(&self, id: &ConnectionId, status: Status) -> Result<(), Error> {
        let name = serde_dynamo::to_attribute_value::<_, AttributeValue>(status)
            .map_err(|error| Error::corrupt("status", error))?;
        self.client
            .update_item()
            .table_name(&self.table)
            .key("pk", text(&pk(id)))
            .key("sk", text("META"))
            .update_expression("SET #status = :status ADD version :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", name)
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Error::unavailable(&error))
    }

    /// The names of all connections.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn connections(&self) -> Result<Vec<ConnectionId>, Error> {
        let listed: Vec<Listed> = self.query(LIST, "").await?;
        Ok(listed.into_iter().map(|entry| entry.id).collect())
    }

    /// One version of a connection's settings, as the document that was stored.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn settings(&self, id: &ConnectionId, version: u64) -> Result<Option<String>, Error> {
        let row: Option<SettingsRow> = self.get(&pk(id), &settings_sk(version)).await?;
        Ok(row.map(|row| row.document))
    }

    /// Stores a settings document as the connection's next version. A version never changes.
    ///
    /// # Errors
    /// [`Error::Conflict`] where another version was stored at the same moment.
    pub async fn add_settings(
        &self,
        connection: &mut Connection,
        document: &str,
    ) -> Result<(), Error> {
        let row = SettingsRow {
            document: document.to_owned(),
        };
        let mut version = connection.settings_version + 1;
        loop {
            let written = self
                .put(
                    &pk(&connection.id),
                    &settings_sk(version),
                    &row,
                    Some(Condition::absent()),
                )
                .await;
            match written {
                // Left by a worker that died between the two writes: the same document is taken up,
                // another goes past it, and the connection's own version decides between two workers.
                Err(Error::Conflict(_)) => {
                    if self.settings(&connection.id, version).await?.as_deref() == Some(document) {
                        break;
                    }
                    version += 1;
                }
                other => break other?,
            }
        }
        let mut next = connection.clone();
        next.settings_version = version;
        self.put_connection(&mut next).await?;
        *connection = next;
        Ok(())
    }
}

fn settings_sk(version: u64) -> String {
    format!("SETTINGS#{version:08}")
}
