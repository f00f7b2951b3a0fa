//! The engine and its one operation, a look.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{Claim, Connection, ConnectionId, Ledger, Pace, Record, State};
use mapping::Settings;
use queue::Message;
use vault::TokenVault;

use crate::Schedule;
use crate::access::Cin7WriteAccess;
use crate::facts::KnownFacts;
use crate::journal::JournalReadings;
use crate::look::{look_at, put_back};
use crate::work::{Origin, Worker};

/// What an engine is told once.
#[derive(Debug, Clone)]
pub struct Options {
    /// When failed looks are tried again.
    pub retry: Schedule,
    /// Allowance of each Cin7 key.
    pub pace: Pace,
    /// How long a worker may keep a record without writing it.
    pub lease: Duration,
    /// How long a posted document may take to show up in Cin7's lists.
    pub confirm_within: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            retry: Schedule::default(),
            pace: Pace::default(),
            lease: Duration::from_secs(120),
            confirm_within: Duration::from_secs(3600),
        }
    }
}

/// Looks at FreshBooks objects and brings Cin7 to where it should be.
#[derive(Debug)]
pub struct Engine {
    pub(crate) ledger: Ledger,
    pub(crate) freshbooks: freshbooks::Api,
    pub(crate) tokens: TokenVault,
    pub(crate) cin7: Cin7WriteAccess,
    pub(crate) options: Options,
    pub(crate) facts: KnownFacts,
    pub(crate) journals: JournalReadings,
    settings: Mutex<HashMap<(ConnectionId, u64), Arc<Settings>>>,
}

/// What came of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// The record stands in this state, which the ledger holds.
    At(State),
    /// Another worker has the record until then: look again later.
    Held {
        /// When its lease ends.
        until: Timestamp,
    },
}

impl Engine {
    /// An engine on these clients; nothing is read.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        freshbooks: freshbooks::Api,
        tokens: TokenVault,
        cin7: Cin7WriteAccess,
        options: Options,
    ) -> Self {
        let facts = KnownFacts::new(ledger.clock().clone());
        Self {
            ledger,
            freshbooks,
            tokens,
            cin7,
            options,
            facts,
            journals: JournalReadings::default(),
            settings: Mutex::new(HashMap::new()),
        }
    }

    /// Looks at one object. `owner` names the invocation; until `patience` it may wait for calls.
    ///
    /// # Errors
    /// Only where the ledger cannot be read or written: nothing is recorded then, and the message has
    /// to come back. Everything else ends in a state of the record.
    pub async fn look(
        &self,
        message: &Message,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Looked, ledger::Error> {
        let heard = Draft::new("received")
            .with("event", &message.event)
            .with("delivery", &message.delivery)
            .with("received_at", message.received_at.to_string());
        let worker = Worker {
            owner,
            event: &message.event,
            patience,
            heard_at: message.received_at,
        };
        look_at(self, &message.key, heard, worker, Origin::Message).await
    }

    /// Puts a message that cannot be read where people see it.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub async fn set_aside(
        &self,
        message_id: &str,
        why: &str,
        body: &str,
        owner: &str,
    ) -> Result<(), ledger::Error> {
        let id: String = message_id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .take(64)
            .collect();
        let key = ledger::RecordKey::parse("unreadable", "message", &id)
            .map_err(|error| ledger::Error::Unavailable(error.to_string()))?;
        let heard = Draft::new("received").with("body", body);
        let Claim::Ours(mut record) = self
            .ledger
            .claim(&key, owner, self.options.lease, heard)
            .await?
        else {
            return Ok(());
        };
        let sentence = format!(
            "Message {message_id} on the queue could not be read: {why}. It was put aside; find out who \
             sent it."
        );
        record.enter(State::Attention, sentence);
        put_back(self, *record, Draft::new("attention"), owner)
            .await
            .map(|_| ())
    }

    /// The connection's settings, parsed once per version; the sentence of what is wrong with them.
    pub(crate) async fn settings(
        &self,
        connection: &Connection,
    ) -> Result<Result<Arc<Settings>, String>, ledger::Error> {
        let key = (connection.id.clone(), connection.settings_version);
        if let Some(known) = self
            .settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Ok(Ok(known.clone()));
        }
        let document = self
            .ledger
            .settings(&key.0, key.1)
            .await?
            .unwrap_or_default();
        match Settings::parse(&document) {
            Ok(settings) => {
                let settings = Arc::new(settings);
                let mut known = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
                known.retain(|(id, _), _| *id != key.0);
                known.insert(key, settings.clone());
                Ok(Ok(settings))
            }
            Err(error) => Ok(Err(format!(
                "The settings of connection {} cannot be read: {error}",
                connection.id
            ))),
        }
    }
}

/// One line per look; `error` and `warn` are for somebody who should act. The sentence is not in it:
/// it may hold a client's name or address, and stands in the record.
pub(crate) fn report(record: &Record) {
    let key = &record.key;
    let (connection, kind, id) = (key.connection.as_str(), key.kind.as_str(), key.id.as_str());
    let (state, tries) = (record.state.name(), record.attempts);
    match record.state {
        State::Attention => {
            tracing::error!(
                event = "record_attention",
                connection,
                kind,
                id,
                state,
                "a record needs a person"
            );
        }
        State::Retrying | State::Uncertain if tries >= TOLD_AFTER => {
            tracing::warn!(
                event = "record_failing",
                connection,
                kind,
                id,
                state,
                tries,
                "a record keeps failing"
            );
        }
        _ => tracing::info!(
            event = "record_looked",
            connection,
            kind,
            id,
            state,
            "looked at a record"
        ),
    }
}

/// With the default schedule the fourth failure comes after about six minutes.
const TOLD_AFTER: u32 = 4;
