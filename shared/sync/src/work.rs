//! One look in progress: the claimed record and the audit entries not yet written.

use std::sync::Arc;
use std::time::Duration;

use cin7::Writer;
use clock::later;
use freshbooks::{Bill, Invoice, changed_at};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::audit::Draft;
use ledger::{Connection, Record, RecordKey, Sent, State};
use mapping::Settings;
use money::Money;

use crate::Engine;
use crate::access::Opened;
use crate::cin7_pace::KeyPace;
use crate::stop::{Stop, vault_stop};

/// What led to a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A message on the queue.
    Message,
    /// This other record stands on it, and is being looked at.
    Child(RecordKey),
    /// Its own parent was just looked at.
    Parent,
    /// Another record on the same parent needs its room.
    Sibling,
}

/// Who looks, and for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worker<'a> {
    /// The invocation, as it stands in leases and in the audit trail.
    pub(crate) owner: &'a str,
    /// FreshBooks' event, or the reason, that led to the look.
    pub(crate) event: &'a str,
    /// Until when it may begin calls, or wait for them.
    pub(crate) patience: Timestamp,
    /// When the look was asked for: what was read since is new enough for it.
    pub(crate) heard_at: Timestamp,
}

pub(crate) struct Work<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) connection: Connection,
    pub(crate) settings: Arc<Settings>,
    pub(crate) record: Record,
    pub(crate) worker: Worker<'a>,
    pub(crate) origin: Origin,
    /// The state in which the look found it.
    pub(crate) found: State,
    /// Whether this look changed what stands in Cin7, so that whatever stands on it has to be looked at.
    pub(crate) moved: bool,
    /// Records that this look found to stand on it, and that have to be looked at.
    pub(crate) found_children: Vec<RecordKey>,
    cin7: Option<Opened<Writer>>,
    counted: u32,
    notes: Vec<Draft>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        (connection, settings): (Connection, Arc<Settings>),
        record: Record,
        worker: Worker<'a>,
        origin: Origin,
    ) -> Self {
        Self {
            engine,
            connection,
            settings,
            found: record.state,
            record,
            worker,
            origin,
            moved: false,
            found_children: Vec::new(),
            cin7: None,
            counted: 0,
            notes: Vec::new(),
        }
    }

    /// Remembers what happened, to be written with the next [`Work::save`].
    pub(crate) fn note(&mut self, draft: Draft) {
        self.notes.push(draft);
    }

    /// Remembers what FreshBooks shows, the hash of the content or `deleted`: a list that shows the same
    /// asks for no look. `version` is FreshBooks' change marker; may be empty.
    pub(crate) fn saw(&mut self, mark: &str, version: &str) {
        let is_new = self.record.seen.as_deref() != Some(mark);
        self.record.seen = Some(mark.to_owned());
        // FreshBooks' events have a noun and a verb, our own reasons do not.
        let is_announced = self.origin == Origin::Message && self.worker.event.contains('.');
        let key = &self.record.key;
        if is_new
            && is_announced
            && let Some(changed) = changed_at(key.kind.as_str(), version)
        {
            let delay = clock::until(changed, self.worker.heard_at).as_millis();
            tracing::info!(
                event = "change_announced",
                connection = %key.connection,
                kind = %key.kind,
                id = %key.id,
                delay_ms = u64::try_from(delay).unwrap_or(u64::MAX),
                "a webhook said that FreshBooks changed it"
            );
        }
    }

    /// The way to Cin7, opened at the first need.
    pub(crate) async fn writer(&mut self) -> Result<Writer, Stop> {
        if let Some(opened) = &self.cin7 {
            return Ok(opened.handle.clone());
        }
        let access = &self.engine.cin7;
        let opened = access
            .writer(&self.connection.id, self.worker.patience)
            .await;
        let opened = opened.map_err(|error| vault_stop(&self.subject(), error))?;
        let writer = opened.handle.clone();
        self.cin7 = Some(opened);
        Ok(writer)
    }

    pub(crate) fn pace(&self) -> Option<Arc<KeyPace>> {
        self.cin7.as_ref().map(|opened| opened.pace.clone())
    }

    /// The version of the keys in use, once there was a need for any.
    pub(crate) fn key_version(&self) -> Option<u64> {
        self.cin7.as_ref().map(|opened| opened.version)
    }

    /// Closes the way to Cin7: the next need opens it with the keys that are stored then.
    pub(crate) fn close_cin7(&mut self) {
        self.count_calls();
        self.cin7 = None;
        self.counted = 0;
    }

    fn count_calls(&mut self) {
        let used = self.cin7.as_ref().map_or(0, |opened| opened.pace.used());
        self.record.calls += used - self.counted;
        self.counted = used;
    }

    /// Writes the record and everything noted since, in one transaction. A lease still held runs on
    /// from here.
    pub(crate) async fn save(&mut self) -> Result<(), ledger::Error> {
        self.save_sending(None).await
    }

    /// The same, with the whole of a request that is about to be sent.
    pub(crate) async fn save_sending(
        &mut self,
        sent: Option<Sent<'_>>,
    ) -> Result<(), ledger::Error> {
        let ledger = &self.engine.ledger;
        if let Some(lease) = &mut self.record.lease {
            lease.until = later(ledger.clock().now(), self.engine.options.lease);
        }
        self.count_calls();
        let notes = std::mem::take(&mut self.notes);
        // What the look will come to is decided at its end; until then it is being worked on.
        let state = self.record.state;
        if self.record.lease.is_some() {
            self.record.state = State::Working;
        }
        let (record, owner) = (&mut self.record, self.worker.owner);
        let written = match sent {
            Some(sent) => ledger.commit_sending(record, notes, owner, sent).await,
            None => ledger.commit(record, notes, owner).await,
        };
        self.record.state = state;
        written
    }

    /// How people call this record, at the start of a sentence.
    pub(crate) fn subject(&self) -> String {
        name_of(&self.record)
    }

    /// How long after a lost reply an absent document is believed absent.
    pub(crate) fn settle_after(&self) -> Duration {
        Duration::from_secs(u64::from(self.settings.cin7.settle_seconds))
    }

    /// Until when Cin7 may still show what stood there before the last write of this record.
    pub(crate) fn shown_late_until(&self, record: &Record) -> Option<Timestamp> {
        let until = later(record.written_at?, self.settle_after());
        (until > self.engine.ledger.clock().now()).then_some(until)
    }

    /// The same of this record and everything that stands on it.
    pub(crate) async fn family_shown_late_until(&self) -> Result<Option<Timestamp>, ledger::Error> {
        let mut latest = self.shown_late_until(&self.record);
        for key in &self.record.children {
            if let Some(child) = self.engine.ledger.record(key).await? {
                latest = latest.max(self.shown_late_until(&child));
            }
        }
        Ok(latest)
    }

    /// Puts what people know an invoice by into the record.
    pub(crate) fn describe(&mut self, invoice: &Invoice) {
        self.record.number = Some(invoice.number.clone());
        self.record.total = Some(invoice.total.amount.to_string());
        self.record.currency = Some(invoice.currency.to_string());
        self.record.day = Some(invoice.issued_on);
    }

    /// The same of a bill, which may have no number.
    pub(crate) fn describe_bill(&mut self, bill: &Bill) {
        let number = bill.number.trim();
        self.record.number = (!number.is_empty()).then(|| number.to_owned());
        self.describe_amount(bill.total, bill.issued_on);
    }

    /// The same of what has no number; people know it by its day and amount.
    pub(crate) fn describe_amount(&mut self, amount: Money, day: Date) {
        self.record.total = Some(amount.amount.to_string());
        self.record.currency = Some(amount.currency.to_string());
        self.record.day = Some(day);
    }
}

/// How people call a record, at the start of a sentence.
pub(crate) fn name_of(record: &Record) -> String {
    let kind = record.key.kind.as_str().replace('_', " ");
    let number = record.number.as_deref().unwrap_or(record.key.id.as_str());
    let (first, rest) = kind.split_at(kind.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest} {number}", first.to_uppercase())
}

/// A record's name where it does not begin the sentence.
pub(crate) fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
