//! Removing a connection: its secrets go, its story stays.

use std::time::Duration;

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};

use crate::backfills::BACKFILLS;
use crate::connections::LIST;
use crate::status::turned;
use crate::store::{Item, text};
use crate::{ConnectionId, Error, Ledger, Status};

/// What is deleted, in this order: what could still bring in a secret, the secrets, then what is only
/// of use to a connection that works. Settings, records and their trails stay.
const FORGOTTEN: [&str; 7] = [
    "CONSENT#", "SECRET#", "HOOK#", "CURSOR#", "REF#", "LINK#", "CIN7#",
];

/// Items in one request; the service takes no more.
const BATCH: i32 = 25;

/// Wait before asking again for what the service was too busy to delete.
const BUSY: Duration = Duration::from_millis(100);

impl Ledger {
    /// Removes a connection: marks it [`Status::Removed`], deletes its secrets, callbacks, begun
    /// consents, links, handles, cursors and cached books, and takes it off the list. Its settings, its records
    /// and their trails stay.
    ///
    /// May be called again at any time, and completes what an earlier call that died had begun; until
    /// then the connection is marked and still listed.
    ///
    /// # Errors
    /// The table could not be read or written; what was deleted stays deleted.
    pub async fn remove_connection(&self, id: &ConnectionId) -> Result<(), Error> {
        let pk = id.pk();
        let sentence = format!("It was removed on {}.", self.now().strftime("%F"));
        let condition = "attribute_exists(pk) AND #status <> :next";
        let change = turned(Status::Removed, &sentence, condition);
        // Not marked now: it was marked before, or there never was more of it than secrets.
        self.flip(&pk, "META", change, None).await?;
        for prefix in FORGOTTEN {
            self.delete_all(&pk, prefix).await?;
        }
        self.delete(BACKFILLS, id.as_str()).await?;
        self.delete(LIST, id.as_str()).await?;
        Ok(())
    }

    /// Forgets what was read of a connection's Cin7 account: its books, and which client is which
    /// customer. For one that is given another account before anything crossed.
    ///
    /// # Errors
    /// The table could not be read or written; asking again goes on.
    pub async fn forget_cin7(&self, id: &ConnectionId) -> Result<(), Error> {
        for prefix in ["REF#", "LINK#", "CIN7#", "CURSOR#confirm#"] {
            self.delete_all(&id.pk(), prefix).await?;
        }
        Ok(())
    }

    /// Deletes every item of a partition whose sort key starts with `prefix`.
    async fn delete_all(&self, pk: &str, prefix: &str) -> Result<(), Error> {
        loop {
            // Reading again after each batch also finds what the service left undone.
            let keys = self.some_keys(pk, prefix).await?;
            if keys.is_empty() {
                return Ok(());
            }
            let requests = keys.into_iter().map(deletion).collect::<Result<_, _>>()?;
            let answer = self
                .client
                .batch_write_item()
                .request_items(&self.table, requests)
                .send()
                .await
                .map_err(|error| Error::unavailable(&error))?;
            let undone = answer.unprocessed_items.unwrap_or_default();
            if !undone.is_empty() {
                self.clock.sleep(BUSY).await;
            }
        }
    }

    async fn some_keys(&self, pk: &str, prefix: &str) -> Result<Vec<Item>, Error> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":prefix", text(prefix))
            .projection_expression("pk, sk")
            .consistent_read(true)
            .limit(BATCH)
            .send()
            .await
            .map_err(|error| Error::unavailable(&error))?;
        Ok(answer.items.unwrap_or_default())
    }
}

fn deletion(key: Item) -> Result<WriteRequest, Error> {
    let request = DeleteRequest::builder().set_key(Some(key)).build();
    let request = request.map_err(|error| Error::corrupt("deletion", error))?;
    Ok(WriteRequest::builder().delete_request(request).build())
}
