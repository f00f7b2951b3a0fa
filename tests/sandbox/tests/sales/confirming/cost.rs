//! What it costs to watch: a list for each family of which something was posted, whatever is stored.

use std::time::Duration;

use super::LATER;
use crate::world::{World, plain};

#[tokio::test]
async fn with_nothing_ever_posted_a_full_pass_makes_no_call() {
    let world = World::start().await;
    assert!(world.paths_looked_over().await.is_empty());
}

#[tokio::test]
async fn with_nothing_changed_a_full_pass_makes_one_call_for_each_family() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.paid(id, "100.00").await;
    world.clock.advance(LATER);
    assert_eq!(world.paths_looked_over().await, ["saleList"]);
    let before = world.cin7_count();
    world.confirm().await;
    assert_eq!(world.cin7_count(), before, "in between, nothing is asked");
}

#[tokio::test]
async fn a_full_pass_reads_as_much_of_the_ledger_whatever_was_confirmed_before() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let reads = async || {
        // So long that catching up compares none of them again.
        world.clock.advance(Duration::from_hours(24 * 9));
        world.look_over().await;
        let before = world.plant.aws().calls().len();
        world.clock.advance(LATER);
        world.look_over().await;
        world.plant.aws().calls().len() - before
    };
    world.warm_up(client).await;
    let few = reads().await;
    for _ in 0..12 {
        world.send(plain(client, "10.00")).await;
    }
    world.settle().await;
    assert_eq!(reads().await, few);
}
