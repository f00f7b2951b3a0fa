//! Voiding an entry, found in the entry itself.

use std::marker::PhantomData;

use cin7::{Echo, Error, Reader, Writer};
use ledger::Record;

use super::{Entry, is_voided};
use crate::steps::protocol::{Found, Probe, Step};

/// Voiding one, for good.
pub(crate) struct VoidEntry<E> {
    id: String,
    kind: PhantomData<fn() -> E>,
}

impl<E: Entry> VoidEntry<E> {
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: PhantomData,
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
