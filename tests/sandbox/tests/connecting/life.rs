//! Pausing, resuming, removing, and a name that is used again.

use std::time::Duration;

use connections::Error;
use ledger::{RecordKey, Status};
use local_aws::{Fault, Service};

use crate::world::{World, address, id};

#[tokio::test]
async fn what_comes_during_a_pause_waits_and_crosses_after_it() {
    let (world, client) = World::at_work().await;
    let heard = world.send(client, "20.00").await;
    let paused = world.desk().pause(&id()).await.unwrap();
    assert_eq!(
        (paused.status, paused.next_step.as_str()),
        (Status::Paused, "Resume it.")
    );
    let (cin7, freshbooks) = (world.cin7.all_calls(), world.freshbooks.calls());
    let during = world.send(client, "30.00").await;
    world.a_day_passes();
    world.settle().await;
    world.keep().await;
    for invoice in [heard, during] {
        world.assert_waits(invoice, "is paused").await;
    }
    assert_eq!(world.cin7.all_calls(), cin7, "calls of a paused connection");
    assert_eq!(
        world.freshbooks.calls(),
        freshbooks,
        "calls of a paused connection"
    );
    // What a person stopped, keys and consent do not start.
    world.store_keys(&world.keys).await;
    world.consent().await;
    assert_eq!(world.status().await, Status::Paused);

    assert_eq!(
        world.desk().resume(&id()).await.unwrap().status,
        Status::Active
    );
    world.settle().await;
    world.assert_confirmed(heard).await;
    world.assert_confirmed(during).await;
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(
        world.desk().resume(&id()).await.unwrap(),
        shown,
        "it works already"
    );
}

#[tokio::test]
async fn a_record_looked_at_while_the_status_changes_is_not_stuck() {
    for _ in 0..5 {
        let (world, client) = World::at_work().await;
        let invoice = world.send(client, "20.00").await;
        let desk = world.desk();
        let id = id();
        let turning = async {
            for _ in 0..4 {
                desk.pause(&id).await.unwrap();
                desk.resume(&id).await.unwrap();
            }
        };
        tokio::join!(turning, world.work());
        world.settle().await;
        world.assert_confirmed(invoice).await;
    }
}

