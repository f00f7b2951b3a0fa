//! When tie-outs are made, and what becomes of them.

use std::time::Duration;

use jiff::Timestamp;
use poller::Task;

use super::JANUARY;
use crate::world::World;

const DUE: Task = Task::TieOut {
    connection: None,
    month: None,
};

impl World {
    async fn tied_by_the_poller(&self) -> usize {
        self.plant.poll(DUE).await.unwrap().tied
    }
}

#[tokio::test]
async fn the_running_month_is_tied_out_once_a_day_and_the_one_before_while_it_is_young() {
    let world = World::start().await;
    world.crossed("200.00").await;
    assert_eq!(
        world.tied_by_the_poller().await,
        2,
        "January, and December in its first week"
    );
    assert_eq!(world.tied_by_the_poller().await, 0);
    world.clock.advance(Duration::from_hours(24));
    assert_eq!(world.tied_by_the_poller().await, 2);
    let late: Timestamp = "2026-01-20T03:00:00Z".parse().unwrap();
    world.clock.advance_to(late);
    assert_eq!(world.tied_by_the_poller().await, 1);
}

#[tokio::test]
async fn what_was_made_is_kept_and_shown_at_no_cost() {
    let world = World::start().await;
    world.crossed("200.00").await;
    let tied = world.tied_out(JANUARY).await;
    let before = (world.cin7_count(), world.freshbooks.calls().len());
    let (id, month) = (world.acme().id.parse().unwrap(), JANUARY.parse().unwrap());
    let shown = world.plant.desk().last_tie_out(&id, month).await.unwrap();
    assert_eq!(shown, tied);
    assert_eq!((world.cin7_count(), world.freshbooks.calls().len()), before);
    let never = world
        .plant
        .desk()
        .last_tie_out(&id, "2025-03".parse().unwrap())
        .await;
    let why = never.unwrap_err().to_string();
    assert!(why.contains("2025-03"), "{why}");
}

#[tokio::test]
async fn a_connection_that_fails_keeps_no_other_back() {
    let mut world = World::start().await;
    world.join("brook", crate::world::Setup::default()).await;
    let keys = world.acme().keys.clone();
    world.cin7.revoke_key(&keys);
    let _failed = world.plant.poll(DUE).await;
    let id = "brook".parse().unwrap();
    let tied = world
        .plant
        .desk()
        .last_tie_out(&id, JANUARY.parse().unwrap())
        .await;
    assert!(tied.is_ok());
}
