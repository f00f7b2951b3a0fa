//! One look in progress: the claimed record and the audit entries not yet written.

use std::sync::Arc;
use std::time::Duration;

use clock::later;
use freshbooks::Invoice;
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{Connection, Record, State};
use mapping::Settings;

use crate::Engine;
use crate::cin7_pace::KeyPace;

pub(crate) struct Work<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) connection: Connection,
    pub(crate) settings: Arc<Settings>,
    pub(crate) record: Record,
    /// The invocation, as it stands in leases and in the audit trail.
    pub(crate) owner: &'a str,
    /// FreshBooks' event, or the reason, that led to this look.
    pub(crate) event: &'a str,
    /// Until when it may begin calls, or wait for them.
    pub(crate) patience: Timestamp,
    pub(crate) pace: Option<Arc<KeyPace>>,
    counted: u32,
    notes: Vec<Draft>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        connection: Connection,
        settings: Arc<Settings>,
        record: Record,
        owner: &'a str,
        event: &'a str,
        patience: Timestamp,
    ) -> Self {
        Self {
            engine,
            connection,
            settings,
            record,
            owner,
            event,
            patience,
            pace: None,
            counted: 0,
            notes: Vec::new(),
        }
    }

    /// Remembers what happened, to be written with the next [`Work::save`].
    pub(crate) fn note(&mut self, draft: Draft) {
        self.notes.push(draft);
    }

    /// Writes the record and everything noted since, in one transaction. A lease still held runs on
    /// from here.
    pub(crate) async fn save(&mut self) -> Result<(), ledger::Error> {
        if let Some(lease) = &mut self.record.lease {
            lease.until = later(self.engine.ledger.clock().now(), self.engine.options.lease);
        }
        let used = self.pace.as_ref().map_or(0, |pace| pace.used());
        self.record.calls += used - self.counted;
        self.counted = used;
        let notes = std::mem::take(&mut self.notes);
        // What the look will come to is decided at its end; until then it is being worked on.
        let state = self.record.state;
        if self.record.lease.is_some() {
            self.record.state = State::Working;
        }
        let written = self
            .engine
            .ledger
            .commit(&mut self.record, notes, self.owner)
            .await;
        self.record.state = state;
        written
    }

    /// How people call this record, at the start of a sentence.
    pub(crate) fn subject(&self) -> String {
        let kind = self.record.key.kind.as_str();
        let number = self
            .record
            .number
            .as_deref()
            .unwrap_or(self.record.key.id.as_str());
        format!("{}{} {number}", kind[..1].to_uppercase(), &kind[1..])
    }

    /// How long after a lost reply an absent document is believed absent.
    pub(crate) fn settle_after(&self) -> Duration {
        Duration::from_secs(u64::from(self.settings.cin7.settle_seconds))
    }

    /// Puts what people know the document by into the record.
    pub(crate) fn describe(&mut self, invoice: &Invoice) {
        self.record.number = Some(invoice.number.clone());
        self.record.total = Some(invoice.total.amount.to_string());
        self.record.currency = Some(invoice.currency.to_string());
    }
}
