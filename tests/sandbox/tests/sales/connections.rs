//! Two connections side by side.

use std::time::Duration;

use cin7_stand_in as cin7;
use freshbooks_stand_in as freshbooks;
use ledger::{State, Status};

use crate::world::{Party, SETTINGS, Setup, World, plain};

/// Two connections, each with an invoice that was heard of and is not worked on yet. Both have the same
/// number, because the stand-in counts from the same one in each account.
async fn side_by_side() -> (World, Party, i64) {
    let mut world = World::start().await;
    let other = world.join("bravo", Setup::default()).await;
    let ours = world.client("Harbour Studio");
    let theirs = world.client_of(&other, "Corner Bakery");
    let id = world.send(plain(ours, "10.00")).await;
    let same = world.send_of(&other, plain(theirs, "77.00")).await;
    assert_eq!(id, same);
    (world, other, id)
}

#[tokio::test]
async fn refused_cin7_keys_of_one_connection_do_not_touch_the_other() {
    let mut world = World::start().await;
    let other = world.join("bravo", Setup::default()).await;
    let ours = world.client("Harbour Studio");
    let theirs = world.client_of(&other, "Harbour Studio");
    world.warm_up(ours).await;
    world.cin7.revoke_key(&other.keys);

    let lost = world.send_of(&other, plain(theirs, "10.00")).await;
    let id = world.send(plain(ours, "20.00")).await;
    world.work().await;
    world.confirm().await;
    world.assert_confirmed(id).await;
    let record = world.record_in(&other, "invoice", lost).await;
    assert_eq!(record.state, State::Waiting, "{}", record.sentence);
    assert!(record.sentence.contains("API keys"), "{}", record.sentence);
    assert_eq!(record.attempts, 0);
    assert!(world.sales_of(&other, lost).is_empty());
    world.check().await;

    // Three days later it waits as it did, and has called nobody.
    let before = world.cin7_count();
    world.settle().await;
    let record = world.record_in(&other, "invoice", lost).await;
    assert_eq!(record.state, State::Waiting, "{}", record.sentence);
    assert_eq!(world.cin7_count(), before);
    world.check().await;

    let mut renewed = other.clone();
    renewed.keys = world.cin7.new_key(&other.keys).unwrap();
    world.connect(&renewed, SETTINGS).await;
    assert_eq!(world.sweep().await, 1, "what waited for them is released");
    world.settle().await;
    world.assert_confirmed_of(&renewed, lost).await;
    world.check().await;
}

#[tokio::test]
async fn records_of_two_connections_with_the_same_number_are_two_records() {
    let (world, other, id) = side_by_side().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_confirmed_of(&other, id).await;
    assert_eq!(world.parties().len(), 2);
    world.check().await;
}

#[tokio::test]
async fn a_sweep_queues_the_same_number_of_two_connections_for_both() {
    let (world, other, id) = side_by_side().await;
    let every = freshbooks::Matcher::new("GET", "/accounting").times(2);
    world.freshbooks.fail(every, freshbooks::Fault::Status500);
    world.work().await;
    world.clock.advance(Duration::from_mins(2));
    assert_eq!(world.sweep().await, 2);
    assert_eq!(world.record(id).await.state, State::Posted);
    assert_eq!(
        world.record_in(&other, "invoice", id).await.state,
        State::Posted
    );
    world.settle().await;
    world.check().await;
}

#[tokio::test]
async fn a_confirm_pass_that_fails_for_one_connection_confirms_the_others() {
    let (world, other, id) = side_by_side().await;
    world.settle_all_but_confirm().await;
    let fault = cin7::Fault::Status500 { applied: false };
    world
        .cin7
        .fail(cin7::Matcher::new("GET", "saleList"), fault);
    world.confirm().await;
    world.assert_confirmed_of(&other, id).await;
    assert_eq!(world.record(id).await.state, State::Posted);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_paused_connection_waits_without_a_call_and_goes_on_when_it_is_resumed() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let acme = "acme".parse().unwrap();
    let ledger = world.plant.ledger();
    ledger
        .set_status(&acme, Status::Paused, "A person paused it.")
        .await
        .unwrap();
    let (cin7, freshbooks) = (world.cin7_count(), world.freshbooks.calls().len());
    let id = world.send(plain(client, "10.00")).await;
    world.settle().await;
    world
        .assert_says(id, State::Waiting, &["paused", "acme"])
        .await;
    assert_eq!(world.cin7_count(), cin7);
    assert_eq!(world.freshbooks.calls().len(), freshbooks);

    ledger.set_status(&acme, Status::Active, "").await.unwrap();
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

/// The look itself does not try again: the keys were asked about and are good, so that the refusal was of
/// this one call, and the next look comes by the schedule, or with the next delivery of the same invoice.
#[tokio::test]
async fn one_refused_write_is_tried_again_by_the_schedule_or_by_the_next_delivery() {
    for heard_again in [false, true] {
        let world = World::start().await;
        let client = world.client("Harbour Studio");
        world.warm_up(client).await;
        let before = world.cin7_count();
        let refused = cin7::Matcher::new("POST", "sale");
        world.cin7.fail(refused, cin7::Fault::Unauthorized403);
        let id = world.send(plain(client, "20.00")).await;
        if heard_again {
            world.hint(id).await;
        }
        world.work().await;
        let calls = world.cin7_calls(before);
        let asked = calls.iter().map(|call| (call.path.as_str(), call.status));
        let asked: Vec<_> = asked.take(2).collect();
        assert_eq!(asked, [("sale", Some(403)), ("me", Some(200))]);
        let record = world.record(id).await;
        let told = world.told(id).await;
        assert!(told.iter().any(|what| what == "retry"), "{told:?}");
        let state = if heard_again {
            State::Posted
        } else {
            State::Retrying
        };
        assert_eq!(record.state, state, "{}", record.sentence);
        let acme = "acme".parse().unwrap();
        let acme = world.plant.ledger().connection(&acme).await.unwrap();
        assert_eq!(acme.unwrap().status, Status::Active);
        world.settle().await;
        world.assert_confirmed(id).await;
        world.check().await;
    }
}
