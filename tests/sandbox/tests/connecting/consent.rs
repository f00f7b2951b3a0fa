//! Consenting again, while work goes on and after the refresh token died.

use connections::Error;
use freshbooks_stand_in::{Fault, Matcher};
use ledger::Status;

use crate::world::{World, id};

#[tokio::test]
async fn a_second_consent_while_work_goes_on_replaces_the_tokens_and_loses_nothing() {
    let (world, client) = World::at_work().await;
    let live = || {
        world
            .freshbooks
            .live_refresh_token(&world.app, &world.account)
    };
    let old = live();
    let before = world.send(client, "20.00").await;
    let opened = world.open().await;
    let answered = world.decide(&opened, "decision=allow").await;
    let desk = world.desk();
    let (consented, ()) = tokio::join!(desk.consented(answered), world.work());
    let consented = consented.unwrap();
    assert_eq!(
        consented.picked.unwrap().account_id,
        world.account.account_id
    );
    assert_ne!(live(), old, "FreshBooks ended the old one");

    let after = world.send(client, "30.00").await;
    // Past the life of an access token: the new refresh token is what it goes on with.
    world.a_day_passes();
    world.settle().await;
    world.assert_confirmed(before).await;
    world.assert_confirmed(after).await;
    assert_eq!(world.status().await, Status::Active);
    assert_ne!(live(), None);
}

#[tokio::test]
async fn after_a_dead_refresh_token_everything_waits_until_a_consent_and_then_goes_on_by_itself() {
    let (world, client) = World::at_work().await;
    world.freshbooks.disconnect(&world.app, &world.account);
    world.a_day_passes();
    let first = world.send(client, "20.00").await;
    world.sweep().await;
    assert_eq!(world.status().await, Status::NeedsConsent);
    world.assert_waits(first, "FreshBooks").await;

    world.freshbooks.reset_calls();
    let second = world.send(client, "30.00").await;
    world.sweep().await;
    world
        .assert_waits(second, "FreshBooks has to be connected again")
        .await;
    // New keys mend no consent, and nothing is paused.
    world.store_keys(&world.keys).await;
    world
        .store_keys(&world.cin7.new_key(&world.keys).unwrap())
        .await;
    assert_eq!(world.status().await, Status::NeedsConsent);
    let Err(Error::Invalid(sentence)) = world.desk().resume(&id()).await else {
        panic!("a connection without consent was resumed");
    };
    assert!(sentence.contains("Connect FreshBooks."), "{sentence}");
    for _ in 0..3 {
        world.a_day_passes();
        world.keep().await;
        world.settle().await;
    }
    assert_eq!(world.freshbooks.calls(), [], "calls without a consent");
    world.assert_waits(first, "FreshBooks").await;

    world.consent().await;
    assert_eq!(world.status().await, Status::Active);
    world.settle().await;
    world.assert_confirmed(first).await;
    world.assert_confirmed(second).await;
}

#[tokio::test]
async fn a_request_of_the_console_keeps_off_the_token_while_another_renews_it() {
    let world = World::with_connection().await;
    world.consent().await;
    world.a_day_passes();
    let renewal = Matcher::new("POST", "/auth/oauth/token");
    world.freshbooks.fail(renewal, Fault::HangBefore);
    world.freshbooks.reset_calls();
    let first = world.desk();
    let first = tokio::spawn(async move { first.businesses(&id()).await });
    while world.freshbooks.calls().is_empty() {
        tokio::task::yield_now().await;
    }

    // Another function, with nothing in common but the table.
    world.plant.restart();
    let refused = world.desk().businesses(&id()).await.unwrap_err();
    assert!(matches!(&refused, Error::Unavailable(_)), "{refused}");
    assert!(refused.to_string().contains("another worker"), "{refused}");
    assert_eq!(world.freshbooks.calls().len(), 1, "the token is used once");
    first.abort();
}
