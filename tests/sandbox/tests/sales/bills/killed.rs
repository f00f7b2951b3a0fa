//! The processor is killed at any call of a bill, and of a change of one.

use std::time::Duration;

use crate::world::{Setup, World};

/// Crashes in one world: each costs the better part of an hour, and a token lives for twelve.
const IN_ONE_WORLD: usize = 8;

/// Kills the processor at its `nth` call of anything at all, and lets everything settle. `false` where
/// there was none.
async fn killed_at_call(world: &World, id: i64, nth: usize) -> bool {
    world.clock.advance(Duration::from_mins(5));
    world.announce_bill(id, "bill.update").await;
    let before = world.all_calls();
    let killed = world.crash_when(|| world.all_calls() >= before + nth).await;
    if killed {
        world.plant.restart();
    }
    world.settle_all_but_confirm().await;
    let record = world.record_of("bill", id).await;
    let what = format!("killed at call {nth}: {}", record.sentence);
    assert!(record.sentence.is_empty(), "{what}");
    assert_eq!(world.purchases(id).len(), 1, "{what}");
    world.assert_bill_stands(id).await;
    killed
}

#[tokio::test]
async fn killed_at_any_call_a_new_bill_crosses_once() {
    let mut calls = 0;
    loop {
        let world = World::start_with(Setup::buying()).await;
        world.crossed_bill("10.00").await;
        for _ in 0..IN_ONE_WORLD {
            let vendor = world.vendor(&format!("Vendor {calls}"));
            let id = world.plain_bill(vendor, "250.00");
            if !killed_at_call(&world, id, calls + 1).await {
                assert!(calls > 20, "only {calls} calls were tried");
                return;
            }
            calls += 1;
        }
        world.check().await;
    }
}

#[tokio::test]
async fn killed_at_any_call_of_a_change_the_purchase_follows_once() {
    let mut calls = 0;
    loop {
        let world = World::start_with(Setup::buying()).await;
        let id = world.crossed_bill("10.00").await;
        for _ in 0..IN_ONE_WORLD {
            world.reprice_bill(id, &format!("{}.00", 300 + calls));
            if !killed_at_call(&world, id, calls + 1).await {
                assert!(calls > 20, "only {calls} calls were tried");
                return;
            }
            calls += 1;
        }
        world.check().await;
    }
}
