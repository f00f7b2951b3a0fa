//! What was posted into a sale or a purchase, its order or its invoice, found in the document itself.

use cin7::{Difference, Error, Reader};

use super::protocol::Found;
use crate::side::{Papers, Shown, Side};

/// The only field of a request that Cin7 may fill in by itself: it may number the invoices of suppliers
/// (docs/cin7-api.md, purchase invoice).
const NUMBER: &str = "InvoiceNumber";

/// An order or an invoice that should stand in a document.
pub(super) struct Posted<'a, S: Side> {
    /// Which of the two, for people.
    pub(super) what: &'static str,
    pub(super) id: &'a str,
    /// Whether one stands there at all.
    pub(super) stands: fn(&Papers) -> bool,
    /// Whether one lies there as a draft.
    pub(super) is_draft: fn(&Papers) -> bool,
    /// The request, where the ledger has it.
    pub(super) sent: Option<&'a str>,
    /// Whether another stood there before and may still be shown.
    pub(super) taken_back: bool,
    /// What differs between the request and what the document shows.
    pub(super) differences: fn(&S::Shown, &str) -> Vec<Difference>,
}

impl<S: Side> Posted<'_, S> {
    pub(super) async fn find(&self, reader: &Reader) -> Result<Found<Papers>, Error> {
        let Some(shown) = S::shown(reader, self.id).await? else {
            return Ok(Found::Nothing);
        };
        let papers = shown.papers();
        if papers.is_voided() {
            return Ok(Found::Wrong(voided::<S>(&papers)));
        }
        let mut differences = self.sent.map(|sent| (self.differences)(&shown, sent));
        if let Some(differences) = &mut differences {
            differences.retain(|difference| difference.what != NUMBER);
        }
        let (what, noun) = (self.what, S::NOUN);
        if !(self.stands)(&papers) {
            // What was taken back may be the draft, though what is wanted now reads the same.
            let left = !self.taken_back
                && (self.is_draft)(&papers)
                && differences.is_some_and(|told| told.is_empty());
            return Ok(if left {
                Found::Draft(format!(
                    "Cin7 left the {what} of {noun} {} a draft, though it was to be authorised. Authorise it \
                     there, then replay it.",
                    papers.number()
                ))
            } else {
                Found::Nothing
            });
        }
        let other = differences.filter(|_| self.taken_back);
        Ok(match other.unwrap_or_default().first() {
            None => Found::One(papers),
            Some(difference) => Found::Other(format!(
                "the {what} of its {noun} in Cin7 is not what was sent ({difference}). Correct it there, \
                 then replay it."
            )),
        })
    }
}

pub(super) fn voided<S: Side>(papers: &Papers) -> String {
    format!(
        "{} {} was voided in Cin7 before it was finished. Nothing more is written.",
        S::NOUN,
        papers.number()
    )
}
