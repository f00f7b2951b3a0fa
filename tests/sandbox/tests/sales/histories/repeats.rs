//! Records when all has come to rest, and what a repeat of every hint does to them: nothing.

use ledger::{Record, State};

use super::expected::Books;
use super::office::Office;
use super::settling::settle;
use crate::world::World;

/// Why a record is not where it should be, for the first that is not: what stands is confirmed, and
/// what does not waits, or a rule says why.
pub(super) async fn placed(
    world: &World,
    office: &Office<'_>,
    expected: &Books,
) -> Result<(), String> {
    for (kind, id) in everything(office) {
        let record = world.record_of(kind, id).await;
        let right: &[State] = if stands(expected, kind, id) {
            &[State::Confirmed]
        } else {
            &[State::Waiting, State::Skipped, State::Reversed]
        };
        if !right.contains(&record.state) {
            return Err(format!(
                "{kind} {id} is {}, not {}: {:?}",
                record.state.name(),
                right[0].name(),
                record.sentence
            ));
        }
    }
    Ok(())
}

/// What was made and deleted before anybody told of it has no record, and needs none: it is heard of now.
pub(super) async fn hear_of_what_never_counted(
    world: &World,
    office: &Office<'_>,
    expected: &Books,
) -> Result<(), String> {
    for (kind, id) in everything(office) {
        if !stands(expected, kind, id) && !world.is_known(kind, id).await {
            world.hint_at(kind, id).await;
        }
    }
    settle(world).await
}

fn stands(expected: &Books, kind: &str, id: i64) -> bool {
    match kind {
        "invoice" => expected.contains_key(&id),
        _ => expected.values().any(|sold| sold.holds(id)),
    }
}

fn everything(office: &Office<'_>) -> impl Iterator<Item = (&'static str, i64)> {
    let invoices = office.invoices.iter().map(|&id| ("invoice", id));
    invoices.chain(office.payments.iter().map(|&id| ("payment", id)))
}

/// Sends every hint once more: no Cin7 call is made of it, and no record holds anything else.
pub(super) async fn repeats_cost_nothing(
    world: &World,
    office: &Office<'_>,
    expected: &Books,
) -> Result<(), String> {
    let (calls, before) = (world.cin7_count(), contents(world, office).await);
    for (kind, id) in everything(office) {
        world.hint_at(kind, id).await;
    }
    settle(world).await?;
    let mut made = world.cin7_calls(calls);
    // Whether its date keeps an invoice out is asked after the books are known, which are read anew once
    // an hour at most.
    if office.keeps_out_by_date(expected) {
        made.retain(|call| call.path.starts_with("sale") || call.path.starts_with("customer"));
    }
    if !made.is_empty() {
        return Err(format!("hints of nothing new made Cin7 calls: {made:?}"));
    }
    let after = contents(world, office).await;
    let changed = before.iter().zip(&after).find(|(one, other)| one != other);
    changed.map_or(Ok(()), |(one, other)| {
        Err(format!(
            "a hint of nothing new changed a record:\n{one}\n{other}"
        ))
    })
}

/// What the records hold, apart from when and how often they were looked at.
async fn contents(world: &World, office: &Office<'_>) -> Vec<String> {
    let mut contents = Vec::new();
    for (kind, id) in everything(office) {
        let Record {
            key,
            generation,
            parent,
            children,
            state,
            waiting_for,
            due_at,
            number,
            total,
            content,
            steps,
            cin7,
            ..
        } = world.record_of(kind, id).await;
        let held = (key, generation, parent, children, state, waiting_for);
        let steps: Vec<_> = steps
            .into_iter()
            .map(|step| {
                (
                    step.name,
                    step.mark,
                    step.request,
                    step.status,
                    step.cin7_id,
                )
            })
            .collect();
        contents.push(format!(
            "{held:?} {due_at:?} {number:?} {total:?} {content:?} {steps:?} {cin7:?}"
        ));
    }
    contents
}
