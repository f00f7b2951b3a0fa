//! A journal or a money operation: one document, made as a draft or booked at once, completed, voided.
//!
//! Whether Cin7 takes `COMPLETED` at once is unconfirmed (docs/cin7-api.md, journals): what is left a
//! draft is sent again whole, and that is how a draft is changed as well.

use std::future::Future;

use cin7::{Echo, EntryStatus, Error, Reader, ShownEntry, Writer};
use ledger::Record;
use money::{Decimal, cents};

use super::marked::only_standing;
use super::protocol::{Found, Probe, Step};
use crate::side::is;

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

/// The entry that carries a mark.
pub(crate) struct MarkedEntry<E> {
    mark: String,
    kind: std::marker::PhantomData<fn() -> E>,
}

impl<E: Entry> MarkedEntry<E> {
    pub(crate) fn new(mark: &str) -> Self {
        Self {
            mark: mark.to_owned(),
            kind: std::marker::PhantomData,
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

/// An entry that is booked with what a request said.
pub(crate) struct CompletedEntry<E> {
    id: String,
    sent: String,
    kind: std::marker::PhantomData<fn() -> E>,
}

impl<E: Entry> CompletedEntry<E> {
    pub(crate) fn new(id: &str, sent: String) -> Self {
        Self {
            id: id.to_owned(),
            sent,
            kind: std::marker::PhantomData,
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

/// Voiding one, for good.
pub(crate) struct VoidEntry<E> {
    id: String,
    kind: std::marker::PhantomData<fn() -> E>,
}

impl<E: Entry> VoidEntry<E> {
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: std::marker::PhantomData,
        }
    }
}

impl<E: Entry> Probe for VoidEntry<E> {
    type Made = ();

    const NAME: &'static str = E::VOIDED;

    fn mark(&self) -> &str {
        &self.id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<()>, Error> {
        let shown = E::shown(reader, &self.id).await?;
        // One that is no longer shown at all counts no more either.
        let stands = shown.is_some_and(|shown| !is_voided(shown.status()));
        Ok(if stands {
            Found::Nothing
        } else {
            Found::One(())
        })
    }

    fn id(&self, (): &()) -> String {
        self.id.clone()
    }

    fn keep(&self, (): &(), _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}

impl<E: Entry> Step for VoidEntry<E> {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        E::void_request(&self.id)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<()>, Error> {
        let Echo { response, .. } = E::void(writer, &self.id).await?;
        Ok(Echo {
            response,
            value: (),
        })
    }
}
