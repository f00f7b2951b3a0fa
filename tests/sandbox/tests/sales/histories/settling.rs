//! Letting a world come to rest after a history.

use std::time::Duration;

use ledger::State;
use poller::Task;

use crate::world::World;

/// A world that is still at it after so many rounds never comes to rest.
const ROUNDS: usize = 200;

/// Minutes before each of the poller's passes; the last is late enough for the exact question instead of the list.
const PASSES_AFTER: [u64; 3] = [1, 1, 61];

/// Works, and moves the clock to whatever is due next, until nothing is queued, due or posted.
pub(super) async fn settle(world: &World) -> Result<(), String> {
    settle_all_but_confirm(world).await?;
    for wait in PASSES_AFTER.map(Duration::from_mins) {
        let posted = |record: &ledger::Record| record.state == State::Posted;
        if !records(world).await.iter().any(posted) {
            return Ok(());
        }
        world.clock.advance(wait);
        world.confirm().await;
    }
    Ok(())
}

/// The poller catches up. Once that has come to rest there is nothing more to catch up with.
pub(super) async fn catch_up(world: &World) -> Result<(), String> {
    settle(world).await?;
    // Lists that are read whole are not read again at once.
    world.clock.advance(Duration::from_mins(15));
    world.catch_up().await;
    settle(world).await?;
    match world.catch_up().await.caught_up {
        0 => Ok(()),
        asked => Err(format!("{asked} records are caught up with again")),
    }
}

async fn settle_all_but_confirm(world: &World) -> Result<(), String> {
    for _ in 0..ROUNDS {
        world.work().await;
        let due = records(world)
            .await
            .iter()
            .filter_map(|record| record.due_at)
            .min();
        match due {
            Some(due) if due > world.plant.clock().now() => world.clock.advance_to(due),
            None if world.messages("connector.fifo").await == 0 => return Ok(()),
            // A worker that died keeps its record and its message for a while.
            _ => world.clock.advance(Duration::from_mins(1)),
        }
        // One that fails leaves what is due to the next.
        let _ = world.plant.poll(Task::Sweep).await;
    }
    Err("it never comes to rest".to_owned())
}

async fn records(world: &World) -> Vec<ledger::Record> {
    world.plant.ledger().every_record().await.unwrap()
}
