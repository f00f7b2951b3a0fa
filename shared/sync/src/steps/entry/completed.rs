//! Booking an entry that is a draft, found in the entry itself.

use std::marker::PhantomData;

use cin7::{Echo, EntryStatus, Error, Reader, Writer};
use ledger::Record;

use super::{Entry, Standing, is_completed, is_voided};
use crate::steps::protocol::{Found, Probe, Step};

/// An entry that is booked with what a request said.
pub(crate) struct CompletedEntry<E> {
    id: String,
    sent: String,
    kind: PhantomData<fn() -> E>,
}

impl<E: Entry> CompletedEntry<E> {
    pub(crate) fn new(id: &str, sent: String) -> Self {
        Self {
            id: id.to_owned(),
            sent,
            kind: PhantomData,
        }
    }
}

impl<E: Entry> Probe for CompletedEntry<E> {
    type Made = Standing;

    const NAME: &'static str = E::COMPLETED;

    fn mark(&self) -> &str {
        &self.id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Standing>, Error> {
        let noun = E::NOUN;
        let Some(shown) = E::shown(reader, &self.id).await? else {
            return Ok(Found::Nothing);
        };
        if is_voided(shown.status()) {
            return Ok(Found::Wrong(format!(
                "its {noun} was voided in Cin7 before it was finished. Nothing more is written."
            )));
        }
        if !is_completed(shown.status()) {
            return Ok(Found::Nothing);
        }
        Ok(match shown.differences(&self.sent).first() {
            None => Found::One(Standing {
                id: self.id.clone(),
                number: None,
                status: shown.status().to_owned(),
                total: None,
            }),
            Some(difference) => Found::Other(format!(
                "its {noun} in Cin7 is not what was sent ({difference}). Correct it there, then replay it."
            )),
        })
    }

    fn id(&self, made: &Standing) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Standing, record: &mut Record) -> Result<(), String> {
        made.keep::<E>(record);
        if record.cin7.completed {
            return Ok(());
        }
        Err(format!(
            "Cin7 left its {} at status {} when it was asked to complete it. Complete it there, then replay it.",
            E::NOUN,
            made.status
        ))
    }
}

/// Booking a draft, with whatever it is to say now.
pub(crate) struct CompleteEntry<E> {
    completed: CompletedEntry<E>,
    entry: E,
}

impl<E: Entry> CompleteEntry<E> {
    pub(crate) fn new(id: &str, entry: E) -> Self {
        let entry = entry.with_status(EntryStatus::Completed);
        Self {
            completed: CompletedEntry::new(id, entry.update_request(id)),
            entry,
        }
    }
}

impl<E: Entry> Step for CompleteEntry<E> {
    type Probe = CompletedEntry<E>;

    fn probe(&self) -> &CompletedEntry<E> {
        &self.completed
    }

    fn request(&self) -> String {
        self.completed.sent.clone()
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Standing>, Error> {
        self.entry.update(writer, &self.completed.id).await
    }
}
