//! One document as FreshBooks, the ledger and Cin7 know it.

use jiff::civil::Date;
use money::{Currency, Decimal};

use crate::Kind;

/// A document and everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: Kind,
    /// The record that people find it under, such as `invoice/987654`.
    pub record: String,
    /// Its number, as people know it.
    pub number: Option<String>,
    /// What FreshBooks shows.
    pub freshbooks: InFreshbooks,
    /// What the ledger says; `None` where it has no record.
    pub told: Option<Told>,
    /// What Cin7 shows of it, every copy.
    pub cin7: Vec<Copy>,
}

/// Day, amount and currency of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// The day that it counts for.
    pub day: Date,
    /// The total, taxes included; may be negative.
    pub amount: Decimal,
    /// Of the amount.
    pub currency: Currency,
}

/// What FreshBooks shows of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InFreshbooks {
    /// It counts: issued and not deleted, archived or not.
    Counts(Figures, Nature),
    /// A draft: FreshBooks does not account for it.
    Draft,
    /// It was deleted, or is no longer there.
    Deleted,
    /// It is there, and its figures cannot be read.
    Unreadable,
    /// FreshBooks never had it: a person entered it in Cin7, on a document of ours.
    Foreign,
}

/// What is special about a document that counts, where that keeps it from crossing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Nothing.
    Plain,
    /// A credit was applied: no new money.
    CreditApplied,
    /// The bank's side of a bill payment.
    BankSide,
    /// It paid more than was owed.
    Overpaid,
    /// It is tied to no document.
    Untied,
}

/// What the ledger says of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How far it got.
    pub progress: Progress,
    /// What FreshBooks said when it was last looked at, as far as the ledger knows.
    pub said: Option<Figures>,
    /// What the connector left in Cin7, as far as it knows; `None` where nothing should stand there.
    pub left: Option<Figures>,
    /// Whether Cin7 took a write of it a moment ago and may still show what stood there before.
    pub is_fresh: bool,
}

/// How far a document got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Queued, being worked on, tried again.
    OnItsWay,
    /// The outcome of a write is not known.
    Uncertain,
    /// It waits for what is named.
    Waiting(String),
    /// Everything is written, seen again in Cin7 or not yet.
    Posted,
    /// A person has to decide.
    Attention,
    /// A rule keeps it out.
    Skipped,
    /// It crossed and was taken back.
    Reversed,
}

/// A copy of a document in Cin7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// How it stands there.
    pub stands: Stands,
    /// Its day, where Cin7 shows one; else it is taken to be of the day that was sent.
    pub day: Option<Date>,
    /// Its amount.
    pub amount: Decimal,
    /// Its currency, where Cin7 shows one; else it is taken to be in the document's.
    pub currency: Option<Currency>,
}

/// How a copy stands in Cin7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It is booked.
    Booked,
    /// It is there and not booked: a draft, or a header that has no invoice yet.
    Open,
    /// It was voided.
    Voided,
}

impl Document {
    /// The copies that are booked.
    pub(crate) fn booked(&self) -> impl Iterator<Item = &Copy> {
        self.cin7
            .iter()
            .filter(|copy| copy.stands == Stands::Booked)
    }

    /// What a copy counts for: where Cin7 shows no day or currency, what was sent holds, else what
    /// FreshBooks says. `None` where nobody says when it was, or in which currency it is.
    pub(crate) fn figures_of(&self, copy: &Copy) -> Option<Figures> {
        let shown = match self.freshbooks {
            InFreshbooks::Counts(figures, _) => Some(figures),
            _ => None,
        };
        let left = self.told.as_ref().and_then(|told| told.left);
        let known = left.or(shown);
        Some(Figures {
            day: copy.day.or(known.map(|known| known.day))?,
            amount: copy.amount,
            currency: copy.currency.or(known.map(|known| known.currency))?,
        })
    }
}
