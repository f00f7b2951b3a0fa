//! The call limit: never broken, and a refusal keeps everybody away.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::world::{Setup, World, plain};

const THROTTLES: [Fault; 3] = [Fault::Limit429, Fault::Limit503Text, Fault::Limit400Text];

#[tokio::test]
async fn after_a_throttle_answer_no_other_record_calls_for_a_minute() {
    for fault in THROTTLES {
        let world = World::start().await;
        let client = world.client("Harbour Studio");
        world.warm_up(client).await;
        world.clock.advance(Duration::from_mins(10));

        world.cin7.fail(Matcher::new("POST", "sale"), fault);
        let before = world.cin7_count();
        let first = world.send(plain(client, "10.00")).await;
        let second = world.send(plain(client, "20.00")).await;
        world.settle().await;
        world.assert_confirmed(first).await;
        world.assert_confirmed(second).await;
        let calls = world.cin7_calls(before);
        let quiet = calls[1].at.duration_since(calls[0].at);
        assert!(quiet.as_secs() >= 60, "{fault:?}: {quiet:?}");
        world.check().await;
    }
}

#[tokio::test]
async fn an_invocation_without_time_puts_the_record_off_and_counts_no_failed_try() {
    let setup = Setup {
        invocation: Duration::from_secs(90),
        ..Setup::default()
    };
    let world = World::start_with(setup).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    world
        .cin7
        .fail(Matcher::new("POST", "sale"), Fault::Limit429);
    let before = world.cin7_count();
    let first = world.send(plain(client, "10.00")).await;
    let second = world.send(plain(client, "20.00")).await;
    world.work().await;
    for id in [first, second] {
        world
            .assert_says(id, State::Retrying, &["call limit", "60 s"])
            .await;
        assert_eq!(world.record(id).await.attempts, 0);
    }
    assert_eq!(
        world.cin7_count(),
        before + 1,
        "one call was refused, none followed"
    );
    world.settle().await;
    world.assert_confirmed(first).await;
    world.assert_confirmed(second).await;
    world.check().await;
}

#[tokio::test]
async fn twenty_invoices_at_once_stay_within_the_limit() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let mut ids = Vec::new();
    for _ in 0..20 {
        ids.push(world.send(plain(client, "10.00")).await);
    }
    world.settle().await;
    for id in ids {
        world.assert_confirmed(id).await;
    }
    let refused = world
        .cin7_calls(0)
        .iter()
        .filter(|call| call.status == Some(429))
        .count();
    assert_eq!(refused, 0);
    world.check().await;
}
