//! Our own writes are under way while a pass compares: it overwrites nothing and blames nobody.

use std::time::Duration;

use ledger::State;

use crate::world::{Setup, World};

/// Changes in one world: each crash costs the better part of an hour, and a token lives for twelve.
const IN_ONE_WORLD: usize = 6;

/// No pass found anything wrong, at any time.
async fn assert_blamed_nobody(world: &World, what: &str) {
    let ledger = world.plant.ledger();
    for record in ledger.every_record().await.unwrap() {
        assert_eq!(record.doubt, None, "{what}: {}", record.sentence);
        let trail = ledger.trail(&record.key).await.unwrap();
        let blames = |entry: &&ledger::audit::Entry| {
            entry.what == "attention" && entry.by.starts_with("poller")
        };
        assert_eq!(trail.iter().find(blames), None, "{what}");
    }
}

/// Changes an invoice with a payment and lets passes compare after the processor's `nth` call of anything
/// at all, at which it stands still, and as everything settles. `false` where there was no such call.
async fn compared_at_call(world: &World, (id, payment): (i64, i64), nth: usize) -> bool {
    world.clock.advance(Duration::from_mins(5));
    world.reprice(id, &format!("{}.00", 300 + nth));
    world.change_payment(payment, |form| {
        form.amount = crate::world::dec("20.00") + money::Decimal::from(nth);
    });
    world.deliver().await;
    let before = world.all_calls();
    let stopped = world.crash_when(|| world.all_calls() >= before + nth).await;
    let what = format!("stopped at call {nth}");
    world.look_over().await;
    world.clock.advance(Duration::from_secs(25));
    world.look_over().await;
    assert_blamed_nobody(world, &what).await;
    if stopped {
        world.plant.restart();
    }
    for _ in 0..2 {
        world.clock.advance(Duration::from_mins(8));
        world.sweep().await;
        world.look_over().await;
    }
    world.settle().await;
    world.clock.advance(super::LATER);
    world.look_over().await;
    assert_blamed_nobody(world, &what).await;
    let record = world.record(id).await;
    assert_eq!(
        record.state,
        State::Confirmed,
        "{what}: {}",
        record.sentence
    );
    let paid = format!("{}.00", 20 + nth);
    world.assert_on(id, payment, &paid).await;
    world.assert_stands(id).await;
    stopped
}

#[tokio::test]
async fn a_change_stopped_at_any_call_is_never_taken_for_a_persons_doing() {
    let mut calls = 0;
    loop {
        let lags = |account: &mut cin7_stand_in::AccountOptions| {
            account.lag = Duration::from_secs(20);
        };
        let world = World::start_with(Setup::cin7(lags)).await;
        let id = world.crossed("200.00").await;
        let payment = world.paid(id, "20.00").await;
        for _ in 0..IN_ONE_WORLD {
            if !compared_at_call(&world, (id, payment), calls + 1).await {
                assert!(calls > 30, "only {calls} calls were tried");
                return;
            }
            // Reads of the ledger lie between: every write is hit at one of its ends.
            calls += 2;
        }
        world.check().await;
    }
}
