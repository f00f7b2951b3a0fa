//! FreshBooks answers badly, or not at all.

use std::time::Duration;

use freshbooks_stand_in::{ALL_SCOPES, DeletedById, ErrorShape, Fault, Matcher};
use ledger::State;
use sync::Options;

use crate::world::{SETTINGS, Setup, World, plain};

const INVOICES: &str = "/accounting";
const TOKEN: &str = "/auth/oauth/token";

const SHAPES: [ErrorShape; 3] = [
    ErrorShape::Old,
    ErrorShape::OldWithStatus200,
    ErrorShape::New,
];

#[tokio::test]
async fn a_refused_token_is_refreshed_once_and_the_invoice_crosses_in_the_same_look() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let tokens = world.freshbooks_count(TOKEN);
    world
        .freshbooks
        .fail(Matcher::new("GET", INVOICES), Fault::Unauthorized401);
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    assert_eq!(world.record(id).await.state, State::Posted);
    assert_eq!(world.freshbooks_count(TOKEN), tokens + 1);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_token_refused_on_and_on_is_tried_again_later_and_crosses() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let refused = Matcher::new("GET", INVOICES).times(2);
    world.freshbooks.fail(refused, Fault::Unauthorized401);
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_access_token_past_its_twelve_hours_is_renewed_before_it_is_used() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let tokens = world.freshbooks_count(TOKEN);
    world.clock.advance(Duration::from_hours(13));
    let id = world.send(plain(client, "250.00")).await;
    world.settle().await;
    world.assert_confirmed(id).await;
    assert_eq!(world.freshbooks_count(TOKEN), tokens + 1);
    let refused = |call: &freshbooks_stand_in::Call| call.status == Some(401);
    assert!(!world.freshbooks.calls().iter().any(refused));
    world.check().await;
}

#[tokio::test]
async fn what_passes_is_tried_again_and_then_crosses() {
    let faults = [
        Fault::LostBefore,
        Fault::LostAfter,
        Fault::Status500,
        Fault::Status503,
        Fault::TruncatedJson,
        Fault::Html200,
        Fault::Throttled429(Duration::from_secs(30)),
    ];
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    for fault in faults {
        world.freshbooks.fail(Matcher::new("GET", INVOICES), fault);
        let id = world.send(plain(client, "250.00")).await;
        world.work().await;
        let record = world.record(id).await;
        assert_eq!(
            record.state,
            State::Retrying,
            "{fault:?}: {}",
            record.sentence
        );
        assert!(!record.sentence.is_empty() && record.due_at.is_some());
        world.settle().await;
        world.assert_confirmed(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn a_client_that_cannot_be_fetched_is_tried_again_and_the_invoice_crosses() {
    let world = World::start().await;
    world.warm_up(world.client("Harbour Studio")).await;
    let client = world.client("Corner Bakery");
    let path = format!(
        "/accounting/account/{}/users/clients",
        world.acme().account.account_id
    );
    for fault in [Fault::Status500, Fault::Unauthorized401, Fault::Html200] {
        world
            .freshbooks
            .fail(Matcher::new("GET", path.as_str()), fault);
    }
    let id = world.send(plain(client, "250.00")).await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_missing_scope_is_for_a_person_in_every_error_shape() {
    let without: &'static [&'static str] = &["user:profile:read", "user:clients:read"];
    for shape in SHAPES {
        let setup = Setup {
            scopes: without,
            ..Setup::default()
        };
        let world = World::start_with(setup).await;
        let account = &world.acme().account;
        world
            .freshbooks
            .set_quirks(account, |quirks| quirks.error_shape = shape);
        let id = world
            .send(plain(world.client("Harbour Studio"), "10.00"))
            .await;
        world.settle().await;
        let words = ["user:invoices:read"];
        world.assert_says(id, State::Attention, &words).await;
        assert!(ALL_SCOPES.contains(&words[0]));
        assert_eq!(world.cin7_count(), 0);
        world.check().await;
    }
}

#[tokio::test]
async fn an_announced_invoice_that_never_shows_is_for_a_person_in_every_error_shape() {
    for shape in SHAPES {
        let world = World::start().await;
        let account = &world.acme().account;
        world
            .freshbooks
            .set_quirks(account, |quirks| quirks.error_shape = shape);
        world.hint(4_040_404).await;
        world.settle().await;
        let words = ["4040404", "does not exist", account.account_id.as_str()];
        world.assert_says(4_040_404, State::Attention, &words).await;
        assert_eq!(world.cin7_count(), 0);
        world.check().await;
    }
}

#[tokio::test]
async fn an_invoice_deleted_before_anybody_looked_is_skipped_in_every_error_shape() {
    for shape in SHAPES {
        let world = World::start().await;
        let account = &world.acme().account;
        world.freshbooks.set_quirks(account, |quirks| {
            quirks.error_shape = shape;
            quirks.deleted_by_id = DeletedById::Errno1011;
        });
        let form = plain(world.client("Harbour Studio"), "10.00");
        let id = world.freshbooks.create_invoice(account, form);
        world.freshbooks.take_pending();
        world.freshbooks.delete_invoice(account, id).unwrap();
        world.deliver().await;
        world.settle().await;
        world
            .assert_says(id, State::Skipped, &["no longer exists"])
            .await;
        assert_eq!(world.cin7_count(), 0);
        world.check().await;
    }
}

#[tokio::test]
async fn an_invoice_that_shows_a_moment_after_it_was_announced_crosses() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let account = &world.acme().account;
    world.hint(client + 1).await;
    world.work().await;
    assert_eq!(world.record(client + 1).await.state, State::Retrying);
    let id = world
        .freshbooks
        .create_invoice(account, plain(client, "10.00"));
    assert_eq!(id, client + 1, "ids are counted out");
    world.freshbooks.send_invoice(account, id).unwrap();
    world.freshbooks.take_pending();
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_schedule_that_is_used_up_is_for_a_person_and_names_the_tries() {
    let setup = Setup {
        engine: Options {
            retry: "10s,1m,5m".parse().unwrap(),
            ..Setup::default().engine
        },
        ..Setup::default()
    };
    let world = World::start_with(setup).await;
    let client = world.client("Harbour Studio");
    let account = &world.acme().account;
    let id = world
        .freshbooks
        .create_invoice(account, plain(client, "10.00"));
    world.freshbooks.send_invoice(account, id).unwrap();
    world.freshbooks.take_pending();
    world
        .freshbooks
        .fail(Matcher::new("GET", INVOICES).times(100), Fault::Status500);
    world.hint(id).await;
    world.settle().await;
    let words = [id.to_string(), "4 times".to_owned(), "HTTP 500".to_owned()];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    world.assert_says(id, State::Attention, &words).await;
    assert_eq!(world.record(id).await.due_at, None);
    world.check().await;

    world.freshbooks.clear_faults();
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_token_lost_on_its_way_is_told_and_a_new_consent_goes_on() {
    let world = World::start().await;
    let lost = Matcher::new("POST", TOKEN);
    world.freshbooks.fail(lost, Fault::LostAfter);
    let client = world.client("Harbour Studio");
    let id = world.send(plain(client, "10.00")).await;
    world.settle().await;
    let words = ["Connect the account again"];
    world.assert_says(id, State::Waiting, &words).await;
    assert!(world.sales(id).is_empty());
    world.check().await;

    let party = world.consent_again(world.acme());
    world.connect(&party, SETTINGS).await;
    assert_eq!(world.sweep().await, 1, "what waited for it is released");
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}
