//! Tickets and states: each works once, for a quarter of an hour, in the browser that opened it.

use std::time::Duration;

use connections::{Answered, Error};

use crate::world::{World, again, end_of, id};

/// The sentence of every state that is not believed, whatever is wrong with it.
async fn assert_refused(world: &World, answered: Answered, what: &str) {
    let before = world.secret("freshbooks").await;
    let Err(Error::Invalid(sentence)) = world.desk().consented(answered).await else {
        panic!("{what} was taken");
    };
    assert!(
        sentence.starts_with("This consent was not begun in this browser"),
        "{sentence}"
    );
    assert_eq!(world.secret("freshbooks").await, before, "{what}");
}

async fn agreed(world: &World) -> Answered {
    let opened = world.open().await;
    world.decide(&opened, "decision=allow").await
}

#[tokio::test]
async fn a_state_works_once_and_only_in_the_browser_that_it_was_made_for() {
    let world = World::with_connection().await;
    world.consent().await;

    let mut answered = agreed(&world).await;
    answered.cookie = None;
    assert_refused(&world, answered, "a state without its cookie").await;

    let mut answered = agreed(&world).await;
    answered.cookie = Some(world.open().await.cookie);
    assert_refused(&world, answered, "a state of another browser").await;

    let answered = agreed(&world).await;
    let twice = again(&answered);
    world.desk().consented(answered).await.unwrap();
    assert_refused(&world, twice, "a state that was used").await;
}

#[tokio::test]
async fn a_state_that_is_old_or_altered_or_of_a_removed_connection_is_refused() {
    let world = World::with_connection().await;
    world.consent().await;

    let answered = agreed(&world).await;
    for at in 0..answered.state.len() {
        let mut letters = answered.state.clone().into_bytes();
        letters[at] = if letters[at] == b'a' { b'b' } else { b'a' };
        let altered = Answered {
            state: String::from_utf8(letters).unwrap(),
            ..again(&answered)
        };
        // The last letter of a digest in base64 has bits that say nothing.
        if at + 1 < answered.state.len() {
            assert_refused(&world, altered, "an altered state").await;
        }
    }
    assert_refused(&world, Answered::default(), "nothing at all").await;
    world.clock.advance(Duration::from_mins(16));
    assert_refused(&world, answered, "an old state").await;

    let answered = agreed(&world).await;
    world.desk().remove(&id()).await.unwrap();
    assert_refused(&world, answered, "a state of a removed connection").await;
    assert_eq!(world.secret("freshbooks").await, None);
}

#[tokio::test]
async fn a_ticket_works_once_and_for_a_quarter_of_an_hour() {
    let world = World::with_connection().await;
    let desk = world.desk();
    let ticket = desk.begin_consent(&id()).await.unwrap();
    assert!(
        ticket
            .url
            .starts_with("https://connector.test/consent/acme.")
    );
    let used = end_of(&ticket.url);
    desk.open_ticket(&used).await.unwrap();
    let old = end_of(&desk.begin_consent(&id()).await.unwrap().url);
    world.clock.advance(Duration::from_mins(16));
    for ticket in [used.as_str(), &old, "acme.nothing", "acme", ""] {
        let Err(Error::NotFound(sentence)) = desk.open_ticket(ticket).await else {
            panic!("{ticket} was opened");
        };
        assert!(sentence.contains("begin the consent again"), "{sentence}");
    }
}

#[tokio::test]
async fn a_person_who_denies_changes_nothing_and_may_begin_again() {
    let world = World::with_connection().await;
    world.consent().await;
    let before = world.secret("freshbooks").await;
    let opened = world.open().await;
    let denied = world.decide(&opened, "decision=deny").await;
    let Err(Error::Refused(sentence)) = world.desk().consented(denied).await else {
        panic!("a refusal was taken for a consent");
    };
    assert!(sentence.contains("access_denied"), "{sentence}");
    assert_eq!(world.secret("freshbooks").await, before);
    world.consent().await;
    assert_ne!(world.secret("freshbooks").await, before);
}

#[tokio::test]
async fn a_code_that_freshbooks_does_not_know_changes_nothing() {
    let world = World::with_connection().await;
    world.consent().await;
    let mut answered = agreed(&world).await;
    answered.code = Some("0".repeat(64).into());
    let before = world.secret("freshbooks").await;
    let Err(Error::Refused(sentence)) = world.desk().consented(answered).await else {
        panic!("a wrong code was taken");
    };
    assert!(sentence.contains("begin it again"), "{sentence}");
    assert_eq!(world.secret("freshbooks").await, before);
}
