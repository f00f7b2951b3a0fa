//! The record: how far one FreshBooks document got.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::RecordKey;

/// Where a record stands. There is no silent state: each is either on its way with a due time, or in
/// a list that a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A message about it is on the queue.
    Queued,
    /// A worker has it.
    Working,
    /// Everything is written; Cin7's lists have not shown it yet.
    Posted,
    /// Seen in Cin7 with the right figures.
    Confirmed,
    /// Something failed that passes; it is tried again when due.
    Retrying,
    /// Waits for something named: a setting, a parent, an event in FreshBooks.
    Waiting,
    /// A write was sent and its answer lost; it is looked up when due, before anything is written.
    Uncertain,
    /// A person has to look.
    Attention,
    /// A rule says that it does not cross.
    Skipped,
    /// It crossed and was taken back.
    Reversed,
}

impl State {
    /// Every state, in the order in which lists show them.
    pub const ALL: [Self; 10] = [
        Self::Attention,
        Self::Uncertain,
        Self::Waiting,
        Self::Retrying,
        Self::Queued,
        Self::Working,
        Self::Posted,
        Self::Confirmed,
        Self::Skipped,
        Self::Reversed,
    ];

    /// The state's name, as stored and as shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Working => "working",
            Self::Posted => "posted",
            Self::Confirmed => "confirmed",
            Self::Retrying => "retrying",
            Self::Waiting => "waiting",
            Self::Uncertain => "uncertain",
            Self::Attention => "attention",
            Self::Skipped => "skipped",
            Self::Reversed => "reversed",
        }
    }
}

/// How far one Cin7 write got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    /// The intent is written; the call may or may not have been made.
    Intended,
    /// The call was made and its outcome is not known, or the worker died in between.
    Uncertain,
    /// Cin7 has it.
    Done,
    /// Certainly not applied: refused, or never sent.
    Undone,
}

/// One Cin7 write of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which write: `customer`, `sale`, `order`, `invoice`.
    pub name: String,
    /// Under which mark the document can be found again.
    pub mark: String,
    /// SHA-256 of the request, in hex.
    pub request: String,
    /// How far it got.
    pub status: StepStatus,
    /// Since when its outcome is unknown.
    pub uncertain_since: Option<Timestamp>,
    /// How often it was looked for since then, in vain.
    pub looks: u32,
    /// How often the call was made and may have been applied.
    pub writes: u32,
    /// Cin7's id of what it made.
    pub cin7_id: Option<String>,
}

/// Who works on a record, and until when nobody else may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The invocation that holds it.
    pub owner: String,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What stands in Cin7 for a record, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// Cin7's id of the customer.
    pub customer_id: Option<String>,
    /// Cin7's id of the sale.
    pub sale_id: Option<String>,
    /// Such as `SO-00124`.
    pub order_number: Option<String>,
    /// Such as `INV-00077`.
    pub invoice_number: Option<String>,
    /// Grand total in Cin7, as decimal text.
    pub total: Option<String>,
}

/// How far one FreshBooks document got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which document.
    #[serde(flatten)]
    pub key: RecordKey,
    /// Where it stands.
    pub state: State,
    /// Why, in one plain sentence for people; empty while there is nothing to say.
    pub sentence: String,
    /// Raised by one with every write: the fencing number.
    pub version: u64,
    /// The worker that has it.
    pub lease: Option<Lease>,
    /// Failed tries since the last success or change.
    pub attempts: u32,
    /// When to look again.
    pub due_at: Option<Timestamp>,
    /// What it waits for.
    pub waiting_for: Option<String>,
    /// The document's number, as people know it.
    pub number: Option<String>,
    /// FreshBooks' total, as decimal text.
    pub total: Option<String>,
    /// The document's currency.
    pub currency: Option<String>,
    /// Hash of the content that Cin7 holds.
    pub content: Option<String>,
    /// The Cin7 writes, in order.
    pub steps: Vec<Step>,
    /// What stands in Cin7.
    pub cin7: Evidence,
    /// Cin7 calls used for it so far.
    pub calls: u32,
    /// Number of audit entries so far.
    pub audit_length: u64,
    /// Digest of the newest audit entry.
    pub audit_head: String,
    /// When it was first heard of.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When everything was written.
    pub posted_at: Option<Timestamp>,
    /// When Cin7's lists showed it with the right figures.
    pub confirmed_at: Option<Timestamp>,
}

impl Record {
    /// A record of which nothing is known yet.
    #[must_use]
    pub fn new(key: RecordKey, now: Timestamp) -> Self {
        let audit_head = crate::audit::anchor(&key);
        Self {
            key,
            state: State::Queued,
            sentence: String::new(),
            version: 0,
            lease: None,
            attempts: 0,
            due_at: None,
            waiting_for: None,
            number: None,
            total: None,
            currency: None,
            content: None,
            steps: Vec::new(),
            cin7: Evidence::default(),
            calls: 0,
            audit_length: 0,
            audit_head,
            created_at: now,
            updated_at: now,
            posted_at: None,
            confirmed_at: None,
        }
    }

    /// The step called `name`.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// The step called `name`, made if there is none.
    pub fn step_mut(&mut self, name: &str) -> &mut Step {
        let at = self
            .steps
            .iter()
            .position(|step| step.name == name)
            .unwrap_or_else(|| {
                self.steps.push(Step {
                    name: name.to_owned(),
                    mark: String::new(),
                    request: String::new(),
                    status: StepStatus::Undone,
                    uncertain_since: None,
                    looks: 0,
                    writes: 0,
                    cin7_id: None,
                });
                self.steps.len() - 1
            });
        &mut self.steps[at]
    }

    /// Whether some write's outcome is unknown.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        let open =
            |step: &Step| matches!(step.status, StepStatus::Intended | StepStatus::Uncertain);
        self.steps.iter().any(open)
    }

    /// Whether something of it stands in Cin7, or may.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.step("sale")
            .is_some_and(|step| step.status != StepStatus::Undone)
    }

    /// Moves to `state` for the reason in `sentence`. What belonged to the old state goes.
    pub fn enter(&mut self, state: State, sentence: impl Into<String>) {
        self.state = state;
        self.sentence = sentence.into();
        self.due_at = None;
        self.waiting_for = None;
    }

    /// Tried again at `due`.
    pub fn retry(&mut self, due: Timestamp, sentence: impl Into<String>) {
        let state = if self.is_uncertain() {
            State::Uncertain
        } else {
            State::Retrying
        };
        self.enter(state, sentence);
        self.due_at = Some(due);
    }

    /// Waits for `what`, a stable name such as `settings.taxes`.
    pub fn wait(&mut self, what: impl Into<String>, sentence: impl Into<String>) {
        self.enter(State::Waiting, sentence);
        self.waiting_for = Some(what.into());
    }
}
