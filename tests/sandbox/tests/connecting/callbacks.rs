//! Callbacks that were registered, and what the upkeep does for them.

use std::time::Duration;

use freshbooks_stand_in::{Callback, Resend};
use ledger::HookState;
use reqwest::Method;
use serde_json::json;

use crate::world::{SETTINGS, World, address, id};

/// A world with a connection that the upkeep has looked after just now.
async fn kept() -> (World, i64) {
    let (world, client) = World::at_work().await;
    assert_eq!(world.keep().await.failed, 0);
    (world, client)
}

/// Fails unless the upkeep leaves `broken` for a day and then makes deliveries come again.
async fn assert_repaired_a_day_later(world: &World, client: i64) {
    let before = world.callback_changes();
    world.clock.advance(Duration::from_hours(23));
    assert_eq!(world.keep().await.failed, 0);
    assert_eq!(world.callback_changes(), before, "nothing is due");
    world.clock.advance(Duration::from_hours(2));
    assert_eq!(world.keep().await.failed, 0);
    assert_ne!(world.callback_changes(), before, "it was repaired");
    let asked = world.callback_changes();
    world.deliver().await;
    assert_eq!(world.keep().await.failed, 0);
    assert_eq!(world.callback_changes(), asked + 1, "only confirmed");

    let callback = world.callback("invoice");
    assert!(callback.verified);
    assert_eq!(callback.uri, address("invoice"));
    let hook = world.hook("invoice").await.unwrap();
    assert_eq!(hook.state, HookState::Verified);
    assert_eq!(hook.callback_id, Some(callback.id.to_string()));
    assert_eq!(hook.sentence, "");
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

/// What somebody does to a callback at FreshBooks, with the connection's own rights.
async fn ask_freshbooks(world: &World, method: Method, callback: &Callback, body: Option<&str>) {
    let token = access_token(world).await;
    let path = format!(
        "{}/events/account/{}/events/callbacks/{}",
        world.freshbooks.url(),
        world.account.account_id,
        callback.id
    );
    let mut request = world.http.request(method, path).bearer_auth(token);
    if let Some(uri) = body {
        request = request.json(&json!({"callback": {"event": callback.event, "uri": uri}}));
    }
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}

/// A token of another app of the same owner: the connector's own stays as it is.
async fn access_token(world: &World) -> String {
    let app = world.freshbooks.new_app();
    let refresh_token = world.freshbooks.consent(&app, &world.account);
    let body = json!({
        "grant_type": "refresh_token", "client_id": app.client_id, "client_secret": app.client_secret,
        "refresh_token": refresh_token, "redirect_uri": "https://connector.test/oauth/callback",
    });
    let path = format!("{}/auth/oauth/token", world.freshbooks.url());
    let answer = world.http.post(path).json(&body).send().await.unwrap();
    let pair: serde_json::Value = answer.json().await.unwrap();
    pair["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn registering_a_second_time_changes_nothing_at_freshbooks() {
    let (world, _) = World::at_work().await;
    let (callbacks, changes) = (
        world.freshbooks.callbacks(&world.account),
        world.callback_changes(),
    );
    let again = world.register().await;
    assert!(again.iter().all(|callback| callback.delivers), "{again:?}");
    assert_eq!(world.freshbooks.callbacks(&world.account), callbacks);
    assert_eq!(world.callback_changes(), changes);
}

#[tokio::test]
async fn a_callback_that_was_removed_is_registered_again_a_day_later() {
    let (world, client) = kept().await;
    let callback = world.callback("invoice");
    ask_freshbooks(&world, Method::DELETE, &callback, None).await;
    assert_repaired_a_day_later(&world, client).await;
}

#[tokio::test]
async fn a_callback_that_was_disabled_is_verified_again_a_day_later() {
    let (world, client) = kept().await;
    let callback = world.callback("invoice");
    world
        .freshbooks
        .disable_callback(&world.account, callback.id);
    assert_repaired_a_day_later(&world, client).await;
}

#[tokio::test]
async fn a_callback_that_was_moved_points_here_again_a_day_later() {
    let (world, client) = kept().await;
    let callback = world.callback("invoice");
    let elsewhere = "https://elsewhere.test/hook";
    ask_freshbooks(&world, Method::PUT, &callback, Some(elsewhere)).await;
    world.freshbooks.take_pending();
    assert_repaired_a_day_later(&world, client).await;
}

#[tokio::test]
async fn the_upkeep_that_runs_before_the_handshake_does_not_ask_for_another() {
    let (world, _) = kept().await;
    world
        .freshbooks
        .set_quirks(&world.account, |quirks| quirks.resend = Resend::NewVerifier);
    let callback = world.callback("invoice");
    world
        .freshbooks
        .disable_callback(&world.account, callback.id);
    world.a_day_passes();
    world.keep().await;
    // The handshake arrives with the first upkeep over, and the next one runs before anything else.
    world.deliver().await;
    world.keep().await;
    assert!(world.callback("invoice").verified);
    assert_eq!(
        world.hook("invoice").await.unwrap().state,
        HookState::Verified
    );
}

#[tokio::test]
async fn the_verifier_before_the_newest_counts_until_the_newest_has_signed() {
    let (world, client) = kept().await;
    let callback = world.callback("invoice");
    // One webhook that was signed before, and is still on its way.
    world.send_unheard(client, "20.00");
    let late = world.freshbooks.take_pending();
    world
        .freshbooks
        .disable_callback(&world.account, callback.id);
    world.a_day_passes();
    world.keep().await;
    world.deliver().await;
    world.keep().await;
    assert_ne!(world.callback("invoice").verifier, callback.verifier);
    world.clock.advance(Duration::from_mins(2));

    let send = async || {
        let late = late.first().unwrap();
        world.receive(&late.uri, &late.signature, &late.body).await
    };
    assert_eq!(send().await, 200, "signed with the one before");
    assert_eq!(send().await, 200, "and again");
    world.send(client, "30.00").await;
    assert_eq!(send().await, 401, "the newest has signed");
    assert_eq!(world.hook("invoice").await.unwrap().previous, None);
}

#[tokio::test]
async fn callbacks_whose_verifiers_a_person_gave_are_left_alone() {
    let (world, _) = World::at_work().await;
    for noun in ["invoice", "payment"] {
        let mut hook = world.hook(noun).await.unwrap();
        hook.state = HookState::Given;
        let ledger = world.plant.ledger();
        ledger.put_hook(&id(), noun, &mut hook).await.unwrap();
    }
    let callback = world.callback("invoice");
    world
        .freshbooks
        .disable_callback(&world.account, callback.id);
    let before = (world.hook("invoice").await, world.callback_changes());
    for _ in 0..3 {
        world.a_day_passes();
        assert_eq!(world.keep().await.failed, 0);
    }
    assert_eq!(
        (world.hook("invoice").await, world.callback_changes()),
        before
    );
}

fn nouns(world: &World) -> Vec<String> {
    let callbacks = world.freshbooks.callbacks(&world.account);
    let mut nouns: Vec<String> = callbacks.into_iter().map(|one| one.event).collect();
    nouns.sort();
    nouns
}

#[tokio::test]
async fn callbacks_follow_the_kinds_that_cross() {
    let (world, _) = kept().await;
    let all = ["bill", "credit_note", "expense", "invoice", "payment"];
    assert_eq!(nouns(&world), all);
    let off = format!("{SETTINGS}[settings.documents]\nbills = false\nexpenses = false\n");
    let desk = world.desk();
    desk.replace_settings(&id(), &off).await.unwrap();
    assert_eq!(world.keep().await.failed, 0);
    assert_eq!(nouns(&world), ["credit_note", "invoice", "payment"]);
    assert_eq!(world.hook("bill").await, None);

    desk.replace_settings(&id(), SETTINGS).await.unwrap();
    let shown = desk.show(&id()).await.unwrap();
    assert_eq!(shown.next_step, "Register the callbacks.");
    assert_eq!(world.keep().await.failed, 0);
    world.deliver().await;
    assert_eq!(world.keep().await.failed, 0);
    assert_eq!(nouns(&world), all);
    let shown = desk.callbacks(&id()).await.unwrap();
    assert!(shown.iter().all(|callback| callback.delivers), "{shown:?}");
}
