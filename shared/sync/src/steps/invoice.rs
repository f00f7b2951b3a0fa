//! The invoice of a sale or a purchase, found in the document itself.

use std::marker::PhantomData;

use cin7::{Echo, Error, Reader, Writer};
use ledger::Record;
use money::{Money, cents};

use super::posted::Posted;
use super::protocol::{Found, Probe, Step};
use crate::side::{Papers, Shown, Side, is};

/// The authorised invoice of a document.
pub(crate) struct AuthorisedInvoice<S> {
    id: String,
    sent: Option<String>,
    taken_back: bool,
    /// What it has to come to; `None` where that is no longer known.
    total: Option<Money>,
    side: PhantomData<S>,
}

impl<S: Side> AuthorisedInvoice<S> {
    /// The invoice that was sent, into a document in which another may have stood before.
    pub(crate) fn new(id: &str, sent: Option<String>, taken_back: bool) -> Self {
        Self {
            id: id.to_owned(),
            sent,
            taken_back,
            total: None,
            side: PhantomData,
        }
    }
}

pub(crate) struct PostInvoice<S: Side> {
    shown: AuthorisedInvoice<S>,
    invoice: S::Invoice,
}

impl<S: Side> PostInvoice<S> {
    /// An invoice of a document, in which another may have stood before; `total` is what it has to come
    /// to.
    pub(crate) fn new(id: &str, invoice: S::Invoice, total: Money, taken_back: bool) -> Self {
        let request = S::invoice_request(id, &invoice);
        let shown = AuthorisedInvoice {
            total: Some(total),
            ..AuthorisedInvoice::new(id, Some(request), taken_back)
        };
        Self { shown, invoice }
    }
}

impl<S: Side> Probe for AuthorisedInvoice<S> {
    type Made = Papers;

    const NAME: &'static str = S::INVOICE;

    fn mark(&self) -> &str {
        &self.id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Papers>, Error> {
        let invoice = Posted::<S> {
            what: "invoice",
            id: &self.id,
            stands: |papers| papers.standing_invoice().is_some(),
            is_draft: |papers| {
                let mut invoices = papers.invoices.iter();
                invoices.any(|invoice| is(&invoice.status, &["DRAFT"]))
            },
            sent: self.sent.as_deref(),
            taken_back: self.taken_back,
            differences: S::Shown::invoice_differences,
        };
        invoice.find(reader).await
    }

    fn id(&self, made: &Papers) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Papers, record: &mut Record) -> Result<(), String> {
        let Some(posted) = made.standing_invoice() else {
            return Err(format!(
                "Cin7 shows no authorised invoice on its {}.",
                S::NOUN
            ));
        };
        record.cin7.invoice_number.clone_from(&posted.number);
        record.cin7.task_id = Some(posted.task_id.clone());
        let Some(held) = posted.total.map(cents) else {
            return Ok(());
        };
        record.cin7.total = Some(held.to_string());
        let Some(wanted) = self.total.filter(|wanted| cents(wanted.amount) != held) else {
            return Ok(());
        };
        let shown = Money::new(held, wanted.currency);
        let number = posted.number.as_deref().unwrap_or("its invoice");
        Err(format!(
            "{number} in Cin7 comes to {shown}, FreshBooks says {wanted}. Correct it in Cin7."
        ))
    }
}

impl<S: Side> Step for PostInvoice<S> {
    type Probe = AuthorisedInvoice<S>;

    fn probe(&self) -> &AuthorisedInvoice<S> {
        &self.shown
    }

    fn request(&self) -> String {
        S::invoice_request(&self.shown.id, &self.invoice)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Papers>, Error> {
        S::post_invoice(writer, &self.shown.id, &self.invoice).await
    }
}
