//! Settings documents of connections, immutable per version.

use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::store::item;
use crate::{Connection, ConnectionId, Error, Ledger, SecretRow};

#[derive(Serialize, Deserialize)]
struct SettingsRow {
    document: String,
}

impl Ledger {
    /// One version of a connection's settings, as the document that was stored.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn settings(&self, id: &ConnectionId, version: u64) -> Result<Option<String>, Error> {
        let row: Option<SettingsRow> = self.get(&id.pk(), &settings_sk(version)).await?;
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
                    &connection.id.pk(),
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

impl Ledger {
    /// Makes a connection with its settings and the sealed FreshBooks app, all of it or nothing.
    ///
    /// # Errors
    /// [`Error::Conflict`] where one of them was written since it was read.
    pub async fn make_connection(
        &self,
        connection: &mut Connection,
        document: &str,
        app: &SecretRow,
    ) -> Result<(), Error> {
        let pk = connection.id.pk();
        let mut next = connection.clone();
        loop {
            next.settings_version += 1;
            // A version that a worker left who died before the connection named it stays as it is.
            if self
                .settings(&next.id, next.settings_version)
                .await?
                .is_none()
            {
                break;
            }
        }
        let document = document.to_owned();
        let settings = item(
            &pk,
            &settings_sk(next.settings_version),
            &SettingsRow { document },
        )?;
        let mut app = app.clone();
        let seen = Condition::version(app.version);
        app.version += 1;
        app.updated_at = self.now();
        let app = item(&pk, "SECRET#app", &app)?;
        let others = vec![
            self.one_put(settings, Some(Condition::absent()))?,
            self.one_put(app, Some(seen))?,
        ];
        self.put_connection_with(&mut next, others).await?;
        *connection = next;
        Ok(())
    }
}

fn settings_sk(version: u64) -> String {
    format!("SETTINGS#{version:08}")
}
