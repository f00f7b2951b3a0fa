//! Making an entry, which is found again by its mark.

use std::marker::PhantomData;

use cin7::{Echo, EntryStatus, Error, Reader, Writer};
use ledger::Record;

use super::{Entry, Standing, is_voided};
use crate::steps::marked::only_standing;
use crate::steps::protocol::{Found, Probe, Step};

/// The entry that carries a mark.
pub(crate) struct MarkedEntry<E> {
    mark: String,
    kind: PhantomData<fn() -> E>,
}

impl<E: Entry> MarkedEntry<E> {
    pub(crate) fn new(mark: &str) -> Self {
        Self {
            mark: mark.to_owned(),
            kind: PhantomData,
        }
    }
}

impl<E: Entry> Probe for MarkedEntry<E> {
    type Made = Standing;

    const NAME: &'static str = E::MADE;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Standing>, Error> {
        let marked = E::marked(reader, &self.mark).await?;
        Ok(only_standing(
            E::NOUN,
            marked,
            |row| is_voided(&row.status),
            |row| row.number.as_ref().unwrap_or(&row.id).clone(),
        ))
    }

    fn id(&self, made: &Standing) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Standing, record: &mut Record) -> Result<(), String> {
        made.keep::<E>(record);
        Ok(())
    }
}

/// Making one.
pub(crate) struct CreateEntry<E> {
    marked: MarkedEntry<E>,
    entry: E,
}

impl<E: Entry> CreateEntry<E> {
    pub(crate) fn new(entry: E) -> Self {
        Self {
            marked: MarkedEntry::new(entry.mark()),
            entry,
        }
    }
}

impl<E: Entry> Step for CreateEntry<E> {
    type Probe = MarkedEntry<E>;

    fn probe(&self) -> &MarkedEntry<E> {
        &self.marked
    }

    fn request(&self) -> String {
        self.entry.request()
    }

    /// Where a new one is refused for being booked at once, and so certainly not made, a draft is.
    async fn write(&self, writer: &Writer) -> Result<Echo<Standing>, Error> {
        match self.entry.create(writer).await {
            Err(Error::Refused(words))
                if self.entry.status() == EntryStatus::Completed
                    && words.to_lowercase().contains("draft") =>
            {
                let draft = self.entry.clone().with_status(EntryStatus::Draft);
                draft.create(writer).await
            }
            answered => answered,
        }
    }
}
