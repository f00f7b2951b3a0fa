//! What FreshBooks grants, and what is missing.

use freshbooks_stand_in::ALL_SCOPES;
use ledger::Status;

use crate::world::{World, id};

#[tokio::test]
async fn a_scope_that_is_not_enabled_for_the_app_is_named_and_a_second_consent_with_it_works() {
    let world = World::with_connection().await;
    let without: Vec<&str> = ALL_SCOPES
        .iter()
        .copied()
        .filter(|scope| *scope != "user:payments:read")
        .collect();
    world.freshbooks.enable_scopes(&world.app, &without);
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
