//! The processor is killed at any call of an expense, in both forms, and of a change of one.

use std::time::Duration;

use ledger::RecordKey;

use crate::world::{Setup, World, dec};

/// Crashes in one world: each costs the better part of an hour, and a token lives for twelve.
const IN_ONE_WORLD: usize = 8;

/// Kills the processor at its `nth` call of anything at all, and lets everything settle. `false` where
/// there was none.
async fn killed_at_call(world: &World, key: &RecordKey, nth: usize) -> bool {
    world.clock.advance(Duration::from_mins(5));
    world.ask_again(key).await;
    let before = world.all_calls();
    let killed = world.crash_when(|| world.all_calls() >= before + nth).await;
    if killed {
        world.plant.restart();
    }
    world.settle_all_but_confirm().await;
    world
        .assert_stands_at(key, &format!("killed at call {nth}"))
        .await;
    killed
}

/// Kills at each call of a new expense, or of a change of one; `stands` looks at what came of it.
async fn killed_at_any_call(setup: fn() -> Setup, changed: bool, stands: fn(&World, &RecordKey)) {
    let mut calls = 0;
    loop {
        let world = World::start_with(setup()).await;
        world
            .look_at(&world.key_of("expense", world.spend("10.00")))
            .await;
        for _ in 0..IN_ONE_WORLD {
            let id = world.spend("100.00");
            let key = world.key_of("expense", id);
            if changed {
                world.ask_again(&key).await;
                world.settle_all_but_confirm().await;
                stands(&world, &key);
                world.change_expense(id, |form| form.notes = "Nails".to_owned());
            }
            let killed = killed_at_call(&world, &key, calls + 1).await;
            stands(&world, &key);
            if !killed {
                assert!(calls > 10, "only {calls} calls were tried");
                return;
            }
            calls += 1;
        }
        world.check().await;
    }
}

fn is_bought(world: &World, key: &RecordKey) {
    world.assert_bought(key, "113.00");
}

fn is_spent(world: &World, key: &RecordKey) {
    world.assert_moved(key, "113.00");
    assert_eq!(world.operation_at(key).lines[0].tax, dec("13.00"));
}

#[tokio::test]
async fn killed_at_any_call_an_expense_is_bought_and_paid_once() {
    killed_at_any_call(Setup::of_purchases, false, is_bought).await;
}

#[tokio::test]
async fn killed_at_any_call_of_a_change_it_is_bought_and_paid_once() {
    killed_at_any_call(Setup::of_purchases, true, is_bought).await;
}

#[tokio::test]
async fn killed_at_any_call_an_expense_is_spent_once() {
    killed_at_any_call(Setup::of_money, false, is_spent).await;
    killed_at_any_call(Setup::of_money, true, is_spent).await;
}
