//! What linking a customer and linking a supplier have in common: each is found or made once, and the
//! link is kept for good.

use cin7::{Reader, Writer};
use ledger::audit::Draft;
use ledger::{Link, StepStatus};
use money::Currency;

use crate::steps::{CreatePartner, NewPartner, run};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// Under what a partner is linked.
pub(crate) struct Place {
    /// FreshBooks' noun: `client`, `vendor`.
    pub(crate) kind: &'static str,
    /// What tells it from others of that kind.
    pub(crate) entry: String,
    /// Cin7's noun, which is the name of its step.
    pub(crate) partner: &'static str,
    /// What the audit trail says of it.
    pub(crate) told: &'static str,
}

/// A partner that there is.
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) name: String,
    /// How it was found, such as [`BY_NAME`].
    pub(crate) how: &'static str,
}

/// How a partner was found that has the name in FreshBooks.
pub(crate) const BY_NAME: &str = "name";

/// Cin7's id of a partner that was linked before.
pub(crate) async fn linked(work: &mut Work<'_>, place: &Place) -> Result<Option<String>, Stop> {
    let connection = &work.connection.id;
    let link = work
        .engine
        .ledger
        .link(connection, place.kind, &place.entry);
    let Some(link) = link.await? else {
        return Ok(None);
    };
    // Whether one was made before, the name tells that was linked since.
    let steps = &mut work.record.steps;
    steps.retain(|step| step.name != place.partner || step.status == StepStatus::Done);
    Ok(Some(link.cin7_id))
}

/// Links a partner that was found or made; its id.
pub(crate) async fn keep_link(
    work: &mut Work<'_>,
    place: &Place,
    found: Found,
) -> Result<String, Stop> {
    let ledger = &work.engine.ledger;
    let link = Link {
        cin7_id: found.id.clone(),
        name: found.name.clone(),
        how: found.how.to_owned(),
        at: ledger.clock().now(),
    };
    let connection = &work.connection.id;
    ledger
        .put_link(connection, place.kind, &place.entry, &link)
        .await?;
    work.note(
        Draft::new(place.told)
            .with(place.kind, &place.entry)
            .with(place.partner, found.name)
            .with("how", found.how),
    );
    Ok(found.id)
}

/// What an earlier try may have made is found now: nothing of it is uncertain any more.
pub(crate) fn settle_step(work: &mut Work<'_>, partner: &str, id: &str) {
    let mut steps = work.record.steps.iter_mut();
    if let Some(step) = steps.find(|step| step.name == partner) {
        step.status = StepStatus::Done;
        step.uncertain_since = None;
        step.cin7_id = Some(id.to_owned());
    }
}

/// What the names under which a partner is looked for come to.
pub(crate) struct Named<T> {
    /// The first that there is in the right currency.
    pub(crate) there: Option<T>,
    /// The first that nobody has.
    pub(crate) free: Option<String>,
}

/// Looks for a partner by its names, in their order, in Cin7 and among those that would be made by then.
pub(crate) async fn named<P: NewPartner>(
    subject: &str,
    (names, currency): (&[String], Currency),
    (reader, by_then): (&Reader, &[P::Made]),
) -> Result<Named<P::Made>, Stop> {
    for name in names {
        let named = P::named(reader, name).await;
        let mut named = named.map_err(|error| cin7_stop(subject, error))?;
        let is_so_named = |made: &&P::Made| is_same(P::known_as(made).0, name);
        named.extend(by_then.iter().filter(is_so_named).cloned());
        let free = named.is_empty().then(|| name.clone());
        let fits = |made: &P::Made| P::known_as(made).1.is_none_or(|its| its == currency);
        let there = named.into_iter().find(fits);
        if there.is_some() || free.is_some() {
            return Ok(Named { there, free });
        }
    }
    Ok(Named {
        there: None,
        free: None,
    })
}

/// What to say where every name belongs to somebody in another currency.
pub(crate) fn in_other_currencies<P: NewPartner>(
    subject: &str,
    names: &[String],
    currency: Currency,
) -> Stop {
    Stop::Attention(format!(
        "{subject}: the Cin7 {}s named {} are in other currencies than {currency}. Add one in {currency}.",
        P::STEP,
        names.join(", "),
    ))
}

/// Makes a partner.
pub(crate) async fn make<P: NewPartner>(
    work: &mut Work<'_>,
    partner: P,
    writer: &Writer,
) -> Result<Found, Stop> {
    let name = partner.name().to_owned();
    run(work, &CreatePartner { partner }, writer).await?;
    let step = work.record.step(P::STEP);
    let Some(id) = step.and_then(|step| step.cin7_id.clone()) else {
        return Err(Stop::Attention(format!(
            "{}: Cin7 gave its {} no id.",
            work.subject(),
            P::STEP
        )));
    };
    let how = "created";
    Ok(Found { id, name, how })
}

/// As Cin7 compares names.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
