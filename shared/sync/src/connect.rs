//! Making a connection, or bringing one up to what its owner wrote.

use ledger::audit::Draft;
use ledger::{Connection, ConnectionId, Error, Ledger, State, Status};
use mapping::Settings;
use secrecy::SecretString;
use vault::{Cin7Keys, FreshBooksSecret, Vault};

/// Everything a connection is made of.
#[derive(Debug)]
pub struct NewConnection {
    /// Its name in addresses and records.
    pub id: ConnectionId,
    /// FreshBooks' accounting account.
    pub account_id: String,
    /// FreshBooks' business; may be empty.
    pub business_uuid: String,
    /// FreshBooks app and refresh token.
    pub freshbooks: FreshBooksSecret,
    /// Verifiers by noun of their callback.
    pub verifiers: Vec<(String, SecretString)>,
    /// Cin7's keys.
    pub cin7: Cin7Keys,
    /// The settings document, as TOML.
    pub settings: String,
}

/// A connection that was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotConnected {
    /// The settings document cannot be used.
    #[error("{0}")]
    Settings(String),
    /// A secret could not be stored.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The ledger could not be written.
    #[error(transparent)]
    Ledger(#[from] Error),
}

/// Stores a connection. What is already stored and unchanged stays as it is: in particular a refresh
/// token that was rotated since is not replaced by the one that started it. Changed settings become a
/// new version.
///
/// # Errors
/// What could not be stored; calling it again completes what was begun.
pub async fn connect(
    ledger: &Ledger,
    vault: &Vault,
    new: &NewConnection,
) -> Result<Connection, NotConnected> {
    Settings::parse(&new.settings).map_err(|error| NotConnected::Settings(error.to_string()))?;
    vault.put_freshbooks(&new.id, &new.freshbooks).await?;
    vault.put_cin7(&new.id, &new.cin7).await?;
    for (noun, verifier) in &new.verifiers {
        vault.put_verifier(&new.id, noun, verifier).await?;
    }
    let stored = ledger.connection(&new.id).await?;
    let mut connection = stored
        .clone()
        .unwrap_or_else(|| Connection::new(new.id.clone()));
    connection.account_id.clone_from(&new.account_id);
    connection.business_uuid.clone_from(&new.business_uuid);
    connection.cin7_account = new.cin7.account();
    if connection.status != Status::Paused {
        connection.status = Status::Active;
    }
    if stored.as_ref() != Some(&connection) {
        ledger.put_connection(&mut connection).await?;
    }
    let newest = ledger
        .settings(&new.id, connection.settings_version)
        .await?;
    if newest.as_deref() != Some(new.settings.as_str()) {
        ledger.add_settings(&mut connection, &new.settings).await?;
    }
    // Also where nothing changed: the worker that stored this version may have died before this.
    resume(ledger, &connection).await?;
    Ok(connection)
}

/// Makes due whatever waits for a setting, for credentials or for the connection to be resumed: with what is
/// stored now it may cross.
///
/// # Errors
/// The table did not answer. Asking again takes up what was left.
pub async fn resume(ledger: &Ledger, connection: &Connection) -> Result<(), Error> {
    let waiting = ledger
        .in_state(&connection.id, State::Waiting, usize::MAX)
        .await?;
    for row in waiting {
        // The index lags: what is changed is the record itself.
        let Some(mut record) = ledger.record(&row.key).await? else {
            continue;
        };
        let for_freshbooks = record
            .waiting_for
            .as_deref()
            .is_some_and(|what| what.starts_with("freshbooks:"));
        if record.state != State::Waiting || for_freshbooks {
            continue;
        }
        record.due_at = Some(ledger.clock().now());
        let version = connection.settings_version.to_string();
        let released = Draft::new("released").with("settings_version", version);
        match ledger.commit(&mut record, vec![released], "connect").await {
            // A worker has it at this moment, and reads the new settings itself or waits again.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
