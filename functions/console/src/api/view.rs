//! A record as people and scripts see it.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Evidence, Record, RecordKey, State, StepStatus};
use serde::Serialize;

/// One record. Timestamps are UTC, sums decimal text.
#[derive(Debug, Serialize)]
pub(super) struct RecordView {
    kind: String,
    id: String,
    number: Option<String>,
    /// The record that it stands on, as `kind/id`: a payment's invoice.
    parent: Option<String>,
    /// Those that stand on it or wait for it, as `kind/id`.
    children: Vec<String>,
    /// One more each time that what stood in Cin7 was taken back.
    generation: u32,
    pub(super) state: State,
    sentence: String,
    waiting_for: Option<String>,
    due_at: Option<Timestamp>,
    attempts: u32,
    total: Option<String>,
    currency: Option<String>,
    /// On which it stands in FreshBooks' books.
    day: Option<Date>,
    cin7: Evidence,
    /// Cin7 calls used for it so far.
    calls: u32,
    steps: Vec<StepView>,
    created_at: Timestamp,
    updated_at: Timestamp,
    posted_at: Option<Timestamp>,
    confirmed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
struct StepView {
    name: String,
    status: StepStatus,
    mark: String,
    cin7_id: Option<String>,
}

impl From<Record> for RecordView {
    fn from(record: Record) -> Self {
        let short = |key: &RecordKey| format!("{}/{}", key.kind, key.id);
        let steps = record.steps.into_iter().map(|step| StepView {
            name: step.name,
            status: step.status,
            mark: step.mark,
            cin7_id: step.cin7_id,
        });
        Self {
            parent: record.parent.as_ref().map(short),
            children: record.children.iter().map(short).collect(),
            steps: steps.collect(),
            kind: record.key.kind.into(),
            id: record.key.id.into(),
            number: record.number,
            generation: record.generation,
            state: record.state,
            sentence: record.sentence,
            waiting_for: record.waiting_for,
            due_at: record.due_at,
            attempts: record.attempts,
            total: record.total,
            currency: record.currency,
            day: record.day,
            cin7: record.cin7,
            calls: record.calls,
            created_at: record.created_at,
            updated_at: record.updated_at,
            posted_at: record.posted_at,
            confirmed_at: record.confirmed_at,
        }
    }
}
