//! Storing secrets: what connecting an account does, and what gives it other ones.

use freshbooks::oauth::App;
use jiff::Timestamp;
use ledger::{ConnectionId, Error as Table, Ledger, SecretRow};
use secrecy::SecretString;

use crate::envelope::{Purpose, same_sealing};
use crate::plain::{app_plain, read_app, seed};
use crate::sealer::Sealer;
use crate::{Cin7Keys, Error, FreshBooksSecret};

/// How often a row is read and written again that somebody else keeps writing.
pub(crate) const TRIES: u32 = 10;

/// Seals secrets and stores them; what makes and changes connections holds one.
#[derive(Debug, Clone)]
pub struct Vault {
    pub(crate) ledger: Ledger,
    pub(crate) sealer: Sealer,
}

/// A secret on its way into the table.
struct New<'a> {
    connection: &'a ConnectionId,
    name: &'static str,
    purpose: Purpose,
    plain: SecretString,
    seed: String,
}

impl Vault {
    /// A vault that seals new secrets under the KMS key `key_id`; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, kms: aws_sdk_kms::Client, key_id: impl Into<String>) -> Self {
        Self {
            ledger,
            sealer: Sealer {
                kms,
                key_id: Some(key_id.into()),
            },
        }
    }

    /// Stores what connecting FreshBooks gave. The same refresh token a second time changes nothing:
    /// it has been rotated since, and the newer one stays.
    ///
    /// # Errors
    /// The table or KMS did not answer, or another worker wrote the row at the same moment.
    pub async fn put_freshbooks(
        &self,
        connection: &ConnectionId,
        secret: &FreshBooksSecret,
    ) -> Result<(), Error> {
        self.put(&freshbooks(connection, secret)?).await
    }

    /// Stores what a new consent gave in place of whatever is stored, also while a worker holds the
    /// lease: FreshBooks ended every earlier refresh token when it gave this one
    /// (docs/freshbooks-api.md, OAuth), so nothing that a worker brings can be newer. The one thing
    /// that stays is what came of this very refresh token.
    ///
    /// # Errors
    /// The table or KMS did not answer, or the row was written by others again and again.
    pub async fn replace_freshbooks(
        &self,
        connection: &ConnectionId,
        secret: &FreshBooksSecret,
    ) -> Result<(), Error> {
        let new = freshbooks(connection, secret)?;
        let mut last = Error::Token("it was never tried".to_owned());
        for _ in 0..TRIES {
            match self.put(&new).await {
                Err(error @ Error::Ledger(Table::Conflict(_))) => last = error,
                other => return other,
            }
        }
        Err(last)
    }

    /// Stores the FreshBooks app of a connection, before there is a consent and in place of one stored
    /// before. The pair of tokens keeps the app that it was given to.
    ///
    /// # Errors
    /// The table or KMS did not answer, or another worker wrote the row at the same moment.
    pub async fn put_app(&self, connection: &ConnectionId, app: &App) -> Result<(), Error> {
        self.put(&new_app(connection, app)?).await
    }

    /// The row of a connection's FreshBooks app, sealed and not stored: what a new connection is made
    /// with ([`Ledger::make_connection`]).
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn sealed_app(
        &self,
        connection: &ConnectionId,
        app: &App,
    ) -> Result<SecretRow, Error> {
        let stored = self.ledger.secret(connection, "app").await?;
        self.row_after(&new_app(connection, app)?, stored).await
    }

    /// The FreshBooks app of a connection, for a consent; none where none is stored.
    ///
    /// # Errors
    /// It does not open, or the table or KMS did not answer.
    pub async fn app(&self, connection: &ConnectionId) -> Result<Option<App>, Error> {
        let Some(row) = self.ledger.secret(connection, "app").await? else {
            return Ok(None);
        };
        let plain = self
            .sealer
            .open(connection, Purpose::OAuth, &row.sealed)
            .await?;
        read_app(&plain, connection).map(Some)
    }

    /// Stores Cin7's two API key headers.
    ///
    /// # Errors
    /// The table or KMS did not answer, or another worker wrote the row at the same moment.
    pub async fn put_cin7(&self, connection: &ConnectionId, keys: &Cin7Keys) -> Result<(), Error> {
        self.put(&cin7(connection, keys)?).await
    }

    /// Puts new keys in the place of those stored, in one conditional write, and returns whether these
    /// keys are what is stored now. `false` where somebody else wrote at the same moment: what stands
    /// there now was not seen by whoever checked these keys.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn replace_cin7(
        &self,
        connection: &ConnectionId,
        keys: &Cin7Keys,
    ) -> Result<bool, Error> {
        match self.put(&cin7(connection, keys)?).await {
            Ok(()) => Ok(true),
            Err(Error::Ledger(Table::Conflict(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn put(&self, new: &New<'_>) -> Result<(), Error> {
        let stored = self.ledger.secret(new.connection, new.name).await?;
        if stored.as_ref().is_some_and(|row| row.seed == new.seed) {
            return Ok(());
        }
        let mut row = self.row_after(new, stored).await?;
        store(&self.ledger, new.connection, new.name, &mut row).await
    }

    /// The row that is to follow the one that is stored.
    async fn row_after(
        &self,
        new: &New<'_>,
        stored: Option<SecretRow>,
    ) -> Result<SecretRow, Error> {
        let envelope = self
            .sealer
            .seal(new.connection, new.purpose, &new.plain)
            .await?;
        Ok(SecretRow {
            sealed: envelope.written()?,
            key_id: envelope.key_id,
            seed: new.seed.clone(),
            version: stored.map_or(0, |row| row.version),
            lease: None,
            updated_at: Timestamp::UNIX_EPOCH,
            rotating_since: None,
            renewed_at: Some(self.ledger.clock().now()),
        })
    }
}

/// Writes a secret row under the version last read. A write that was applied and whose answer was lost
/// reads as a conflict when the SDK sends it again: then what is stored is this very sealing, under
/// the version that follows.
pub(crate) async fn store(
    ledger: &Ledger,
    connection: &ConnectionId,
    name: &str,
    row: &mut SecretRow,
) -> Result<(), Error> {
    let Err(error) = ledger.put_secret(connection, name, row).await else {
        return Ok(());
    };
    if matches!(error, Table::Conflict(_))
        && let Some(stored) = ledger.secret(connection, name).await?
        && stored.version == row.version + 1
        && same_sealing(&stored.sealed, &row.sealed)
        && (&stored.lease, stored.rotating_since) == (&row.lease, row.rotating_since)
    {
        *row = stored;
        return Ok(());
    }
    Err(error.into())
}

fn new_app<'a>(connection: &'a ConnectionId, app: &App) -> Result<New<'a>, Error> {
    let plain = app_plain(app)?;
    Ok(New {
        connection,
        name: "app",
        purpose: Purpose::OAuth,
        seed: seed(&plain),
        plain,
    })
}

fn freshbooks<'a>(
    connection: &'a ConnectionId,
    secret: &FreshBooksSecret,
) -> Result<New<'a>, Error> {
    Ok(New {
        connection,
        name: "freshbooks",
        purpose: Purpose::OAuth,
        plain: secret.plain()?,
        seed: seed(&secret.refresh_token),
    })
}

fn cin7<'a>(connection: &'a ConnectionId, keys: &Cin7Keys) -> Result<New<'a>, Error> {
    let plain = keys.plain()?;
    Ok(New {
        connection,
        name: "cin7",
        purpose: Purpose::Cin7Keys,
        seed: seed(&plain),
        plain,
    })
}
