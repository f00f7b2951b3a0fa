//! Filters that several kinds share.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::query::Term;
use crate::refusal::Refusal;
use crate::shelf::Kept;
use crate::world::View;

/// Whether a record stays in the list.
pub(crate) type Filter<T> = Box<dyn Fn(&Kept<T>, &View<'_>) -> bool>;

/// What [`Resource::filter`](super::Resource::filter) answers.
pub(super) type Parsed<T> = Result<Option<Filter<T>>, Refusal>;

/// A filter that works.
pub(super) fn keep<T>(test: impl Fn(&Kept<T>, &View<'_>) -> bool + 'static) -> Parsed<T> {
    Ok(Some(Box::new(test)))
}

/// A filter that does nothing, without an error.
pub(super) fn ignored<T>() -> Parsed<T> {
    Ok(None)
}

/// `date_min` and the like: not before this day.
pub(super) fn from_day<T>(term: &Term, day: fn(&Kept<T>, &View<'_>) -> Date) -> Parsed<T>
where
    T: 'static,
{
    let first = term.day()?;
    keep(move |kept, view| day(kept, view) >= first)
}

/// `date_max` and the like: before this day, which itself is left out.
pub(super) fn before_day<T>(term: &Term, day: fn(&Kept<T>, &View<'_>) -> Date) -> Parsed<T>
where
    T: 'static,
{
    let end = term.day()?;
    keep(move |kept, view| day(kept, view) < end)
}

/// The day that `updated` falls on: filters on it have the resolution of a whole day, US-Eastern.
pub(super) fn updated<T>(kept: &Kept<T>, view: &View<'_>) -> Date {
    view.eastern.day(kept.updated)
}

/// `amount_min`: not below this.
pub(super) fn at_least<T: 'static>(term: &Term, amount: fn(&Kept<T>) -> Decimal) -> Parsed<T> {
    let least = decimal(term)?;
    keep(move |kept, _| amount(kept) >= least)
}

/// `amount_max`: below this, which itself is left out.
pub(super) fn below<T: 'static>(term: &Term, amount: fn(&Kept<T>) -> Decimal) -> Parsed<T> {
    let end = decimal(term)?;
    keep(move |kept, _| amount(kept) < end)
}

fn decimal(term: &Term) -> Result<Decimal, Refusal> {
    let text = term.value();
    text.parse()
        .map_err(|_| Refusal::invalid(1015, &term.key, "Must be a number.", text))
}

/// The record's number is one of the values: `invoiceid`, `customerids[]`.
pub(super) fn number_in<T>(term: &Term, number: fn(&Kept<T>) -> i64) -> Parsed<T>
where
    T: 'static,
{
    let wanted = term.values.clone();
    keep(move |kept, _| wanted.contains(&number(kept).to_string()))
}

/// The record's text is the value.
pub(super) fn text_is<T>(term: &Term, text: fn(&Kept<T>) -> &str) -> Parsed<T>
where
    T: 'static,
{
    let wanted = term.value().to_owned();
    keep(move |kept, _| text(kept) == wanted)
}

/// The record's text contains the value, whatever the case: `organization_like`.
pub(super) fn text_like<T>(term: &Term, text: fn(&Kept<T>) -> &str) -> Parsed<T>
where
    T: 'static,
{
    let wanted = term.value().to_lowercase();
    keep(move |kept, _| text(kept).to_lowercase().contains(&wanted))
}

/// A switch: `paid=true`, `paid=0`. What is neither is ignored.
pub(super) fn switch<T>(term: &Term, state: fn(&Kept<T>, &View<'_>) -> bool) -> Parsed<T>
where
    T: 'static,
{
    let wanted = match term.value() {
        "true" | "1" => true,
        "false" | "0" => false,
        _ => return ignored(),
    };
    keep(move |kept, view| state(kept, view) == wanted)
}
