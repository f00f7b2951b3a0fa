//! Taking a posted sale or purchase back: to a draft that is posted again, or for good.
//!
//! Which DELETE serves a simple document is unconfirmed (docs/cin7-api.md, authorised invoices): both are
//! here, and what Cin7 shows afterwards decides what has to be posted again.

use std::marker::PhantomData;

use cin7::{Echo, Error, Reader, Writer};
use ledger::Record;

use super::posted::voided;
use super::protocol::{Found, Probe, Step};
use crate::side::{Papers, Shown, Side};

/// What is taken back to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Order and invoice.
    Whole,
    /// The same where no invoice was posted yet.
    Order,
    /// The invoice; the order stays as it is.
    Invoice,
}

/// A DELETE of the document or of its invoice, without voiding.
pub(crate) struct Undo<S> {
    mark: String,
    part: Part,
    id: String,
    task_id: String,
    side: PhantomData<S>,
}

impl<S: Side> Undo<S> {
    pub(crate) fn new(part: Part, id: &str, task_id: &str) -> Self {
        let noun = S::NOUN;
        let mark = match part {
            Part::Whole => format!("{noun} {id}"),
            Part::Order => format!("order of {noun} {id}"),
            Part::Invoice => format!("invoice {task_id} of {noun} {id}"),
        };
        Self {
            mark,
            part,
            id: id.to_owned(),
            task_id: task_id.to_owned(),
            side: PhantomData,
        }
    }

    /// The same step from its mark, for settling it.
    pub(crate) fn from_mark(mark: &str, id: &str) -> Self {
        match mark
            .strip_prefix("invoice ")
            .and_then(|rest| rest.split_once(' '))
        {
            Some((task_id, _)) => Self::new(Part::Invoice, id, task_id),
            None if mark.starts_with("order ") => Self::new(Part::Order, id, id),
            None => Self::new(Part::Whole, id, id),
        }
    }
}

impl<S: Side> Probe for Undo<S> {
    type Made = Papers;

    const NAME: &'static str = S::UNDO;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Papers>, Error> {
        let Some(shown) = S::shown(reader, &self.id).await? else {
            return Ok(Found::Wrong(format!("its {} is gone from Cin7.", S::NOUN)));
        };
        let papers = shown.papers();
        if papers.is_voided() {
            return Ok(Found::Wrong(voided::<S>(&papers)));
        }
        let undone = papers.is_uninvoiced()
            && match self.part {
                Part::Invoice => true,
                Part::Whole => !papers.invoices.is_empty() || !papers.is_ordered(),
                // A purchase shows a place for its invoice from the start, so the order alone tells
                // (docs/cin7-api.md, purchase header).
                Part::Order => !papers.is_ordered(),
            };
        Ok(if undone {
            Found::One(papers)
        } else {
            Found::Nothing
        })
    }

    fn id(&self, made: &Papers) -> String {
        made.id.clone()
    }

    /// What is a draft now has to be posted again; an order that is not stays as it is.
    fn keep(&self, made: &Papers, record: &mut Record) -> Result<(), String> {
        let order_stands = self.part == Part::Invoice || made.is_ordered();
        record.steps.retain(|step| {
            let order = [S::ORDER, S::KEPT_ORDER].contains(&step.name.as_str());
            step.name != S::INVOICE && (order_stands || !order)
        });
        for step in &mut record.steps {
            if step.name == S::ORDER {
                S::KEPT_ORDER.clone_into(&mut step.name);
            }
        }
        record.confirmed_at = None;
        record.cin7.total = None;
        Ok(())
    }
}

impl<S: Side> Step for Undo<S> {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        match self.part {
            Part::Whole | Part::Order => S::undo_request(&self.id),
            Part::Invoice => S::undo_invoice_request(&self.task_id),
        }
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Papers>, Error> {
        match self.part {
            Part::Whole | Part::Order => {
                let mut echo = S::undo(writer, &self.id).await?;
                if echo.value.order_status.is_none()
                    && let Ok(Some(shown)) = S::shown(writer.reader(), &self.id).await
                {
                    echo.value.order_status = shown.papers().order_status;
                }
                Ok(echo)
            }
            Part::Invoice => S::undo_invoice(writer, &self.id, &self.task_id).await,
        }
    }
}

/// The DELETE that voids a document.
pub(crate) struct VoidDocument<S> {
    id: String,
    side: PhantomData<S>,
}

impl<S: Side> VoidDocument<S> {
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            side: PhantomData,
        }
    }
}

impl<S: Side> Probe for VoidDocument<S> {
    type Made = ();

    const NAME: &'static str = S::VOID;

    fn mark(&self) -> &str {
        &self.id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<()>, Error> {
        let shown = S::shown(reader, &self.id).await?;
        // One that is no longer shown at all counts no more either.
        let stands = shown.is_some_and(|shown| !shown.papers().is_voided());
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

impl<S: Side> Step for VoidDocument<S> {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        S::void_request(&self.id)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<()>, Error> {
        let Echo { response, .. } = S::void(writer, &self.id).await?;
        Ok(Echo {
            response,
            value: (),
        })
    }
}
