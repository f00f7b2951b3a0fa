//! Reading, claiming and writing records.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use clock::later;
use jiff::Timestamp;

use crate::audit::{Draft, chain, entry_item};
use crate::error::describe;
use crate::store::{Condition, Item, item, read, text};
use crate::table::{DUE, OPEN, WAITING};
use crate::{ConnectionId, Error, Lease, Ledger, Record, RecordKey, State};

/// What came of asking for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours until the lease ends. Nothing is written yet: the first commit does that.
    Ours(Box<Record>),
    /// Another worker has it until then.
    Held {
        /// When its lease ends.
        until: Timestamp,
    },
}

/// A time as text whose order is the order of time.
pub(crate) fn sortable(at: Timestamp) -> String {
    format!("{at:.3}")
}

impl Ledger {
    /// The record of a document, if it was ever heard of.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn record(&self, key: &RecordKey) -> Result<Option<Record>, Error> {
        self.get(&key.pk(), "STATE").await
    }

    /// Takes the lease of a record for `owner`, unless another worker holds it.
    ///
    /// # Errors
    /// The table could not be reached, or two workers claimed at the same moment.
    pub async fn claim(
        &self,
        key: &RecordKey,
        owner: &str,
        span: Duration,
        heard: Draft,
    ) -> Result<Claim, Error> {
        let now = self.now();
        let mut record = self
            .record(key)
            .await?
            .unwrap_or_else(|| Record::new(key.clone(), now));
        if let Some(lease) = &record.lease
            && lease.until > now
            && lease.owner != owner
        {
            return Ok(Claim::Held { until: lease.until });
        }
        let until = later(now, span);
        record.lease = Some(Lease {
            owner: owner.to_owned(),
            until,
        });
        // Should this worker die, the sweep finds the record by this due time.
        record.due_at = Some(later(until, Duration::from_secs(1)));
        let before = record.state;
        record.state = State::Working;
        self.commit(&mut record, vec![heard.with("found", before.name())], owner)
            .await?;
        record.state = before;
        Ok(Claim::Ours(Box::new(record)))
    }

    /// Writes a record and its new audit entries in one transaction, under the version last read.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since; nothing is written then.
    pub async fn commit(
        &self,
        record: &mut Record,
        drafts: Vec<Draft>,
        by: &str,
    ) -> Result<(), Error> {
        let now = self.now();
        let mut next = record.clone();
        next.updated_at = now;
        next.version += 1;
        let entries = chain(&mut next, drafts, by, now);
        let pk = next.key.pk();
        let mut writes = vec![put(
            &self.table,
            state_item(&next)?,
            Condition::version(record.version),
        )?];
        for entry in &entries {
            writes.push(put(
                &self.table,
                entry_item(&next.key, entry)?,
                Condition::absent(),
            )?);
        }
        let written = self
            .client
            .transact_write_items()
            .set_transact_items(Some(writes))
            .send()
            .await;
        match written {
            Ok(_) => {
                *record = next;
                Ok(())
            }
            Err(error) => Err(refusal(&error, &pk)),
        }
    }

    /// Records of a connection in one state, least recently changed first, at most `limit`.
    ///
    /// The index lags a moment behind: whoever acts on a row reads the record again first.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn in_state(
        &self,
        connection: &ConnectionId,
        state: State,
        limit: usize,
    ) -> Result<Vec<Record>, Error> {
        let mut rows = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(OPEN.name)
            .key_condition_expression("open_part = :part")
            .expression_attribute_values(":part", text(&open_part(connection, state)))
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(row) = rows.next().await
        {
            let row = row.map_err(|error| Error::unavailable(&error))?;
            match read(row, "REC", OPEN.name) {
                Ok(record) => found.push(record),
                // One item that cannot be read must not hide the others.
                Err(error) => tracing::error!(error = %error, "a record cannot be read"),
            }
        }
        Ok(found)
    }

    /// Every record there is, in one pass over the whole table. For looking at a small ledger on one
    /// machine: no function's role may do this.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn every_record(&self) -> Result<Vec<Record>, Error> {
        let mut rows = self
            .client
            .scan()
            .table_name(&self.table)
            .filter_expression("begins_with(pk, :record) AND sk = :state")
            .expression_attribute_values(":record", text("REC#"))
            .expression_attribute_values(":state", text("STATE"))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while let Some(row) = rows.next().await {
            found.push(read(
                row.map_err(|error| Error::unavailable(&error))?,
                "REC",
                "STATE",
            )?);
        }
        Ok(found)
    }

    /// Keys of records that are due at `now`, longest due first, at most `limit`.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<RecordKey>, Error> {
        let mut rows = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE.name)
            .key_condition_expression("due_part = :part AND due_at <= :now")
            .expression_attribute_values(":part", text(DUE_PART))
            .expression_attribute_values(":now", text(&sortable(now)))
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(row) = rows.next().await
        {
            let row = row.map_err(|error| Error::unavailable(&error))?;
            let pk = row.get("pk").and_then(|pk| pk.as_s().ok());
            found.extend(pk.and_then(|pk| RecordKey::from_pk(pk)));
        }
        Ok(found)
    }

    /// The earliest due time of any record, for whoever wants to sleep until then.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let first = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE.name)
            .key_condition_expression("due_part = :part")
            .expression_attribute_values(":part", text(DUE_PART))
            .limit(1)
            .send()
            .await
            .map_err(|error| Error::unavailable(&error))?;
        let due =
            |row: &HashMap<String, AttributeValue>| row.get("due_at")?.as_s().ok()?.parse().ok();
        Ok(first.items().first().and_then(due))
    }
}

const DUE_PART: &str = "due";

fn open_part(connection: &ConnectionId, state: State) -> String {
    format!("{connection}#{}", state.name())
}

/// The record as an item, with the attributes that put it into the sparse indexes.
fn state_item(record: &Record) -> Result<Item, Error> {
    let mut item = item(&record.key.pk(), "STATE", record)?;
    item.insert("updated_at".to_owned(), text(&sortable(record.updated_at)));
    item.insert(
        OPEN.hash.to_owned(),
        text(&open_part(&record.key.connection, record.state)),
    );
    item.remove("due_at");
    if let Some(due) = record.due_at {
        item.insert("due_at".to_owned(), text(&sortable(due)));
        item.insert(DUE.hash.to_owned(), text(DUE_PART));
    }
    if let Some(what) = &record.waiting_for {
        item.insert(
            WAITING.hash.to_owned(),
            text(&format!("{}#{what}", record.key.connection)),
        );
    }
    Ok(item)
}

fn put(table: &str, item: Item, condition: Condition) -> Result<TransactWriteItem, Error> {
    let (expression, values) = condition.into_parts();
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression(expression)
        .set_expression_attribute_values(values)
        .build()
        .map_err(|error| Error::corrupt("transaction", error))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// A transaction is cancelled for a failed condition or for load; only the first is a conflict.
fn refusal<R: std::fmt::Debug>(error: &SdkError<TransactWriteItemsError, R>, pk: &str) -> Error {
    let conflicts = |code: Option<&str>| matches!(code, Some("ConditionalCheckFailed"));
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled))
            if cancelled
                .cancellation_reasons()
                .iter()
                .any(|reason| conflicts(reason.code())) =>
        {
            Error::Conflict(pk.to_owned())
        }
        _ => Error::Unavailable(describe(error)),
    }
}