#[tokio::test]
async fn the_upkeep_finds_what_waits_although_the_connection_works() {
    let (world, client) = World::at_work().await;
    let desk = world.desk();
    desk.pause(&id()).await.unwrap();
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    // Whoever resumed it died before the records were told.
    let ledger = world.plant.ledger();
    assert!(ledger.resume(&id(), Status::Paused).await.unwrap());
    world.settle().await;
    world.assert_waits(invoice, "is paused").await;
    world.keep().await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn a_removed_connection_leaves_its_trail_and_nothing_else() {
    let (world, client) = World::at_work().await;
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.send_unheard(client, "30.00");
    let late = world.freshbooks.pending();
    world.desk().remove(&id()).await.unwrap();

    assert_eq!(world.freshbooks.callbacks(&world.account), []);
    for name in ["freshbooks", "cin7", "app"] {
        assert_eq!(world.secret(name).await, None, "{name}");
    }
    assert_eq!(world.hook("invoice").await, None);
    assert_eq!(world.desk().list().await.unwrap(), []);
    let Err(Error::NotFound(_)) = world.desk().show(&id()).await else {
        panic!("a removed connection is shown");
    };
    let Err(Error::NotFound(_)) = world.desk().remove(&id()).await else {
        panic!("a removed connection is removed again");
    };
    world.clock.advance(Duration::from_mins(2));
    assert!(!late.is_empty());
    for delivery in &late {
        let status = world
            .receive(&delivery.uri, &delivery.signature, &delivery.body)
            .await;
        assert_eq!(status, 401, "{}", delivery.uri);
    }
    assert_eq!(world.keep().await.failed, 0);
    // Its story stays, and verifies.
    world.assert_confirmed(invoice).await;
    let key = RecordKey::parse("acme", "invoice", &invoice.to_string()).unwrap();
    assert!(!world.plant.ledger().trail(&key).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_connection_added_again_under_its_name_goes_on_without_a_double() {
    let (world, client) = World::at_work().await;
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    let customers = world.cin7.customers(&world.keys).len();
    world.desk().remove(&id()).await.unwrap();
    world.freshbooks.take_pending();

    let added = world.add().await;
    assert_eq!(added.status, Status::NeedsConsent);
    assert_eq!(added.settings_version, 2);
    let Err(Error::Invalid(sentence)) = world.desk().add(world.new_connection()).await else {
        panic!("two connections of one name");
    };
    assert!(sentence.contains("acme already"), "{sentence}");
    world.consent().await;
    world.store_keys(&world.keys).await;
    world.register().await;
    assert_eq!(world.callback("invoice").uri, address("invoice"));
    // The webhook believes the verifiers that it has for five seconds.
    world.clock.advance(Duration::from_secs(5));
    let freshbooks = &world.freshbooks;
    freshbooks.send_invoice(&world.account, invoice).unwrap();
    world.deliver().await;
    let next = world.send(client, "30.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
    world.assert_confirmed(next).await;
    assert_eq!(world.cin7.customers(&world.keys).len(), customers);
}

/// More calls than a dying function makes.
const ALL: usize = 100;

#[tokio::test]
async fn a_connection_is_made_whole_or_not_at_all() {
    let mut made = Vec::new();
    for (call, last) in (0..5).flat_map(|call| [(call, Fault::CutBefore), (call, Fault::CutAfter)])
    {
        let world = World::start().await;
        let aws = world.plant.aws();
        aws.reset_calls();
        aws.fail_call(call, last);
        for later in call + 1..call + ALL {
            aws.fail_call(later, Fault::CutBefore);
        }
        let died = world.desk().add(world.new_connection()).await;
        assert!(died.is_err(), "call {call} {last:?}");
        aws.reset_calls();
        let listed = world.desk().list().await.unwrap();
        made.push(listed.len());
        if listed.is_empty() {
            world.add().await;
        }
        // It has its app, and its settings.
        world.consent().await;
        world.store_keys(&world.keys).await;
        assert_eq!(world.status().await, Status::Active);
        let settings = world.desk().settings(&id(), None).await.unwrap();
        assert_eq!(settings.document, crate::world::SETTINGS);
    }
    assert!(made.contains(&0) && made.contains(&1), "{made:?}");
}

#[tokio::test]
async fn two_who_make_a_connection_of_one_name_make_one() {
    let world = World::start().await;
    let desk = world.desk();
    let (one, other) = tokio::join!(
        desk.add(world.new_connection()),
        desk.add(world.new_connection())
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    world.consent().await;
}

/// Dies after the connection was marked as removed, before its secrets are gone.
async fn half_removed(world: &World) {
    for _ in 0..3 {
        let aws = world.plant.aws();
        aws.fail_next(Service::DynamoDb, "BatchWriteItem", Fault::CutBefore);
    }
    assert!(world.desk().remove(&id()).await.is_err());
    assert_ne!(world.secret("cin7").await, None);
}

#[tokio::test]
async fn a_connection_removed_half_way_is_listed_as_such_until_it_is_removed_whole() {
    let (world, _) = World::at_work().await;
    half_removed(&world).await;
    let listed = world.desk().list().await.unwrap();
    let [left] = listed.as_slice() else {
        panic!("{listed:?}");
    };
    assert_eq!(left.status, Status::Removed);
    insta::assert_snapshot!(left.next_step, @"Remove it again: its removal did not come to its end.");
    world.desk().remove(&id()).await.unwrap();
    assert_eq!(world.desk().list().await.unwrap(), []);
    assert_eq!(world.secret("cin7").await, None);
    let Err(Error::NotFound(_)) = world.desk().remove(&id()).await else {
        panic!("a removed connection is removed again");
    };
}

#[tokio::test]
async fn a_connection_made_under_the_name_of_one_removed_half_way_finds_no_secret_of_it() {
    let (world, _) = World::at_work().await;
    half_removed(&world).await;
    world.add().await;
    for name in ["freshbooks", "cin7"] {
        assert_eq!(world.secret(name).await, None, "{name}");
    }
    assert_eq!(world.hook("invoice").await, None);
    assert_eq!(world.status().await, Status::NeedsConsent);
}
