//! What FreshBooks grants, and what is missing.

use freshbooks_stand_in::ALL_SCOPES;
use ledger::{State, Status};

use crate::world::{SETTINGS, World, id};

/// A world whose app may not read these.
async fn without(scopes: &[&str]) -> World {
    let world = World::with_connection().await;
    let enabled: Vec<&str> = ALL_SCOPES
        .iter()
        .copied()
        .filter(|scope| !scopes.contains(scope))
        .collect();
    world.freshbooks.enable_scopes(&world.app, &enabled);
    world
}

#[tokio::test]
async fn a_scope_that_is_not_enabled_for_the_app_is_named_and_a_second_consent_with_it_works() {
    let world = without(&["user:payments:read"]).await;
    let consented = world.consent().await;
    assert_eq!(consented.missing_scopes, ["user:payments:read"]);
    world.store_keys(&world.keys).await;
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.status, Status::NeedsConsent);
    assert_eq!(shown.missing_scopes, ["user:payments:read"]);
    assert!(
        shown.next_step.contains("developer portal"),
        "{}",
        shown.next_step
    );

    world.freshbooks.enable_scopes(&world.app, ALL_SCOPES);
    assert_eq!(world.consent().await.missing_scopes, Vec::<String>::new());
    assert_eq!(world.status().await, Status::Active);
    world.register().await;
    let client = world.client("Harbour Studio");
    let invoice = world.send(client, "10.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn a_connection_without_the_scopes_of_a_kind_goes_on_and_says_what_that_kind_needs() {
    let world = without(&["user:bill_payments:read", "user:journal_entries:read"]).await;
    let consented = world.consent().await;
    assert_eq!(consented.missing_scopes, Vec::<String>::new());
    let held: Vec<_> = consented.held_back.iter().map(|one| &one.kind).collect();
    assert_eq!(held, ["bill_payment", "journal_entry"]);
    world.store_keys(&world.keys).await;
    world.register().await;
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!(shown.status, Status::Active);
    assert_eq!(shown.held_back, consented.held_back);
    insta::assert_snapshot!(shown.next_step, @"FreshBooks was not asked about bill payment, journal entry: enable their scopes for the app in its developer portal, then connect again with `connectorctl connection connect acme`, or switch them off under [settings.documents].");
    let client = world.client("Harbour Studio");
    let invoice = world.send(client, "10.00").await;
    world.settle().await;
    world.assert_confirmed(invoice).await;

    let off =
        format!("{SETTINGS}[settings.documents]\nbill_payments = false\njournal_entries = false\n");
    world.desk().replace_settings(&id(), &off).await.unwrap();
    let shown = world.desk().show(&id()).await.unwrap();
    assert_eq!((shown.held_back, shown.next_step.as_str()), (vec![], ""));
}

#[tokio::test]
async fn a_consent_asks_for_what_the_settings_move_and_for_nothing_else() {
    let world = World::with_connection().await;
    let asked = world.open().await.authorize.to_string();
    assert!(asked.contains("user%3Abills%3Aread"), "{asked}");
    let off = format!("{SETTINGS}[settings.documents]\nbills = false\nbill_payments = false\n");
    world.desk().replace_settings(&id(), &off).await.unwrap();
    let asked = world.open().await.authorize.to_string();
    assert!(!asked.contains("user%3Abill"), "{asked}");
    assert!(asked.contains("user%3Acredit_notes%3Aread"), "{asked}");
}

#[tokio::test]
async fn a_kind_that_is_switched_off_is_skipped_and_what_crossed_before_is_kept_up_with() {
    let (world, client) = World::at_work().await;
    let before = world.send(client, "20.00").await;
    world.settle().await;
    let off = format!("{SETTINGS}[settings.documents]\ninvoices = false\n");
    let desk = world.desk();
    desk.replace_settings(&id(), &off).await.unwrap();
    let after = world.send(client, "30.00").await;
    world.settle().await;
    let record = world.record(after).await;
    assert_eq!(record.state, State::Skipped, "{}", record.sentence);
    assert!(
        record
            .sentence
            .contains("`invoices = true` under `[settings.documents]`"),
        "{}",
        record.sentence
    );
    assert_eq!(world.sales(after), 0);

    world
        .freshbooks
        .delete_invoice(&world.account, before)
        .unwrap();
    world.deliver().await;
    world.settle().await;
    assert_eq!(world.record(before).await.state, State::Reversed);
    assert_eq!(world.sales(before), 0);
}
