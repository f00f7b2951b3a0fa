//! Confirming payments: with the list of sales alone where its sums agree.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::world::World;

impl World {
    /// One confirm pass; the paths of its calls.
    async fn confirm_calls(&self) -> Vec<String> {
        let before = self.cin7_count();
        self.confirm().await;
        let calls = self.cin7_calls(before).into_iter();
        calls.map(|call| call.path).collect()
    }
}

#[tokio::test]
async fn payments_are_confirmed_by_the_list_alone_however_many_they_are() {
    let world = World::start().await;
    let (first, second) = (world.crossed("200.00").await, world.crossed("50.00").await);
    let payments = [
        world.pay(first, "100.00"),
        world.pay(first, "20.00"),
        world.pay(second, "56.50"),
    ];
    world.tell_at_once().await;
    assert_eq!(world.confirm_calls().await, ["saleList"]);
    world.assert_paid(first, payments[0], "100.00").await;
    world.assert_paid(first, payments[1], "20.00").await;
    world.assert_paid(second, payments[2], "56.50").await;
    world.check().await;
}

#[tokio::test]
async fn where_the_sum_is_another_the_payment_itself_is_asked_for() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    world.pay_by_hand(&world.sale(id), "26.00").await;
    assert_eq!(world.confirm_calls().await, ["saleList", "sale/payment"]);
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_that_does_not_show_in_time_is_for_a_person_and_is_confirmed_when_it_shows() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let lag = Duration::from_hours(2);
    world.clock.advance(lag);
    let keys = world.acme().keys.clone();
    world
        .cin7
        .change_account(&keys, |account| account.lag = lag);
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    world.confirm().await;
    let state = world.record_of("payment", payment).await.state;
    assert_eq!(state, State::Posted, "not late yet");
    world.clock.advance(Duration::from_mins(61));
    world.confirm().await;
    let words = ["100.00 USD", "does not show it"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;

    world.clock.advance(Duration::from_hours(1));
    let key = world.record_of("payment", payment).await.key;
    world.ask_again(&key).await;
    world.settle().await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_deleted_in_cin7_before_it_is_confirmed_is_for_a_person() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    world.delete_payment_by_hand(&world.payment(payment)).await;
    world.settle().await;
    let words = ["100.00 USD", "somebody deleted it"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_on_a_sale_that_cin7_does_not_show_keeps_no_other_from_being_confirmed() {
    let world = World::start().await;
    let (first, second) = (world.crossed("200.00").await, world.crossed("50.00").await);
    let payments = [world.pay(first, "100.00"), world.pay(second, "20.00")];
    world.tell_at_once().await;
    // The sums are other ones, so that each payment is asked for; the first answer is a refusal.
    world.pay_by_hand(&world.sale(first), "26.00").await;
    world.pay_by_hand(&world.sale(second), "6.50").await;
    let asked = Matcher::new("GET", "sale/payment");
    world.cin7.fail(asked, Fault::Refused400);
    world.confirm().await;
    let mut confirmed = 0;
    for payment in payments {
        let state = world.record_of("payment", payment).await.state;
        confirmed += usize::from(state == State::Confirmed);
    }
    assert_eq!(confirmed, 1);
    world.settle().await;
    world.assert_paid(first, payments[0], "100.00").await;
    world.assert_paid(second, payments[1], "20.00").await;
    world.check().await;
}
