//! The one cause of a document whose figures differ.

use jiff::civil::Date;
use money::Decimal;

use crate::{Cause, Document, Figures, InFreshbooks, Kind, Month, Nature, Progress, Stands, Told};

/// As much may Cin7's own rounding of tax change of a document.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What keeps documents out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Documents dated earlier stay out.
    pub start_date: Option<Date>,
    /// Kinds that do not cross: switched off, or left to people.
    pub unsupported: Vec<Kind>,
}

/// Why the two sides differ about a document; `None` where nothing that is known explains it.
///
/// Ask only of a document that differs ([`crate::differs`]). Facts that both sides show come before what
/// the ledger says of itself, and what the connector is doing comes before any blame.
#[must_use]
pub fn cause_of(document: &Document, rules: &Rules) -> Option<Cause> {
    if document.freshbooks == InFreshbooks::Foreign {
        return Some(Cause::EnteredInCin7);
    }
    if document.told.as_ref().is_some_and(|told| told.is_fresh) {
        return Some(Cause::OnItsWay);
    }
    if document.booked().count() > 1 {
        return Some(Cause::Doubled);
    }
    if document.freshbooks == InFreshbooks::Unreadable {
        return Some(Cause::Unreadable);
    }
    match &document.told {
        None => unknown(document, rules),
        Some(told) => match &told.progress {
            Progress::OnItsWay => Some(Cause::OnItsWay),
            Progress::Uncertain => Some(Cause::Uncertain),
            Progress::Waiting(what) => Some(Cause::Waiting(what.clone())),
            Progress::Skipped => skipped(document, rules),
            Progress::Posted | Progress::Attention | Progress::Reversed => {
                compared(document, told, rules)
            }
        },
    }
}

/// Of a document that has no record. A copy that nobody made has no cause.
fn unknown(document: &Document, rules: &Rules) -> Option<Cause> {
    if document.booked().next().is_some() {
        return None;
    }
    ruled_out(document, rules).or(Some(Cause::NotHeardOf))
}

fn skipped(document: &Document, rules: &Rules) -> Option<Cause> {
    if document.booked().next().is_none() {
        return ruled_out(document, rules).or(Some(Cause::SkippedByRule));
    }
    // What is skipped should not stand there.
    match document.freshbooks {
        InFreshbooks::Draft => Some(Cause::Draft),
        InFreshbooks::Deleted => Some(Cause::DeletedInFreshbooks),
        _ => None,
    }
}

/// The rule that keeps a document out, as far as the document itself shows it.
fn ruled_out(document: &Document, rules: &Rules) -> Option<Cause> {
    if rules.unsupported.contains(&document.kind) {
        return Some(Cause::NotSupported);
    }
    let InFreshbooks::Counts(figures, nature) = document.freshbooks else {
        return None;
    };
    match nature {
        Nature::CreditApplied => return Some(Cause::CreditApplied),
        Nature::BankSide => return Some(Cause::BankSideOfBillPayment),
        Nature::Plain | Nature::Overpaid | Nature::Untied => {}
    }
    let is_early = rules.start_date.is_some_and(|start| figures.day < start);
    is_early.then_some(Cause::BeforeStartDate)
}

/// Of a document that the connector is through with: what it left in Cin7 against what stands there, and
/// that against FreshBooks.
fn compared(document: &Document, told: &Told, rules: &Rules) -> Option<Cause> {
    let copy = document.booked().next();
    let Some(left) = told.left else {
        return nothing_left(document, told, rules);
    };
    let Some(copy) = copy else {
        return Some(match document.cin7.as_slice() {
            [] => Cause::MissingInCin7,
            copies if copies.iter().any(|copy| copy.stands == Stands::Open) => Cause::ChangedInCin7,
            _ => Cause::VoidedInCin7,
        });
    };
    let stands = document.figures_of(copy)?;
    let by_cin7 = changed(left, stands);
    let InFreshbooks::Counts(says, _) = document.freshbooks else {
        // Whatever became of it since, it should not stand there at all.
        return Some(match document.freshbooks {
            InFreshbooks::Draft => Cause::Draft,
            _ => Cause::DeletedInFreshbooks,
        });
    };
    if let Some(cause) = by_cin7 {
        return Some(cause);
    }
    if told.progress == Progress::Attention {
        return Some(Cause::Attention);
    }
    if !same(says, told.said.unwrap_or(left)) {
        return Some(Cause::ChangedInFreshbooks);
    }
    // FreshBooks says what it said, Cin7 holds what was left there, and the two are not the same.
    (document.kind == Kind::JournalEntry).then_some(Cause::Netted)
}

/// Of a document of which nothing should stand in Cin7.
fn nothing_left(document: &Document, told: &Told, rules: &Rules) -> Option<Cause> {
    let is_supported = !rules.unsupported.contains(&document.kind);
    let nature = match document.freshbooks {
        InFreshbooks::Counts(_, nature) => nature,
        _ => Nature::Plain,
    };
    match (&told.progress, document.booked().next()) {
        (Progress::Attention, None) => Some(match nature {
            _ if !is_supported => Cause::NotSupported,
            Nature::Overpaid => Cause::Overpayment,
            Nature::Untied => Cause::Deposit,
            _ => Cause::Attention,
        }),
        (Progress::Attention, Some(_)) => Some(Cause::Attention),
        // FreshBooks took the deletion back.
        (Progress::Reversed, None) => Some(Cause::ChangedInFreshbooks),
        // Somebody took the void back.
        (Progress::Reversed, Some(_)) => Some(Cause::ChangedInCin7),
        _ => None,
    }
}

fn same(one: Figures, other: Figures) -> bool {
    let month = |figures: Figures| Month::of(figures.day);
    one.amount == other.amount && one.currency == other.currency && month(one) == month(other)
}

/// How a copy differs from what the connector left.
fn changed(left: Figures, stands: Figures) -> Option<Cause> {
    if stands.currency != left.currency {
        return Some(Cause::OtherCurrency);
    }
    if stands.amount != left.amount {
        let is_little = (stands.amount - left.amount).abs() <= ROUNDING;
        return Some(if is_little {
            Cause::Rounding
        } else {
            Cause::ChangedInCin7
        });
    }
    (Month::of(stands.day) != Month::of(left.day)).then_some(Cause::OtherMonth)
}
