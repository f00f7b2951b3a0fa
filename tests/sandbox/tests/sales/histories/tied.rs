//! Tying out in the middle of a history: whatever happened so far, every cent has a cause, and nobody is
//! blamed who did nothing.

use super::arrival::{History, pass};
use super::office::Office;
use super::play::{Losses, Told, make, play_the_rest, tell};
use super::prove::{Prover, setup};
use super::settling::settle;
use crate::world::World;

/// Moves between two tie-outs.
const EVERY: usize = 5;
/// The month in which everything begins, and those around it, into which days are moved.
const MONTHS: [&str; 3] = ["2026-01", "2025-12", "2026-02"];
/// What only a person in Cin7 can have done; in a history, nobody is there.
const BLAMED: [&str; 6] = [
    "changed_in_cin7",
    "voided_in_cin7",
    "missing_in_cin7",
    "doubled",
    "entered_in_cin7",
    "other_currency",
];
/// What passes, and is over once everything has come to rest.
const PASSING: [&str; 5] = [
    "on_its_way",
    "uncertain",
    "not_heard_of",
    "changed_in_freshbooks",
    "deleted_in_freshbooks",
];

impl Prover {
    /// Whether a history ties out at every few moves and in the end; else everything about it, in words.
    pub(super) fn ties_out(&self, history: &History) -> Result<(), String> {
        self.runtime.block_on(async {
            let world = World::start_on(self.http.clone(), setup(self.manner)).await;
            let told = Told::default();
            let ended = tied(&world, history, &told).await;
            if let Err(why) = ended {
                let records = tell(&world).await;
                return Err(format!("{why}\n\n{}\n{records}", told.text()));
            }
            Ok(())
        })
    }
}

async fn tied(world: &World, history: &History, told: &Told) -> Result<(), String> {
    let mut office = Office::open(world);
    let first = world.warm_up(world.client("Old Mill")).await;
    office.invoices.push(first);
    world.freshbooks.take_pending();
    let mut none = Losses::new(0);
    for (number, next) in history.moves.iter().enumerate() {
        if let Some(said) = make(world, &mut office, next, &mut none).await {
            told.say(&said);
        }
        if number % EVERY == 0 {
            explained(world, &MONTHS[..1], &[]).await?;
        }
    }
    play_the_rest(world, history, &mut none, told).await;
    settle(world).await?;
    world.cin7.clear_faults();
    world.freshbooks.clear_faults();
    told.say(&pass(world, 3).await);
    settle(world).await?;
    explained(world, &MONTHS, &PASSING).await
}

async fn explained(world: &World, months: &[&str], over: &[&str]) -> Result<(), String> {
    for month in months {
        // A fault that was meant for the engine may have met the tie-out: then there is none.
        let Ok(Some(tied)) = world.try_tied_out(month).await else {
            continue;
        };
        let causes = tied.kinds.iter().flat_map(|totals| &totals.causes);
        let names: Vec<_> = causes.map(|cause| cause.cause.as_str()).collect();
        let is_wrong = |name: &&str| BLAMED.contains(name) || over.contains(name);
        if !tied.is_explained() || names.iter().any(is_wrong) {
            return Err(tieout::table(&tied));
        }
    }
    Ok(())
}
