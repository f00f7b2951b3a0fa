//! Connections: what is known of each, and the list of them.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::store::item;
use crate::{ConnectionId, Error, Ledger, Status};

/// One customer's pair of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its name in addresses and records.
    pub id: ConnectionId,
    /// Whether it may work.
    pub status: Status,
    /// One sentence for people that says why it does not work; empty while it is active.
    #[serde(default)]
    pub stopped: String,
    /// FreshBooks' accounting account, such as `lbZ4Kq`; case sensitive.
    pub account_id: String,
    /// FreshBooks' business, a UUID; empty where it is not known.
    pub business_uuid: String,
    /// The scopes that FreshBooks granted with the last consent, such as `user:invoices:read`; empty
    /// where they are not known.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Digest of the Cin7 account id that its keys are of; empty where none were stored yet.
    #[serde(default)]
    pub cin7_account: String,
    /// The newest version of its settings.
    pub settings_version: u64,
    /// When it is polled; none where nobody has set it.
    #[serde(default)]
    pub schedule: Option<PollSchedule>,
    /// When it was first stored; not known of those that an earlier version stored.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// Raised by one with every write.
    pub version: u64,
}

/// When a connection is polled, in the words of `EventBridge` Scheduler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollSchedule {
    /// Such as `rate(15 minutes)` or `cron(0 6 * * ? *)`.
    pub expression: String,
    /// IANA name of the time zone that a cron expression is read in, such as `America/Toronto`.
    pub time_zone: String,
}

/// An entry of the list of connections, kept beside them: listing needs no scan.
#[derive(Serialize, Deserialize)]
struct Listed {
    id: ConnectionId,
}

/// The partition of the list of connections.
pub(crate) const LIST: &str = "CONNECTIONS";

impl Connection {
    /// A connection that is active and not stored yet, and of which nothing else is known.
    #[must_use]
    pub fn new(id: ConnectionId) -> Self {
        Self {
            id,
            status: Status::Active,
            stopped: String::new(),
            account_id: String::new(),
            business_uuid: String::new(),
            scopes: Vec::new(),
            cin7_account: String::new(),
            settings_version: 0,
            schedule: None,
            created_at: None,
            version: 0,
        }
    }
}

impl Ledger {
    /// A connection; a removed one stays as a tombstone ([`Status::Removed`]).
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, Error> {
        self.get(&id.pk(), "META").await
    }

    /// Writes a connection under the version last read (0 for a new one) and lists it, in one
    /// transaction: whoever read it before it was removed cannot list it again. An active connection
    /// is stored without a reason for standing still; a new one with the present time.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_connection(&self, connection: &mut Connection) -> Result<(), Error> {
        self.put_connection_with(connection, Vec::new()).await
    }

    /// The same together with other writes of the connection.
    pub(crate) async fn put_connection_with(
        &self,
        connection: &mut Connection,
        others: Vec<TransactWriteItem>,
    ) -> Result<(), Error> {
        let mut next = connection.clone();
        next.version += 1;
        if next.status == Status::Active {
            next.stopped.clear();
        }
        if connection.version == 0 {
            next.created_at.get_or_insert(self.now());
        }
        let (id, pk) = (next.id.clone(), next.id.pk());
        let seen = Condition::version(connection.version);
        let mut writes = vec![self.one_put(item(&pk, "META", &next)?, Some(seen))?];
        if next.status != Status::Removed {
            let listed = Listed { id: id.clone() };
            writes.push(self.one_put(item(LIST, id.as_str(), &listed)?, None)?);
        }
        writes.extend(others);
        self.transact(writes, &pk).await?;
        *connection = next;
        Ok(())
    }

    /// The names of all connections that were not removed.
    ///
    /// One whose removal was begun and did not end stays in this list until it does, so that nothing
    /// of it is forgotten: whoever works on connections reads their status.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn connections(&self) -> Result<Vec<ConnectionId>, Error> {
        let listed: Vec<Listed> = self.query(LIST, "").await?;
        Ok(listed.into_iter().map(|entry| entry.id).collect())
    }
}
