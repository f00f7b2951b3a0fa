//! Finding records: by state, by due time, and all there are.

use jiff::Timestamp;

use crate::store::{Item, read, text};
use crate::table::{DUE, OPEN};
use crate::{ConnectionId, Error, Ledger, Record, RecordKey, State};

/// The one partition of the due index.
pub(crate) const DUE_PART: &str = "due";

/// The partition of the open index that holds a connection's records in one state.
pub(crate) fn open_part(connection: &ConnectionId, state: State) -> String {
    format!("{connection}#{}", state.name())
}

/// A time as text whose order is the order of time.
pub(crate) fn sortable(at: Timestamp) -> String {
    format!("{at:.3}")
}

impl Ledger {
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
        let mut found = Vec::new();
        self.visit(connection, state, |record| {
            found.push(record);
            found.len() < limit
        })
        .await?;
        Ok(found)
    }

    /// Hands every record of a connection to `take`, state by state. None is kept, so that a long history
    /// costs reading and no memory.
    ///
    /// The index lags a moment behind, and a record that moves from one state to another meanwhile may be
    /// passed over or come twice: whoever misses one reads it by its key.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn each_record(
        &self,
        connection: &ConnectionId,
        mut take: impl FnMut(Record),
    ) -> Result<(), Error> {
        for state in State::ALL {
            self.visit(connection, state, |record| {
                take(record);
                true
            })
            .await?;
        }
        Ok(())
    }

    /// Hands the records of a connection in one state to `take`, until that says false.
    async fn visit(
        &self,
        connection: &ConnectionId,
        state: State,
        mut take: impl FnMut(Record) -> bool,
    ) -> Result<(), Error> {
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
        while let Some(row) = rows.next().await {
            let row = row.map_err(|error| Error::unavailable(&error))?;
            match read(row, "REC", OPEN.name) {
                Ok(record) => {
                    if !take(record) {
                        return Ok(());
                    }
                }
                // One item that cannot be read must not hide the others.
                Err(error) => tracing::error!(error = %error, "a record cannot be read"),
            }
        }
        Ok(())
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
            found.extend(key_of(&row));
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
        let due = |row: &Item| row.get("due_at")?.as_s().ok()?.parse().ok();
        Ok(first.items().first().and_then(due))
    }
}

/// The key of a row that carries keys only.
pub(crate) fn key_of(row: &Item) -> Option<RecordKey> {
    RecordKey::from_pk(row.get("pk")?.as_s().ok()?)
}
