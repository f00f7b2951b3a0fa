//! A month at every moment: on its way, waiting, confirmed, and after people had their hands in it.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use reqwest::Method;
use serde_json::json;

use super::JANUARY;
use crate::world::{Setup, World, plain};

const LATER: Duration = Duration::from_mins(5);

#[tokio::test]
async fn a_month_that_crossed_has_no_difference() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.pay(id, "100.00");
    world.tell().await;
    world.assert_paid(id, payment, "100.00").await;
    assert_eq!(
        world.told_of_month(JANUARY, "invoice").await,
        ["226.00 226.00"]
    );
    assert_eq!(
        world.told_of_month(JANUARY, "payment").await,
        ["100.00 100.00"]
    );
    assert!(world.tied_out("2026-02").await.kinds.is_empty());
}

#[tokio::test]
async fn what_is_under_way_is_named_at_every_step() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let id = world
        .freshbooks
        .create_invoice(&world.acme().account, plain(client, "200.00"));
    // FreshBooks does not account for a draft.
    assert!(world.tied_out(JANUARY).await.kinds.is_empty());
    world
        .freshbooks
        .send_invoice(&world.acme().account, id)
        .unwrap();
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told, ["226.00 0.00", "not_heard_of 226.00 1"]);
    world.cin7.fail(
        Matcher::new("POST", "sale/invoice"),
        Fault::Status500 { applied: false },
    );
    world.deliver().await;
    world.work().await;
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told[0], "226.00 0.00");
    assert!(told[1].starts_with("on_its_way 226.00") || told[1].starts_with("uncertain 226.00"));
    world.settle().await;
    assert_eq!(
        world.told_of_month(JANUARY, "invoice").await,
        ["226.00 226.00"]
    );
}

#[tokio::test]
async fn what_waits_is_named_by_what_it_waits_for() {
    let world = World::start_with(Setup::settings("default = \"090\"", "")).await;
    let id = world.crossed("200.00").await;
    let _payment = world.pay(id, "100.00");
    world.tell().await;
    let told = world.told_of_month(JANUARY, "payment").await;
    assert_eq!(told[0], "100.00 0.00");
    assert!(told[1].starts_with("waiting:settings.payments"), "{told:?}");
}

#[tokio::test]
async fn what_the_settings_keep_out_is_named_by_the_rule() {
    let setup = Setup::settings("2026-01-01\"\nlocation", "2026-02-01\"\nlocation");
    let world = World::start_with(setup).await;
    let client = world.client("Harbour Studio");
    world.send(plain(client, "200.00")).await;
    world.settle().await;
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told, ["226.00 0.00", "before_start_date 226.00 1"]);
}

#[tokio::test]
async fn what_a_person_does_in_cin7_is_named_and_cancels_nothing_out() {
    let world = World::start().await;
    let (first, second) = (world.crossed("200.00").await, world.crossed("100.00").await);
    world.clock.advance(LATER);
    world.reprice_by_hand(&world.sale(first), "199.00").await;
    let void = format!("sale?ID={}&Void=true", world.sale(second).id);
    world.in_cin7(Method::DELETE, &void, None).await;
    let told = world.told_of_month(JANUARY, "invoice").await;
    let expected = [
        "339.00 224.87",
        "changed_in_cin7 1.13 1",
        "voided_in_cin7 113.00 1",
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn payments_by_hand_and_those_taken_off_by_hand_are_named() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.pay(id, "100.00");
    world.tell().await;
    world.assert_paid(id, payment, "100.00").await;
    world.clock.advance(LATER);
    let by_hand = json!({
        "TaskID": world.sale(id).id, "Type": "Payment", "Amount": 26.0, "Account": "090",
        "DatePaid": "2026-01-05T00:00:00", "CurrencyRate": 1, "Reference": "cash in hand",
    });
    world
        .in_cin7(Method::POST, "sale/payment", Some(by_hand))
        .await;
    let told = world.told_of_month(JANUARY, "payment").await;
    assert_eq!(told, ["100.00 126.00", "entered_in_cin7 -26.00 1"]);
    let made = world.payment(payment).id;
    world
        .in_cin7(Method::DELETE, &format!("sale/payment?ID={made}"), None)
        .await;
    let told = world.told_of_month(JANUARY, "payment").await;
    let expected = [
        "100.00 26.00",
        "missing_in_cin7 100.00 1",
        "entered_in_cin7 -26.00 1",
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn what_freshbooks_did_and_nobody_told_is_named() {
    let world = World::start().await;
    let (first, second) = (world.crossed("200.00").await, world.crossed("100.00").await);
    world.clock.advance(LATER);
    world.reprice(first, "210.00");
    world
        .freshbooks
        .delete_invoice(&world.acme().account, second)
        .unwrap();
    world.freshbooks.take_pending();
    let told = world.told_of_month(JANUARY, "invoice").await;
    let changed = "changed_in_freshbooks 11.30 1";
    assert_eq!(
        told,
        ["237.30 339.00", changed, "deleted_in_freshbooks -113.00 1"]
    );
}

#[tokio::test]
async fn a_document_that_moved_to_another_month_shows_in_both() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.clock.advance(LATER);
    let account = &world.acme().account;
    let february = jiff::civil::date(2026, 2, 3);
    world
        .freshbooks
        .update_invoice(account, id, |form| form.date = Some(february))
        .unwrap();
    world.freshbooks.take_pending();
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told, ["0.00 226.00", "changed_in_freshbooks -226.00 1"]);
    let told = world.told_of_month("2026-02", "invoice").await;
    assert_eq!(told, ["226.00 0.00", "changed_in_freshbooks 226.00 1"]);
}
