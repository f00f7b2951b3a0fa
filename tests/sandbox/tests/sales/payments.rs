//! Payments from FreshBooks to Cin7.

mod by_hand;
mod confirming;
mod held;
mod lost;
mod refused;
mod unreadable;
mod waiting;

use freshbooks_stand_in::NewPayment;
use jiff::civil::date;
use ledger::State;

use crate::world::{Setup, World, dec, plain};

#[tokio::test]
async fn a_payment_becomes_one_payment_of_its_sale_with_one_call() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    assert_eq!(world.writes(before), ["POST sale/payment"]);
    assert_eq!(world.cin7_count(), before + 1, "and no other call");
    let record = world.record_of("payment", payment).await;
    assert_eq!(record.state, State::Posted, "{}", record.sentence);

    world.settle().await;
    world.assert_paid(id, payment, "100.00").await;
    let made = world.payment(payment);
    assert_eq!(made.reference, World::payment_mark(world.acme(), payment));
    assert_eq!(made.date_paid, date(2026, 1, 5));
    assert_eq!(made.account, "090");
    assert_eq!(made.currency_rate, dec("1"));
    assert_eq!(made.task_id, world.sale(id).id);
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_goes_to_the_account_of_its_type_with_the_rate_of_its_currency() {
    let world = World::start().await;
    let mut form = plain(world.client("Harbour Studio"), "200.00");
    form.currency_code = Some("EUR".to_owned());
    let id = world.send(form).await;
    world.settle().await;
    world.assert_confirmed(id).await;
    let payment = world.pay_as(NewPayment {
        invoice_id: id,
        amount: dec("26.50"),
        date: Some(date(2026, 1, 4)),
        payment_type: "Bank Transfer".to_owned(),
        ..NewPayment::default()
    });
    world.tell().await;
    world.assert_paid(id, payment, "26.50").await;
    let made = world.payment(payment);
    assert_eq!(made.account, "091");
    assert_eq!(made.currency_rate, dec("1.08"));
    assert_eq!(made.date_paid, date(2026, 1, 4));
    world.check().await;
}

#[tokio::test]
async fn a_repeat_of_a_payment_that_did_not_change_costs_no_call() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let before = world.cin7_count();
    for _ in 0..3 {
        world.hint_at("payment", payment).await;
        world.settle().await;
    }
    assert_eq!(world.cin7_count(), before);
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_changed_payment_is_changed_where_it_stands() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let made = world.payment(payment);
    let before = world.cin7_count();
    world.change_payment(payment, |form| {
        form.amount = dec("120.50");
        form.date = Some(date(2026, 1, 3));
    });
    world.tell().await;
    assert_eq!(world.writes(before), ["PUT sale/payment"]);
    world.assert_paid(id, payment, "120.50").await;
    assert_eq!(world.payment(payment).id, made.id);
    assert_eq!(world.payment(payment).date_paid, date(2026, 1, 3));
    world.check().await;
}

#[tokio::test]
async fn a_change_that_is_taken_back_is_written_each_way_and_ends_where_it_began() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    for amount in ["90.00", "100.00", "226.00", "100.00"] {
        world.change_payment(payment, |form| form.amount = dec(amount));
        world.tell().await;
        world.assert_paid(id, payment, amount).await;
    }
    world.check().await;
}

#[tokio::test]
async fn a_deleted_payment_is_removed_and_an_undeleted_one_put_on_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let before = world.cin7_count();
    world.delete_payment(payment);
    world.tell().await;
    assert_eq!(world.writes(before), ["DELETE sale/payment"]);
    assert!(world.payments_of(world.acme(), payment).is_empty());
    let words = ["deleted", "taken back"];
    world
        .assert_payment_says(payment, State::Reversed, &words)
        .await;

    world.undelete_payment(payment);
    world.tell().await;
    world.assert_paid(id, payment, "100.00").await;
    let mark = World::payment_mark(world.acme(), payment);
    assert_eq!(world.payment(payment).reference, format!("{mark}:2"));
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_moved_to_another_invoice_moves_in_cin7() {
    let world = World::start().await;
    let (first, second) = (world.crossed("200.00").await, world.crossed("50.00").await);
    let payment = world.paid(first, "40.00").await;
    let before = world.cin7_count();
    world.change_payment(payment, |form| form.invoice_id = second);
    world.tell().await;
    let writes = ["DELETE sale/payment", "POST sale/payment"];
    assert_eq!(world.writes(before), writes);
    world.assert_paid(second, payment, "40.00").await;
    assert_eq!(world.paid_in_cin7(first), dec("0"));

    // Its first invoice does not keep it any more.
    world.reprice(first, "30.00");
    world.tell().await;
    world.assert_stands(first).await;
    world.assert_paid(second, payment, "40.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_for_all_of_it_leaves_the_invoice_paid() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "226.00").await;
    world.assert_paid(id, payment, "226.00").await;
    assert_eq!(world.paid_in_cin7(id), dec("226.00"));
    world.check().await;
}

#[tokio::test]
async fn a_payment_type_in_capitals_is_what_an_account_that_asks_for_it_gets() {
    let capitals = |account: &mut cin7_stand_in::AccountOptions| {
        account.quirks.payment_type_in_capitals_only = true;
    };
    let world = World::start_with(Setup::cin7(capitals)).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}
