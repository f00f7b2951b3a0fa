//! Records as people and scripts see them.

use ledger::{Evidence, Ledger, Record, State};
use serde::Serialize;

/// One record.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The connection.
    pub connection: String,
    /// The kind of document.
    pub kind: String,
    /// FreshBooks' id.
    pub id: String,
    /// The document's number.
    pub number: Option<String>,
    /// The record that it stands on, as `kind/id`: a payment's invoice.
    pub parent: Option<String>,
    /// Which document of it stands in Cin7 or is being made: one more each time that the one before
    /// was taken back.
    pub generation: u32,
    /// Where it stands.
    pub state: State,
    /// What stands in Cin7.
    pub cin7: Evidence,
    /// FreshBooks' total.
    pub total: Option<String>,
    /// Its currency.
    pub currency: Option<String>,
    /// Why it stands there; empty where there is nothing to say.
    pub sentence: String,
    /// What it waits for.
    pub waiting_for: Option<String>,
    /// When it is looked at again.
    pub due_at: Option<String>,
    /// Failed tries.
    pub attempts: u32,
    /// Cin7 calls used for it.
    pub calls: u32,
    /// When it last changed.
    pub updated_at: String,
}

impl From<Record> for Row {
    fn from(record: Record) -> Self {
        Self {
            connection: record.key.connection.into(),
            kind: record.key.kind.into(),
            id: record.key.id.into(),
            number: record.number,
            parent: record
                .parent
                .map(|parent| format!("{}/{}", parent.kind, parent.id)),
            generation: record.generation,
            state: record.state,
            cin7: record.cin7,
            total: record.total,
            currency: record.currency,
            sentence: record.sentence,
            waiting_for: record.waiting_for,
            due_at: record.due_at.map(|due| due.to_string()),
            attempts: record.attempts,
            calls: record.calls,
            updated_at: record.updated_at.to_string(),
        }
    }
}

/// Every record of every connection, those that need a person first.
///
/// # Errors
/// The ledger could not be read.
pub async fn rows(ledger: &Ledger) -> Result<Vec<Row>, ledger::Error> {
    let mut records = ledger.every_record().await?;
    let place = |state: State| State::ALL.iter().position(|&listed| listed == state);
    records.sort_by_key(|record| (place(record.state), record.updated_at));
    Ok(records.into_iter().map(Row::from).collect())
}
