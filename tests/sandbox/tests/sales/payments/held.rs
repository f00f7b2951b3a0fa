//! Payments that do not cross: each ends in a state with a sentence, and nothing is written.

use std::time::Duration;

use freshbooks_stand_in::NewPayment;
use jiff::civil::date;
use ledger::State;

use crate::world::{Setup, World, dec, plain};

/// Pays an invoice that crossed as the form says; fails unless that leads to no write.
async fn held(world: &World, form: NewPayment) -> i64 {
    let before = world.cin7_count();
    let payment = world.pay_as(form);
    world.tell().await;
    assert!(
        world.writes(before).is_empty(),
        "{:?}",
        world.writes(before)
    );
    assert!(world.payments_of(world.acme(), payment).is_empty());
    world.check().await;
    payment
}

fn of(invoice_id: i64, amount: &str) -> NewPayment {
    NewPayment {
        invoice_id,
        amount: dec(amount),
        payment_type: "Check".to_owned(),
        ..NewPayment::default()
    }
}

#[tokio::test]
async fn a_credit_applied_is_skipped_as_no_new_money_and_costs_no_call() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    let credit = NewPayment {
        credit_id: Some(77),
        ..of(id, "20.00")
    };
    let payment = held(&world, credit).await;
    let words = ["credit applied", "not new money"];
    world
        .assert_payment_says(payment, State::Skipped, &words)
        .await;
    assert_eq!(world.cin7_count(), before);
}

#[tokio::test]
async fn a_payment_that_becomes_a_credit_applied_is_removed() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    world.change_payment(payment, |form| form.credit_id = Some(77));
    world.tell().await;
    assert!(world.payments_of(world.acme(), payment).is_empty());
    world
        .assert_payment_says(payment, State::Reversed, &["credit applied"])
        .await;
    world.check().await;
}

#[tokio::test]
async fn an_overpayment_is_for_a_person_with_both_figures() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = held(&world, of(id, "226.01")).await;
    let words = ["226.01 USD", "226.00 USD", "open", "Nothing is posted"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;

    // Corrected in FreshBooks, it crosses.
    world.change_payment(payment, |form| form.amount = dec("226.00"));
    world.tell().await;
    world.assert_paid(id, payment, "226.00").await;
    world.check().await;
}

#[tokio::test]
async fn what_other_payments_leave_open_is_the_limit_and_what_they_give_up_is_used() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let first = world.paid(id, "200.00").await;
    let second = held(&world, of(id, "50.00")).await;
    let words = ["50.00 USD", "26.00 USD"];
    world
        .assert_payment_says(second, State::Attention, &words)
        .await;

    world.change_payment(first, |form| form.amount = dec("176.00"));
    world.tell().await;
    world.assert_paid(id, first, "176.00").await;
    world.assert_paid(id, second, "50.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_from_before_the_start_date_is_skipped() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let early = NewPayment {
        date: Some(date(2025, 12, 31)),
        ..of(id, "20.00")
    };
    let payment = held(&world, early).await;
    let words = ["2025-12-31", "start date 2026-01-01"];
    world
        .assert_payment_says(payment, State::Skipped, &words)
        .await;
}

#[tokio::test]
async fn a_payment_of_an_invoice_from_before_the_start_date_is_skipped_with_it() {
    let world = World::start().await;
    let mut form = plain(world.client("Harbour Studio"), "200.00");
    form.date = Some(date(2025, 12, 30));
    let id = world.send(form).await;
    world.settle().await;
    let payment = held(&world, of(id, "20.00")).await;
    let words = ["its invoice does not", "2025-12-30", "start date"];
    world
        .assert_payment_says(payment, State::Skipped, &words)
        .await;

    // Dated later after all, the invoice brings its payment.
    world.edit(id, |form| form.date = Some(date(2026, 1, 2)));
    world.tell_at_once().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_refund_is_for_a_person() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = held(&world, of(id, "-20.00")).await;
    let words = ["-20.00 USD", "refund"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
}

#[tokio::test]
async fn a_payment_without_an_invoice_is_for_a_person() {
    let world = World::start().await;
    let payment = held(&world, of(0, "20.00")).await;
    let words = ["tied to no invoice", "20.00"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
}

#[tokio::test]
async fn a_payment_of_an_invoice_that_is_not_there_is_not_lost() {
    let world = World::start().await;
    let payment = held(&world, of(4_040_404, "20.00")).await;
    let words = ["waits for its invoice", "4040404"];
    world
        .assert_payment_says(payment, State::Waiting, &words)
        .await;
    world
        .assert_says(4_040_404, State::Attention, &["does not exist"])
        .await;
}

#[tokio::test]
async fn a_payment_into_a_locked_period_is_for_a_person_with_a_day_that_is_open() {
    let locked = |account: &mut cin7_stand_in::AccountOptions| {
        account.lock_date = Some(date(2026, 1, 3));
    };
    let world = World::start_with(Setup::cin7(locked)).await;
    let id = world.crossed("200.00").await;
    let form = NewPayment {
        date: Some(date(2026, 1, 3)),
        ..of(id, "20.00")
    };
    let payment = held(&world, form).await;
    let words = ["2026-01-03", "locked", "2026-01-04"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;

    world.change_payment(payment, |form| form.date = Some(date(2026, 1, 4)));
    world.tell().await;
    world.assert_paid(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_that_cin7_refuses_is_for_a_person_with_its_words_and_is_not_tried_on_and_on() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let keys = world.acme().keys.clone();
    world.cin7.change_account(&keys, |account| {
        account.lock_date = Some(date(2026, 1, 5));
    });
    let before = world.cin7_count();
    let payment = world.pay(id, "20.00");
    world.tell().await;
    world.clock.advance(Duration::from_hours(3));
    world.settle().await;
    assert_eq!(world.writes(before), ["POST sale/payment"]);
    let words = ["DatePaid 2026-01-05 is within the locked period"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    world.assert_confirmed(id).await;
    world.check().await;
}
