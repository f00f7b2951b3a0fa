//! AWS answers badly: nothing is lost, and the invoice crosses once.

use std::time::Duration;

use ledger::State;
use local_aws::{Fault, Service};

use crate::world::{World, plain};

/// More often than the SDK tries.
const TOO_OFTEN: usize = 3;

async fn with_faults(service: Service, operation: &str, fault: Fault, times: usize) {
    let world = World::start().await;
    world.warm_up(world.client("Harbour Studio")).await;
    let client = world.client("Corner Bakery");
    // Secrets are opened anew, so that the key service is asked.
    world.clock.advance(Duration::from_hours(13));
    let id = world.send(plain(client, "250.00")).await;
    for _ in 0..times {
        world.plant.aws().fail_next(service, operation, fault);
    }
    world.work().await;
    world.settle().await;
    let record = world.record(id).await;
    assert_eq!(
        record.state,
        State::Confirmed,
        "{operation} {fault:?}: {}",
        record.sentence
    );
    world.assert_confirmed(id).await;
    assert_eq!(world.messages("connector.fifo").await, 0);
    world.check().await;
}

#[tokio::test]
async fn a_ledger_that_cannot_be_read_or_written_for_a_while_loses_nothing() {
    for operation in ["GetItem", "PutItem", "TransactWriteItems", "Query"] {
        for calls in [1, 2, 5] {
            with_faults(
                Service::DynamoDb,
                operation,
                Fault::ThrottledNotApplied,
                calls * TOO_OFTEN,
            )
            .await;
        }
    }
}

#[tokio::test]
async fn a_key_service_that_does_not_answer_for_a_while_loses_nothing() {
    for operation in ["Decrypt", "GenerateDataKey"] {
        with_faults(
            Service::Kms,
            operation,
            Fault::Error500NotApplied,
            2 * TOO_OFTEN,
        )
        .await;
    }
}

#[tokio::test]
async fn a_queue_that_does_not_answer_for_a_while_loses_nothing() {
    for operation in [
        "ReceiveMessage",
        "DeleteMessageBatch",
        "ChangeMessageVisibility",
    ] {
        with_faults(Service::Sqs, operation, Fault::CutBefore, TOO_OFTEN).await;
    }
}

#[tokio::test]
async fn a_delivery_that_the_queue_did_not_take_is_refused_and_comes_again() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let account = &world.acme().account;
    let id = world
        .freshbooks
        .create_invoice(account, plain(client, "10.00"));
    world.freshbooks.take_pending();
    world.freshbooks.send_invoice(account, id).unwrap();
    for _ in 0..TOO_OFTEN {
        world
            .plant
            .aws()
            .fail_next(Service::Sqs, "SendMessage", Fault::CutBefore);
    }
    let statuses = world.deliver().await;
    assert!(statuses.iter().all(|status| *status >= 500), "{statuses:?}");
    assert_eq!(world.messages("connector.fifo").await, 0);
    assert_eq!(world.deliver().await, [200]);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_sweep_that_the_queue_did_not_take_is_made_up_for() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let next = freshbooks_stand_in::Matcher::new("GET", "/accounting").times(2);
    world
        .freshbooks
        .fail(next, freshbooks_stand_in::Fault::Status500);
    let id = world.send(plain(client, "10.00")).await;
    world.work().await;
    for _ in 0..TOO_OFTEN {
        world
            .plant
            .aws()
            .fail_next(Service::Sqs, "SendMessage", Fault::CutBefore);
    }
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

/// Invoices one new client after another, with a fault at the first, second, third … call of AWS that
/// the processor makes. Returns how many calls there were.
async fn with_a_fault_at_any_call(fault: Fault) -> usize {
    let world = World::start().await;
    world.warm_up(world.client("Harbour Studio")).await;
    for nth in 0.. {
        let client = world.client(&format!("Client {nth}"));
        let id = world.send(plain(client, "250.00")).await;
        world.plant.aws().reset_calls();
        world.plant.aws().fail_call(nth, fault);
        world.work().await;
        let reached = world.plant.aws().calls().len() > nth;
        world.settle().await;
        let record = world.record(id).await;
        let what = format!("{fault:?} at call {nth}: {}", record.sentence);
        assert_eq!(record.state, State::Confirmed, "{what}");
        world.assert_confirmed(id).await;
        let customers = world.cin7.customers(&world.acme().keys);
        assert_eq!(customers.len(), nth + 2, "{what}");
        if !reached {
            world.check().await;
            return nth;
        }
    }
    unreachable!("a look makes no end of calls")
}

#[tokio::test]
async fn an_answer_of_aws_that_is_lost_at_any_call_loses_nothing_and_doubles_nothing() {
    let calls = with_a_fault_at_any_call(Fault::CutAfter).await;
    assert!(calls > 15, "only {calls} calls were tried");
}

#[tokio::test]
async fn a_conflict_at_any_call_loses_nothing_and_doubles_nothing() {
    let calls = with_a_fault_at_any_call(Fault::ConflictNotApplied).await;
    assert!(calls > 15, "only {calls} calls were tried");
}
