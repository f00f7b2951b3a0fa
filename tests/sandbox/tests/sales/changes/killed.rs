//! The processor is killed at any call of a change.

use std::time::Duration;

use crate::world::World;

/// Changes in one world: each crash costs the better part of an hour, and a token lives for twelve.
const IN_ONE_WORLD: usize = 8;

/// Changes an invoice with a payment and kills the processor at its `nth` call of anything at all.
/// `false` where there was none.
async fn killed_at_call(world: &World, (id, payment): (i64, i64), nth: usize) -> bool {
    world.clock.advance(Duration::from_mins(5));
    world.reprice(id, &format!("{}.00", 300 + nth));
    world.deliver().await;
    let before = world.all_calls();
    let killed = world.crash_when(|| world.all_calls() >= before + nth).await;
    if killed {
        world.plant.restart();
    }
    world.settle().await;
    let what = format!("killed at call {nth}");
    let record = world.record(id).await;
    assert!(record.sentence.is_empty(), "{what}: {}", record.sentence);
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    assert_eq!(world.standing(id).payments.len(), 1, "{what}");
    killed
}

#[tokio::test]
async fn killed_at_any_call_of_a_change_the_invoice_and_its_payment_follow_once() {
    let mut calls = 0;
    loop {
        let world = World::start().await;
        let id = world.crossed("200.00").await;
        let payment = world.paid(id, "20.00").await;
        for _ in 0..IN_ONE_WORLD {
            if !killed_at_call(&world, (id, payment), calls + 1).await {
                assert!(calls > 30, "only {calls} calls were tried");
                return;
            }
            calls += 1;
        }
        world.check().await;
    }
}
