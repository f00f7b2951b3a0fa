//! A journal or a money operation: one document, made as a draft or booked at once, completed, voided.
//!
//! Whether Cin7 takes `COMPLETED` at once is unconfirmed (docs/cin7-api.md, journals): what is left a
//! draft is sent again whole, and that is how a draft is changed as well.

mod completed;
mod made;
mod voided;

use std::future::Future;

use cin7::{Echo, EntryStatus, Error, Reader, ShownEntry, Writer};
use ledger::Record;
use money::{Decimal, cents};

use crate::side::is;

pub(crate) use completed::{CompleteEntry, CompletedEntry};
pub(crate) use made::{CreateEntry, MarkedEntry};
pub(crate) use voided::VoidEntry;

/// A document that is made with one write.
pub(crate) trait Entry: Clone + Send + Sync + 'static {
    /// What people call it in Cin7.
    const NOUN: &'static str;
    /// The step that makes it.
    const MADE: &'static str;
    /// The step that books a draft.
    const COMPLETED: &'static str;
    /// The step that voids it.
    const VOIDED: &'static str;
    /// The field of its day.
    const DAY: &'static str;

    fn mark(&self) -> &str;

    /// The same under another mark.
    fn marked_as(self, mark: String) -> Self;

    fn status(&self) -> EntryStatus;

    /// The same with another status.
    fn with_status(self, status: EntryStatus) -> Self;

    /// What it comes to, taxes included.
    fn total(&self) -> Decimal;

    /// What makes it.
    fn request(&self) -> String;

    /// What replaces the whole of a draft.
    fn update_request(&self, id: &str) -> String;

    fn void_request(id: &str) -> String;

    /// Where the record keeps Cin7's id of it.
    fn id(record: &mut Record) -> &mut Option<String>;

    /// Every one that carries a mark, voided ones included.
    fn marked(
        reader: &Reader,
        mark: &str,
    ) -> impl Future<Output = Result<Vec<Standing>, Error>> + Send;

    /// Cin7's copy; `None` where there is none.
    fn shown(
        reader: &Reader,
        id: &str,
    ) -> impl Future<Output = Result<Option<ShownEntry>, Error>> + Send;

    fn create(&self, writer: &Writer)
    -> impl Future<Output = Result<Echo<Standing>, Error>> + Send;

    fn update(
        &self,
        writer: &Writer,
        id: &str,
    ) -> impl Future<Output = Result<Echo<Standing>, Error>> + Send;

    fn void(
        writer: &Writer,
        id: &str,
    ) -> impl Future<Output = Result<Echo<Standing>, Error>> + Send;
}

/// What Cin7 says of one.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) id: String,
    /// As people see it, where it has one.
    pub(crate) number: Option<String>,
    pub(crate) status: String,
    /// Taxes included, where it is shown so.
    pub(crate) total: Option<Decimal>,
}

impl Standing {
    fn keep<E: Entry>(&self, record: &mut Record) {
        *E::id(record) = Some(self.id.clone());
        record.cin7.completed = is_completed(&self.status);
        if let Some(number) = &self.number {
            record.cin7.order_number = Some(number.clone());
        }
        if let Some(total) = self.total {
            record.cin7.total = Some(cents(total).to_string());
        }
    }
}

/// Whether a status says that an entry is booked.
pub(crate) fn is_completed(status: &str) -> bool {
    is(status.trim(), &["COMPLETED"])
}

/// Whether a status says that an entry counts no more.
pub(crate) fn is_voided(status: &str) -> bool {
    is(status.trim(), &["VOIDED"])
}
