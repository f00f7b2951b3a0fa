//! The order of a sale or a purchase, found in the document itself.

use std::marker::PhantomData;

use cin7::{Echo, Error, Reader, Writer};
use ledger::Record;

use super::posted::Posted;
use super::protocol::{Found, Probe, Step};
use crate::side::{Papers, Shown, Side, is};

/// The authorised order of a document.
pub(crate) struct AuthorisedOrder<S> {
    id: String,
    sent: Option<String>,
    taken_back: bool,
    side: PhantomData<S>,
}

impl<S: Side> AuthorisedOrder<S> {
    /// The order that was sent, into a document in which another may have stood before.
    pub(crate) fn new(id: &str, sent: Option<String>, taken_back: bool) -> Self {
        Self {
            id: id.to_owned(),
            sent,
            taken_back,
            side: PhantomData,
        }
    }
}

pub(crate) struct PostOrder<S: Side> {
    shown: AuthorisedOrder<S>,
    order: S::Order,
}

impl<S: Side> PostOrder<S> {
    /// An order of a document, in which another may have stood before.
    pub(crate) fn new(id: &str, order: S::Order, taken_back: bool) -> Self {
        let request = S::order_request(id, &order);
        let shown = AuthorisedOrder::new(id, Some(request), taken_back);
        Self { shown, order }
    }
}

impl<S: Side> Probe for AuthorisedOrder<S> {
    type Made = Papers;

    const NAME: &'static str = S::ORDER;

    fn mark(&self) -> &str {
        &self.id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Papers>, Error> {
        let order = Posted::<S> {
            what: "order",
            id: &self.id,
            stands: Papers::is_ordered,
            is_draft: |papers| {
                is(
                    papers.order_status.as_deref().unwrap_or_default(),
                    &["DRAFT"],
                )
            },
            sent: self.sent.as_deref(),
            taken_back: self.taken_back,
            differences: S::Shown::order_differences,
        };
        order.find(reader).await
    }

    fn id(&self, made: &Papers) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Papers, record: &mut Record) -> Result<(), String> {
        if let Some(number) = &made.order_number {
            record.cin7.order_number = Some(number.clone());
        }
        Ok(())
    }
}

impl<S: Side> Step for PostOrder<S> {
    type Probe = AuthorisedOrder<S>;

    fn probe(&self) -> &AuthorisedOrder<S> {
        &self.shown
    }

    fn request(&self) -> String {
        S::order_request(&self.shown.id, &self.order)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Papers>, Error> {
        S::post_order(writer, &self.shown.id, &self.order).await
    }
}
