//! A function that dies in the middle: the record is found again, settled, and crosses once.

use std::time::Duration;

use ledger::{State, StepStatus};

use crate::world::{World, plain};

/// Sends an invoice, kills the processor when `reached` holds of the Cin7 calls made since, and goes on.
async fn killed_at(path: &'static str) {
    let world = World::start().await;
    world.warm_up(world.client("Harbour Studio")).await;
    let client = world.client("Corner Bakery");
    let before = world.cin7_count();
    let id = world.send(plain(client, "250.00")).await;
    let is_there = |call: &cin7_stand_in::Call| call.method == "POST" && call.path == path;
    let killed = world
        .crash_when(|| world.cin7_calls(before).iter().any(is_there))
        .await;
    assert!(killed, "{path}");

    let record = world.record(id).await;
    assert!(record.lease.is_some() && record.due_at.is_some());
    let open = record.steps.last().unwrap();
    assert_eq!(open.status, StepStatus::Intended, "{path}");
    assert_eq!(world.sweep().await, 0, "its lease has not ended");

    world.settle().await;
    world.assert_confirmed(id).await;
    let told = world.told(id).await;
    assert!(
        told.iter().any(|what| what == "queued again"),
        "the sweep found it: {told:?}"
    );
    let open = |step: &ledger::Step| step.status != StepStatus::Done;
    assert!(
        !world.record(id).await.steps.iter().any(open),
        "nothing stays uncertain"
    );
    let made = world.cin7_calls(before);
    assert_eq!(
        made.iter().filter(|call| is_there(call)).count(),
        1,
        "{path} was written once"
    );
    world.check().await;
}

#[tokio::test]
async fn killed_after_making_the_customer_the_invoice_crosses_once() {
    killed_at("customer").await;
}

#[tokio::test]
async fn killed_after_the_header_the_invoice_crosses_once() {
    killed_at("sale").await;
}

#[tokio::test]
async fn killed_after_the_order_the_invoice_crosses_once() {
    killed_at("sale/order").await;
}

#[tokio::test]
async fn killed_after_the_invoice_it_crosses_once() {
    killed_at("sale/invoice").await;
}

/// Crashes in one world: each costs the better part of an hour, and a token lives for twelve. One
/// that dies while it is renewed takes the connection with it, which is another story.
const IN_ONE_WORLD: usize = 10;

/// Kills the processor at its `nth` call of anything at all. `false` where there was none.
async fn killed_at_call(world: &World, nth: usize) -> bool {
    let client = world.client(&format!("Client {nth}"));
    world.clock.advance(Duration::from_mins(5));
    let customers = world.cin7.customers(&world.acme().keys).len();
    let id = world.send(plain(client, "250.00")).await;
    let before = world.all_calls();
    let killed = world.crash_when(|| world.all_calls() >= before + nth).await;
    world.settle().await;
    let record = world.record(id).await;
    let what = format!("killed at call {nth}: {}", record.sentence);
    assert_eq!(record.state, State::Confirmed, "{what}");
    assert_eq!(world.sales(id).len(), 1, "{what}");
    world.assert_confirmed(id).await;
    let made = world.cin7.customers(&world.acme().keys).len() - customers;
    assert_eq!(made, 1, "{what}");
    killed
}

#[tokio::test]
async fn killed_at_any_call_the_invoice_crosses_once() {
    let mut calls = 0;
    loop {
        let world = World::start().await;
        world.warm_up(world.client("Harbour Studio")).await;
        for _ in 0..IN_ONE_WORLD {
            if !killed_at_call(&world, calls + 1).await {
                assert!(calls > 20, "only {calls} calls were tried");
                return;
            }
            calls += 1;
        }
        world.check().await;
    }
}
