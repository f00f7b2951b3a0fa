//! Cin7's keys: checked, swapped while messages flow, refused.

use std::time::Duration;

use cin7_stand_in::{Fault, Keys, Matcher};
use connections::Error;
use ledger::{State, Status};

use crate::world::{World, id};

#[tokio::test]
async fn keys_that_cin7_does_not_take_change_nothing() {
    let (world, client) = World::at_work().await;
    let before = world.secret("cin7").await;
    let wrong = Keys {
        application_key: "00000000-0000-4000-8000-000000000000".to_owned(),
        ..world.keys.clone()
    };
    let Err(Error::Refused(sentence)) = world.try_keys(&wrong).await else {
        panic!("wrong keys were stored");
    };
    assert!(sentence.contains("nothing was changed"), "{sentence}");
    world.cin7.fail(
        Matcher::new("GET", "me"),
        Fault::Status500 { applied: false },
    );
    let new = world.cin7.new_key(&world.keys).unwrap();
    let Err(Error::Unavailable(sentence)) = world.try_keys(&new).await else {
        panic!("keys were stored unchecked");
    };
    assert!(sentence.contains("nothing was changed"), "{sentence}");
    assert_eq!(world.secret("cin7").await, before);
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn new_keys_are_in_use_within_a_minute_while_messages_flow() {
    let (world, client) = World::at_work().await;
    let before = world.send(client, "20.00").await;
    let new = world.cin7.new_key(&world.keys).unwrap();
    let (_, ()) = tokio::join!(world.store_keys(&new), world.work());
    world.clock.advance(Duration::from_secs(61));
    world.cin7.reset_calls();
    let after = world.send(client, "30.00").await;
    world.settle().await;
    world.assert_confirmed(before).await;
    world.assert_confirmed(after).await;
    assert_eq!(world.cin7.calls(&world.keys), [], "calls with the old keys");
    assert_eq!(world.record(before).await.attempts, 0);
}

#[tokio::test]
async fn new_keys_are_in_use_at_once_where_the_old_ones_are_refused() {
    let (world, client) = World::at_work().await;
    let first = world.send(client, "20.00").await;
    let new = world.cin7.new_key(&world.keys).unwrap();
    world.store_keys(&new).await;
    world.cin7.revoke_key(&world.keys);
    let second = world.send(client, "30.00").await;
    world.work().await;
    for invoice in [first, second] {
        let record = world.record(invoice).await;
        assert_eq!(record.state, State::Posted, "{}", record.sentence);
        assert_eq!(record.attempts, 0);
    }
    assert_eq!(world.status().await, Status::Active);
}

#[tokio::test]
async fn refused_keys_stop_the_connection_until_there_are_new_ones() {
    let (world, client) = World::at_work().await;
    world.cin7.revoke_key(&world.keys);
    let first = world.send(client, "20.00").await;
    world.work().await;
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.status, Status::KeysRefused);
    assert_eq!(shown.next_step, "Store Cin7's keys.");
    assert!(
        shown.stopped.contains("refuses the API keys"),
        "{}",
        shown.stopped
    );
    world.assert_waits(first, "refuses the API keys").await;

    world.cin7.reset_calls();
    let second = world.send(client, "30.00").await;
    for _ in 0..3 {
        world.clock.advance(Duration::from_hours(12));
        world.settle().await;
    }
    world.assert_waits(second, "keys have to be replaced").await;
    assert_eq!(world.cin7.all_calls(), [], "calls with refused keys");
    // A consent mends no keys.
    world.consent().await;
    assert_eq!(world.status().await, Status::KeysRefused);
    assert!(
        world.desk().resume(&id()).await.is_err(),
        "it is not paused"
    );

    let new = world.cin7.new_key(&world.keys).unwrap();
    world.store_keys(&new).await;
    assert_eq!(world.status().await, Status::Active);
    world.settle().await;
    world.assert_confirmed(first).await;
    world.assert_confirmed(second).await;
}

#[tokio::test]
async fn keys_that_were_enabled_again_are_found_by_the_upkeep() {
    let (world, client) = World::at_work().await;
    world
        .cin7
        .fail(Matcher::any().every(), Fault::Unauthorized403);
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    world.keep().await;
    assert_eq!(world.status().await, Status::KeysRefused);
    world.cin7.clear_faults();
    world.settle().await;
    world.assert_waits(invoice, "refuses the API keys").await;
    assert_eq!(world.keep().await.failed, 0);
    assert_eq!(world.status().await, Status::Active);
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn one_call_that_is_refused_once_stops_nothing() {
    let (world, client) = World::at_work().await;
    let refused = Matcher::new("POST", "sale");
    world.cin7.fail(refused, Fault::Unauthorized403);
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    assert_eq!(world.status().await, Status::Active);
    world.settle().await;
    world.assert_confirmed(invoice).await;
    let calls = world.cin7.calls(&world.keys);
    let refused = calls.iter().filter(|call| call.status == Some(403));
    assert_eq!(refused.count(), 1, "the refusal struck");
}

#[tokio::test]
async fn keys_of_another_cin7_account_are_refused_once_something_has_crossed() {
    let (world, client) = World::at_work().await;
    let before = world.secret("cin7").await;
    let other = world
        .cin7
        .new_account(cin7_stand_in::AccountOptions::default());
    let Err(Error::Invalid(sentence)) = world.try_keys(&other).await else {
        panic!("the keys of another account were stored");
    };
    insta::assert_snapshot!(sentence, @"These keys are of another Cin7 account than that of connection acme, and what crossed so far stands in that one; nothing was changed. Make another connection for this account.");
    assert_eq!(world.secret("cin7").await, before);
    assert_eq!(world.cin7.calls(&other), [], "it was not even asked");
    // Another application of the same account is what rotation is about.
    world
        .store_keys(&world.cin7.new_key(&world.keys).unwrap())
        .await;
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn a_connection_that_was_given_the_wrong_account_takes_the_right_one_before_anything_crosses()
{
    let world = World::with_connection().await;
    world.consent().await;
    let wrong = world
        .cin7
        .new_account(cin7_stand_in::AccountOptions::default());
    world.store_keys(&wrong).await;
    world.store_keys(&world.keys).await;
    world.register().await;
    let invoice = world.send(world.client("Harbour Studio"), "20.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
    assert_eq!(world.cin7.sales(&wrong).len(), 0);
}
