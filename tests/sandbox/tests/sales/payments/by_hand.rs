//! A person was at work in Cin7: their payments are never overwritten and ours never doubled.

use ledger::State;

use crate::world::{World, dec};

/// An invoice over 226.00 and a payment of 100.00, both confirmed.
async fn paid(world: &World) -> (i64, i64) {
    let id = world.crossed("200.00").await;
    (id, world.paid(id, "100.00").await)
}

/// FreshBooks changes a payment to another amount, or deletes it; fails unless nothing is written and
/// the record says all of this.
async fn told(world: &World, id: i64, amount: Option<&str>, state: State, words: &[&str]) {
    let before = world.cin7_count();
    match amount {
        Some(amount) => world.change_payment(id, |form| form.amount = dec(amount)),
        None => world.delete_payment(id),
    }
    world.tell().await;
    world.assert_payment_says(id, state, words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

/// A person asks for another look, after which nothing was written and the record says all of this.
async fn believed(world: &World, id: i64, state: State, words: &[&str]) {
    let before = world.cin7_count();
    world.replay_payment(id).await;
    world.assert_payment_says(id, state, words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_payment_edited_in_cin7_and_changed_in_freshbooks_is_for_a_person_with_both_figures() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world
        .change_payment_by_hand(&world.payment(payment), "99.00")
        .await;
    let words = ["120.00 USD", "Cin7: 99", "Nothing was overwritten"];
    told(&world, payment, Some("120.00"), State::Attention, &words).await;
    assert_eq!(world.payment(payment).amount, dec("99.00"));

    // Made equal by hand, it is believed without a write.
    world
        .change_payment_by_hand(&world.payment(payment), "120.00")
        .await;
    believed(&world, payment, State::Confirmed, &[]).await;
}

#[tokio::test]
async fn a_payment_edited_in_cin7_and_deleted_in_freshbooks_stays_there_for_a_person() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world
        .change_payment_by_hand(&world.payment(payment), "99.00")
        .await;
    let words = ["deleted in FreshBooks", "99", "100.00 USD"];
    told(&world, payment, None, State::Attention, &words).await;
    assert_eq!(world.payment(payment).amount, dec("99.00"));

    // Deleted by hand as well, nothing is left to do.
    world.delete_payment_by_hand(&world.payment(payment)).await;
    believed(&world, payment, State::Reversed, &["deleted"]).await;
}

#[tokio::test]
async fn a_payment_deleted_in_cin7_and_changed_in_freshbooks_is_not_written_again() {
    let world = World::start().await;
    let (id, payment) = paid(&world).await;
    world.delete_payment_by_hand(&world.payment(payment)).await;
    let words = ["somebody deleted it in Cin7", "not written again"];
    told(&world, payment, Some("120.00"), State::Attention, &words).await;
    assert_eq!(world.paid_in_cin7(id), dec("0"));
}

#[tokio::test]
async fn a_payment_deleted_on_both_sides_is_done_with_and_nothing_is_written() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world.delete_payment_by_hand(&world.payment(payment)).await;
    told(&world, payment, None, State::Reversed, &["deleted"]).await;
}

#[tokio::test]
async fn a_payment_edited_before_it_is_confirmed_is_for_a_person_with_both_figures() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.pay(id, "100.00");
    world.tell_at_once().await;
    world
        .change_payment_by_hand(&world.payment(payment), "99.00")
        .await;
    world.settle().await;
    let words = ["FreshBooks says 100.00 USD", "Cin7 holds 99"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_of_their_own_stands_beside_ours_and_both_stay() {
    let world = World::start().await;
    let (id, payment) = paid(&world).await;
    world.pay_by_hand(&world.sale(id), "26.00").await;
    world.change_payment(payment, |form| form.amount = dec("150.00"));
    world.tell().await;
    world.assert_paid(id, payment, "150.00").await;
    assert_eq!(world.paid_in_cin7(id), dec("176.00"));
    world.check().await;
}
