//! Letting a world come to rest, with functions that may be killed at any call.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Record, State};
use poller::Task;

use super::calls::Follower;
use crate::world::World;

/// How long one invocation of a function may take, as in the template.
pub(super) const INVOCATION: Duration = Duration::from_mins(2);
/// When a message comes back whose worker died.
const VISIBLE_AGAIN: Duration = Duration::from_secs(150);
/// A world that is still at it after so many rounds never comes to rest.
const ROUNDS: usize = 150;
/// A record that waits is looked at again every hour or so, for ever; this often is waited for it.
const LOOKS_AT_WAITING: usize = 3;
/// What stands still because Cin7 refused its keys is asked for again each quarter of an hour.
const KEEP_EVERY: Duration = Duration::from_mins(15);
/// This often is waited for that.
const KEEPS: usize = 2;
/// Confirm passes in vain before the next is an hour later, when the list no longer has the last word.
const QUICK_PASSES: usize = 2;

/// Delivers, works, sweeps and confirms, and moves the clock to whatever comes next, until nothing
/// does.
pub(super) async fn settle(world: &World, follower: &Follower) -> Result<(), String> {
    let (mut waited, mut passes, mut keeps) = (0, 0, 0);
    for round in 0..ROUNDS {
        deliver(world, follower).await;
        work(world, follower).await;
        if round == 0 {
            poll(world, follower, Task::Sweep).await;
        }
        let records = records(world).await?;
        let waits = |record: &&Record| record.state == State::Waiting;
        if !world.freshbooks.pending().is_empty() {
            // FreshBooks sends again what was not taken.
            world.clock.advance(Duration::from_mins(1));
        } else if let Some(due) = next_due(records.iter().filter(|record| !waits(record))) {
            world.pass_until(due);
        } else if world.messages("connector.fifo").await > 0 {
            world.clock.advance(VISIBLE_AGAIN);
        } else if records.iter().any(|record| record.state == State::Posted) {
            passes += 1;
            if passes > 1 {
                let minutes = if passes <= QUICK_PASSES { 1 } else { 61 };
                world.clock.advance(Duration::from_mins(minutes));
            }
            poll(world, follower, Task::Confirm { connection: None }).await;
            continue;
        } else if let Some(due) = next_due(records.iter().filter(waits))
            && waited < LOOKS_AT_WAITING
        {
            waited += 1;
            world.pass_until(due);
        } else if keeps < KEEPS && records.iter().any(waits_for_its_connection) {
            keeps += 1;
            world.clock.advance(KEEP_EVERY);
            poll(world, follower, Task::Keep { connection: None }).await;
        } else {
            return Ok(());
        }
        poll(world, follower, Task::Sweep).await;
    }
    Err("it never comes to rest".to_owned())
}

async fn records(world: &World) -> Result<Vec<Record>, String> {
    let records = world.plant.ledger().every_record().await;
    records.map_err(|error| error.to_string())
}

fn waits_for_its_connection(record: &Record) -> bool {
    let what = record.waiting_for.as_deref().unwrap_or_default();
    record.state == State::Waiting && what.starts_with("connection:")
}

fn next_due<'a>(records: impl Iterator<Item = &'a Record>) -> Option<Timestamp> {
    records.filter_map(|record| record.due_at).min()
}

/// Sends every waiting webhook once; an answer that never comes is no answer with 2xx.
pub(super) async fn deliver(world: &World, follower: &Follower) {
    for pending in world.freshbooks.pending() {
        let received = world.receive(&pending.uri, &pending.signature, &pending.body);
        let status = run(world, follower, received).await;
        let accepted = status.is_some_and(|status| (200..300).contains(&status));
        world.freshbooks.carried(&pending, accepted);
    }
}

/// Gives the processor batches until the queue has none.
async fn work(world: &World, follower: &Follower) {
    for _ in 0..ROUNDS {
        let processed = run(world, follower, world.plant.process(Duration::ZERO)).await;
        if matches!(processed, None | Some(Ok(0) | Err(_))) {
            return;
        }
    }
}

/// One pass of the poller; what one that fails leaves undone is for the next.
async fn poll(world: &World, follower: &Follower, task: Task) {
    let _ = run(world, follower, world.plant.poll(task)).await;
}

/// Runs a function; `None` where it was killed at one of its calls. What the functions kept in memory
/// is gone then.
async fn run<T>(
    world: &World,
    follower: &Follower,
    function: impl Future<Output = T>,
) -> Option<T> {
    follower.follow(true);
    let ended = tokio::select! {
        biased;
        ended = function => Some(ended),
        () = world.hanging() => None,
    };
    follower.follow(false);
    if ended.is_none() {
        world.plant.restart();
    }
    ended
}
