//! From nothing to the first invoice, and which business a connection is.

use connections::Error;
use freshbooks_stand_in::AccountOptions;
use ledger::{HookState, Status};

use crate::world::{World, id};

#[tokio::test]
async fn a_connection_is_set_up_from_nothing_to_its_first_invoice() {
    let world = World::start().await;
    let added = world.add().await;
    assert_eq!(added.status, Status::NeedsConsent);
    assert_eq!(added.next_step, "Connect FreshBooks.");

    let consented = world.consent().await;
    let picked = consented.picked.unwrap();
    assert_eq!(picked.account_id, world.account.account_id);
    assert_eq!(consented.missing_scopes, Vec::<String>::new());
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.business_uuid, world.account.business_uuid);
    assert_eq!(shown.status, Status::KeysRefused);
    assert_eq!(shown.next_step, "Store Cin7's keys.");

    let cin7 = world.store_keys(&world.keys).await;
    assert_eq!(cin7.base_currency, "USD");
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.status, Status::Active);
    assert_eq!(shown.next_step, "Register the callbacks.");

    for callback in world.register().await {
        assert!(callback.delivers, "{callback:?}");
        assert_eq!(callback.state, Some(HookState::Verified));
    }
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!((shown.next_step.as_str(), shown.stopped.as_str()), ("", ""));

    let client = world.client("Harbour Studio");
    let invoice = world.send(client, "100.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn of_several_businesses_none_is_taken_until_a_person_picks_one() {
    let world = World::with_connection().await;
    let second = world.freshbooks.new_account(AccountOptions {
        owner: Some(world.account.identity_id),
        ..AccountOptions::default()
    });
    let consented = world.consent().await;
    assert_eq!(consented.picked, None);
    assert_eq!(consented.choices.len(), 2);
    world.store_keys(&world.keys).await;
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.account_id, "");
    assert_eq!(shown.status, Status::NeedsConsent);
    assert_eq!(shown.next_step, "Choose the business.");
    let Err(Error::Invalid(sentence)) = world.desk().register_callbacks(&id()).await else {
        panic!("callbacks of no business");
    };
    assert!(sentence.contains("choose one"), "{sentence}");

    let (desk, ours) = (world.desk(), world.account.account_id.as_str());
    let otherwise: String = ours.chars().map(other_case).collect();
    for wrong in ["nobodys", &otherwise] {
        let Err(Error::Invalid(sentence)) = desk.pick(&id(), wrong).await else {
            panic!("{wrong} was taken");
        };
        assert!(sentence.contains("upper and lower"), "{sentence}");
    }
    assert_eq!(desk.show(&id()).await.unwrap().account_id, "");

    let picked = desk.pick(&id(), ours).await.unwrap();
    assert_eq!(
        (picked.account_id.as_str(), picked.status),
        (ours, Status::Active)
    );
    assert_eq!(
        desk.pick(&id(), ours).await.unwrap(),
        picked,
        "a second time"
    );
    let Err(Error::Invalid(sentence)) = desk.pick(&id(), &second.account_id).await else {
        panic!("another business was taken");
    };
    assert!(sentence.contains("make another connection"), "{sentence}");
    assert_eq!(desk.show(&id()).await.unwrap(), picked);
}

#[tokio::test]
async fn a_consent_of_somebody_who_is_not_of_the_business_leaves_the_tokens_as_they_are() {
    let (world, client) = World::at_work().await;
    let stranger = world.freshbooks.new_account(AccountOptions::default());
    let before = world.secret("freshbooks").await;
    let opened = world.open().await;
    let form = format!("decision=allow&identity_id={}", stranger.identity_id);
    let answered = world.decide(&opened, &form).await;
    let Err(Error::Refused(sentence)) = world.desk().consented(answered).await else {
        panic!("a stranger was taken");
    };
    assert!(sentence.contains("nothing was changed"), "{sentence}");
    assert_eq!(world.secret("freshbooks").await, before);
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

fn other_case(letter: char) -> char {
    match letter.is_uppercase() {
        true => letter.to_ascii_lowercase(),
        false => letter.to_ascii_uppercase(),
    }
}
