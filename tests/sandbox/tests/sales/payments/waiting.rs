//! Payments that wait, and what releases them.

use freshbooks_stand_in::NewPayment;
use ledger::State;

use crate::world::{SETTINGS, Setup, World, dec, invoice, plain, taxed};

#[tokio::test]
async fn a_payment_of_a_draft_waits_for_it_and_crosses_in_the_pass_in_which_it_is_sent() {
    let world = World::start().await;
    world.warm_up(world.client("Corner Bakery")).await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.paid_drafts_stay_drafts = true;
    });
    let form = plain(world.client("Harbour Studio"), "200.00");
    let id = world.freshbooks.create_invoice(account, form);
    let payment = world.pay(id, "100.00");
    let before = world.cin7_count();
    world.tell_at_once().await;
    world.assert_says(id, State::Waiting, &["draft"]).await;
    let words = ["waits for its invoice", "draft"];
    world
        .assert_payment_says(payment, State::Waiting, &words)
        .await;
    assert_eq!(world.record_of("payment", payment).await.due_at, None);
    assert_eq!(world.cin7_count(), before);

    world.freshbooks.send_invoice(account, id).unwrap();
    world.tell_at_once().await;
    assert_eq!(world.record(id).await.state, State::Posted);
    let record = world.record_of("payment", payment).await;
    assert_eq!(record.state, State::Posted, "{}", record.sentence);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_draft_that_freshbooks_shows_as_issued_once_it_is_paid_crosses_with_its_payment() {
    let world = World::start().await;
    let account = &world.acme().account;
    let form = plain(world.client("Harbour Studio"), "200.00");
    let id = world.freshbooks.create_invoice(account, form);
    world.tell().await;
    world.assert_says(id, State::Waiting, &["draft"]).await;
    let payment = world.pay(id, "100.00");
    world.tell().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_of_an_invoice_that_waits_for_a_setting_is_released_by_the_setting() {
    let world = World::start_with(Setup::settings("\"HST 13\" = \"HST 13\"", "")).await;
    let client = world.client("Harbour Studio");
    let lines = vec![taxed("Consulting", "1", "200.00")];
    let id = world.send(invoice(client, lines)).await;
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    world.assert_says(id, State::Waiting, &["HST 13"]).await;
    let words = ["waits for its invoice", "HST 13"];
    world
        .assert_payment_says(payment, State::Waiting, &words)
        .await;

    let now = world.plant.clock().now();
    world.connect(world.acme(), SETTINGS).await;
    world.sweep().await;
    assert_eq!(world.plant.clock().now(), now);
    assert_eq!(world.record(id).await.state, State::Posted);
    let record = world.record_of("payment", payment).await;
    assert_eq!(record.state, State::Posted, "{}", record.sentence);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

/// A payment, and the invoice that crossed before it, where the settings name this account instead of
/// the usual one; fails unless the payment waits with these words and nothing is written.
async fn waits_where_paid_into(account: &str, words: &[&str]) -> (World, i64, i64) {
    let setup = Setup::settings("default = \"090\"", account);
    let world = World::start_with(setup).await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    let payment = world.pay(id, "100.00");
    world.tell().await;
    world
        .assert_payment_says(payment, State::Waiting, words)
        .await;
    assert!(world.writes(before).is_empty());
    world.assert_confirmed(id).await;
    world.check().await;
    (world, id, payment)
}

#[tokio::test]
async fn a_payment_type_without_an_account_waits_with_the_line_to_add() {
    let words = ["\"Check\"", "`Check = \"090\"`", "`[settings.payments]`"];
    let (world, id, payment) = waits_where_paid_into("Cash = \"090\"", &words).await;

    let added = SETTINGS.replace("default = \"090\"", "Check = \"090\"");
    world.connect(world.acme(), &added).await;
    world.sweep().await;
    world.settle().await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_account_that_takes_no_payments_is_waited_for_and_named() {
    let words = ["`200` is not enabled for payments", "default = \"090\""];
    waits_where_paid_into("default = \"200\"", &words).await;
}

#[tokio::test]
async fn a_change_of_a_payment_that_waits_for_a_setting_leaves_the_payment_as_it_was() {
    let accounts = "Check = \"090\"";
    let world = World::start_with(Setup::settings("default = \"090\"", accounts)).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let before = world.cin7_count();
    world.change_payment(payment, |form: &mut NewPayment| {
        form.payment_type = "Bank Transfer".to_owned();
        form.amount = dec("90.00");
    });
    world.tell().await;
    world
        .assert_payment_says(payment, State::Waiting, &["Bank Transfer"])
        .await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.payment(payment).amount, dec("100.00"));
    world.check().await;
}

#[tokio::test]
async fn a_payment_of_a_paused_connection_waits_and_crosses_when_it_is_resumed() {
    use ledger::Status;
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let ledger = world.plant.ledger();
    let connection = world.key(id).connection;
    let mut paused = ledger.connection(&connection).await.unwrap().unwrap();
    paused.status = Status::Paused;
    ledger.put_connection(&mut paused).await.unwrap();
    let payment = world.pay(id, "100.00");
    world.tell().await;
    world
        .assert_payment_says(payment, State::Waiting, &["paused"])
        .await;

    paused.status = Status::Active;
    ledger.put_connection(&mut paused).await.unwrap();
    world.connect(world.acme(), SETTINGS).await;
    world.sweep().await;
    world.settle().await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}
