//! Choosing records to replay: by state, kind and time of their last change.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::lists::{key_of, open_part, sortable};
use crate::store::text;
use crate::table::OPEN;
use crate::{ConnectionId, Error, Kind, Ledger, RecordKey, State};

/// Which records of a connection are meant. What is `None` does not matter; the default means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Only documents of this kind.
    pub kind: Option<Kind>,
    /// Only records in this state.
    pub state: Option<State>,
    /// Only records that changed at this instant or later.
    pub since: Option<Timestamp>,
}

impl Ledger {
    /// Keys of the records that a selection means: state by state, within a state the least recently
    /// changed first, at most `limit`, none twice.
    ///
    /// The index lags a moment behind, and a record that moves from one state to another while all are
    /// read may be passed over: it is being looked at anyway.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn select(
        &self,
        connection: &ConnectionId,
        selection: &Selection,
        limit: usize,
    ) -> Result<Vec<RecordKey>, Error> {
        let states = selection
            .state
            .map_or_else(|| State::ALL.to_vec(), |state| vec![state]);
        let (mut found, mut known) = (Vec::new(), HashSet::new());
        for state in states {
            let part = open_part(connection, state);
            let left = limit - found.len();
            for key in self.select_in(&part, selection, left).await? {
                if known.insert(key.clone()) {
                    found.push(key);
                }
            }
        }
        Ok(found)
    }

    async fn select_in(
        &self,
        part: &str,
        selection: &Selection,
        limit: usize,
    ) -> Result<Vec<RecordKey>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        // "0" sorts before every time there is.
        let since = selection.since.map_or_else(|| "0".to_owned(), sortable);
        let mut rows = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(OPEN.name)
            .key_condition_expression("open_part = :part AND updated_at >= :since")
            .expression_attribute_values(":part", text(part))
            .expression_attribute_values(":since", text(&since))
            .projection_expression("pk")
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(row) = rows.next().await
        {
            let row = row.map_err(|error| Error::unavailable(&error))?;
            let wanted =
                |key: &RecordKey| selection.kind.as_ref().is_none_or(|kind| *kind == key.kind);
            found.extend(key_of(&row).filter(wanted));
        }
        Ok(found)
    }
}
