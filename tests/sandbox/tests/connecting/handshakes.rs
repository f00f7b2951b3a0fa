//! Handshakes: anybody can send one.

use std::time::Duration;

use freshbooks_stand_in::sign;
use ledger::HookState;
use local_aws::Service;

use crate::world::{World, address, id};

const STRANGER: &str = "a-stranger-made-this-up-himself-1";

/// A handshake as a stranger would send it, signed with the verifier that stands in it.
async fn shake(world: &World, uri: &str, callback_id: &str) -> u16 {
    let fields = [
        ("name", "callback.verify"),
        ("object_id", callback_id),
        ("account_id", world.account.account_id.as_str()),
        ("verifier", STRANGER),
    ];
    let (body, signature) = sign(STRANGER, &fields);
    world.receive(uri, &signature, &body).await
}

/// Whether a stranger's verifier signs deliveries that are taken.
async fn lets_in(world: &World) -> bool {
    let fields = [("name", "invoice.update"), ("object_id", "1")];
    let (body, signature) = sign(STRANGER, &fields);
    world.receive(&address("invoice"), &signature, &body).await == 200
}

#[tokio::test]
async fn handshakes_that_nobody_waits_for_change_nothing() {
    let (world, client) = World::at_work().await;
    // The verifiers are at hand, as they are where deliveries come.
    world.send(client, "20.00").await;
    let before = (world.hook("invoice").await, world.hook("payment").await);
    let own = world.callback("invoice").id.to_string();
    world.plant.aws().reset_calls();
    for uri in [address("invoice"), address("client")] {
        for callback_id in [own.as_str(), "1", "987654321"] {
            assert_eq!(
                shake(&world, &uri, callback_id).await,
                401,
                "{uri} {callback_id}"
            );
        }
    }
    for nowhere in ["nobody/invoice", "acme/nothing", "%20/invoice"] {
        let uri = format!("https://connector.test/freshbooks/{nowhere}");
        assert_eq!(shake(&world, &uri, &own).await, 401, "{nowhere}");
    }
    for call in world.plant.aws().calls() {
        let reads = call.service == Service::DynamoDb && call.operation == "GetItem";
        assert!(reads, "{call:?}");
    }
    assert_eq!(
        (world.hook("invoice").await, world.hook("payment").await),
        before
    );
    assert!(!lets_in(&world).await);
}

#[tokio::test]
async fn a_wrong_handshake_during_registration_does_not_get_in_and_the_genuine_one_still_does() {
    let world = World::with_connection().await;
    world.consent().await;
    world.store_keys(&world.keys).await;
    // No handshake arrives: the callbacks are there and wait for theirs.
    for callback in world.desk().register_callbacks(&id()).await.unwrap() {
        assert!(!callback.delivers);
        assert_eq!(callback.state, Some(HookState::Registered));
    }
    let own = world.callback("invoice").id.to_string();
    assert_eq!(
        shake(&world, &address("invoice"), "987654321").await,
        401,
        "another id"
    );
    assert_eq!(
        shake(&world, &address("invoice"), &own).await,
        200,
        "kept, for now"
    );
    assert!(!lets_in(&world).await);
    world.keep().await;
    assert!(!world.callback("invoice").verified);
    assert!(!lets_in(&world).await);

    // FreshBooks was asked for another handshake, and that one is taken.
    world.deliver().await;
    for callback in world.register().await {
        assert!(callback.delivers, "{callback:?}");
    }
    // The webhook asks a minute later again for verifiers that it did not find.
    world.clock.advance(Duration::from_secs(61));
    let client = world.client("Harbour Studio");
    let invoice = world.send(client, "10.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
    assert!(!lets_in(&world).await);
}

#[tokio::test]
async fn one_callback_whose_handshake_is_late_does_not_end_the_wait_for_it() {
    let world = World::with_connection().await;
    world.consent().await;
    world.store_keys(&world.keys).await;
    let desk = world.desk();
    desk.register_callbacks(&id()).await.unwrap();
    // Only the payment's handshake has arrived.
    for pending in world.freshbooks.pending() {
        if pending.uri == address("payment") {
            world
                .receive(&pending.uri, &pending.signature, &pending.body)
                .await;
            world.freshbooks.carried(&pending, true);
        }
    }
    let registered = world.register().await;
    assert!(
        registered.iter().all(|callback| callback.delivers),
        "{registered:?}"
    );
}
