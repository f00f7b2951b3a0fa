//! The record: how far one FreshBooks document got.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{RecordKey, State};

/// Steps whose outcome outlives a document: a customer is not taken back with a sale.
const PARTNERS: [&str; 2] = ["customer", "supplier"];
/// The steps that make a document in Cin7.
const DOCUMENTS: [&str; 6] = [
    "sale",
    "payment",
    "purchase",
    "purchase payment",
    "journal",
    "money operation",
];

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
    /// Which write: `customer`, `sale`, `order`, `invoice`, `payment`; `supplier`, `purchase`,
    /// `purchase order`, `purchase invoice`, `purchase payment`; `journal`; `money operation`.
    pub name: String,
    /// Under which mark the document can be found again.
    pub mark: String,
    /// SHA-256 of the request, in hex.
    pub request: String,
    /// How far it got.
    pub status: StepStatus,
    /// When it was first sent under this mark; not known of items written before that was kept.
    #[serde(default)]
    pub intended_at: Option<Timestamp>,
    /// Since when its outcome is unknown.
    pub uncertain_since: Option<Timestamp>,
    /// How often it was looked for since then, in vain.
    #[serde(default)]
    pub looks: u32,
    /// How often the call was made and may have been applied.
    #[serde(default)]
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

/// What a confirm pass found wrong with a document in Cin7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Cin7 does not show it.
    Missing,
    /// It stands with other figures, or as a draft.
    Different,
    /// It was voided.
    Voided,
    /// It stands more than once.
    Doubled,
}

impl Doubt {
    /// The doubt's name, as stored and as shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Different => "different",
            Self::Voided => "voided",
            Self::Doubled => "doubled",
        }
    }
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
    /// What Cin7's list shows as its amount where that is another figure though the document is right,
    /// such as one without tax; as decimal text.
    #[serde(default)]
    pub listed: Option<String>,
    /// Cin7's id of the sale's invoice task, which payments name.
    #[serde(default)]
    pub task_id: Option<String>,
    /// Cin7's id of the payment.
    #[serde(default)]
    pub payment_id: Option<String>,
    /// Whether the sale is a service sale, which has no order.
    #[serde(default)]
    pub service_sale: bool,
    /// Cin7's id of the supplier.
    #[serde(default)]
    pub supplier_id: Option<String>,
    /// Cin7's id of the purchase; its task, payment and numbers stand where those of a sale do.
    #[serde(default)]
    pub purchase_id: Option<String>,
    /// Cin7's id of the journal.
    #[serde(default)]
    pub journal_id: Option<String>,
    /// Cin7's id of the money operation.
    #[serde(default)]
    pub money_operation_id: Option<String>,
    /// Whether the journal or the money operation is booked, and no draft.
    #[serde(default)]
    pub completed: bool,
}

/// What items read as that were written before there were generations.
fn first_generation() -> u32 {
    1
}

/// How far one FreshBooks document got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which document.
    #[serde(flatten)]
    pub key: RecordKey,
    /// Which document of this record stands in Cin7 or is being made: 1 for the first, one more each
    /// time that the one before was voided or taken back.
    #[serde(default = "first_generation")]
    pub generation: u32,
    /// The record that it stands on: a payment's invoice.
    #[serde(default)]
    pub parent: Option<RecordKey>,
    /// Records that stand on it, or wait for it.
    #[serde(default)]
    pub children: Vec<RecordKey>,
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
    /// The day on which it stands in FreshBooks' books; not known of items written before there was one.
    #[serde(default)]
    pub day: Option<Date>,
    /// Hash of the content that Cin7 holds.
    pub content: Option<String>,
    /// What FreshBooks showed last, to a look or in a list for which a look is due: the hash of the
    /// content, or a word such as `deleted`; not known of items written before it was kept.
    #[serde(default)]
    pub seen: Option<String>,
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
    /// Whether FreshBooks announced its deletion, and did not show it again since: only then is a
    /// document that is no longer there taken back.
    #[serde(default)]
    pub told_deleted: bool,
    /// When Cin7 last took a write of it: a look soon after may still show what was there before.
    #[serde(default)]
    pub written_at: Option<Timestamp>,
    /// When everything was written.
    pub posted_at: Option<Timestamp>,
    /// When Cin7's lists showed it with the right figures.
    pub confirmed_at: Option<Timestamp>,
    /// What a confirm pass found wrong, where that is why it needs a person: a later pass that finds it
    /// right again confirms it.
    #[serde(default)]
    pub doubt: Option<Doubt>,
}

impl Record {
    /// A record of which nothing is known yet.
    #[must_use]
    pub fn new(key: RecordKey, now: Timestamp) -> Self {
        let audit_head = crate::audit::anchor(&key);
        Self {
            key,
            generation: first_generation(),
            parent: None,
            children: Vec::new(),
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
            day: None,
            content: None,
            seen: None,
            steps: Vec::new(),
            cin7: Evidence::default(),
            calls: 0,
            audit_length: 0,
            audit_head,
            created_at: now,
            updated_at: now,
            told_deleted: false,
            written_at: None,
            posted_at: None,
            confirmed_at: None,
            doubt: None,
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
                    intended_at: None,
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

    /// Whether its document stands in Cin7, or may: the sale of an invoice, the payment of a payment,
    /// the purchase of a bill.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        DOCUMENTS
            .into_iter()
            .filter_map(|name| self.step(name))
            .any(|step| step.status != StepStatus::Undone)
    }

    /// Whether anything was ever begun in Cin7 for it, were it only its customer.
    #[must_use]
    pub fn has_crossed(&self) -> bool {
        !self.steps.is_empty() || self.generation > 0
    }

    /// Forgets the document that stood in Cin7, after it was voided or taken back, so that the next one
    /// is made from the start and under a mark of its own: the old one still carries the old mark.
    pub fn begin_anew(&mut self) {
        self.generation += 1;
        self.steps
            .retain(|step| PARTNERS.contains(&step.name.as_str()));
        self.cin7 = Evidence::default();
        self.content = None;
        self.posted_at = None;
        self.confirmed_at = None;
    }

    /// Remembers a record that stands on this one or waits for it; true if it was not known.
    pub fn adopt_child(&mut self, key: &RecordKey) -> bool {
        let unknown = !self.children.contains(key);
        if unknown {
            self.children.push(key.clone());
        }
        unknown
    }

    /// Moves to `state` for the reason in `sentence`. What belonged to the old state goes.
    pub fn enter(&mut self, state: State, sentence: impl Into<String>) {
        self.state = state;
        self.sentence = sentence.into();
        self.due_at = None;
        self.waiting_for = None;
        self.doubt = None;
    }

    /// Needs a person for what a confirm pass found.
    pub fn doubt(&mut self, doubt: Doubt, sentence: impl Into<String>) {
        self.enter(State::Attention, sentence);
        self.doubt = Some(doubt);
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
