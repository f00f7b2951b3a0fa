//! A person was at work in Cin7: their payments are never overwritten and ours never doubled.

use ledger::State;

use crate::world::{World, dec};

/// An invoice over 226.00 and a payment of 100.00, both confirmed.
async fn paid(world: &World) -> (i64, i64) {
    let id = world.crossed("200.00").await;
    (id, world.paid(id, "100.00").await)
}

#[tokio::test]
async fn a_payment_edited_in_cin7_and_changed_in_freshbooks_is_for_a_person_with_both_figures() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world
        .change_payment_by_hand(&world.payment(payment), "99.00")
        .await;
    let before = world.cin7_count();
    world.change_payment(payment, |form| form.amount = dec("120.00"));
    world.tell().await;
    let words = ["120.00 USD", "Cin7: 99", "Nothing was overwritten"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.payment(payment).amount, dec("99.00"));
    world.check().await;

    // Made equal by hand, it is believed without a write.
    world
        .change_payment_by_hand(&world.payment(payment), "120.00")
        .await;
    let key = world.record_of("payment", payment).await.key;
    world.ask_again(&key).await;
    world.settle().await;
    assert!(world.writes(before).is_empty());
    let record = world.record_of("payment", payment).await;
    assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
    world.check().await;
}

#[tokio::test]
async fn a_payment_edited_in_cin7_and_deleted_in_freshbooks_stays_there_for_a_person() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world
        .change_payment_by_hand(&world.payment(payment), "99.00")
        .await;
    let before = world.cin7_count();
    world.delete_payment(payment);
    world.tell().await;
    let words = ["deleted in FreshBooks", "99", "100.00 USD"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.payment(payment).amount, dec("99.00"));
    world.check().await;

    // Deleted by hand as well, nothing is left to do.
    world.delete_payment_by_hand(&world.payment(payment)).await;
    let key = world.record_of("payment", payment).await.key;
    world.ask_again(&key).await;
    world.settle().await;
    assert!(world.writes(before).is_empty());
    world
        .assert_payment_says(payment, State::Reversed, &["deleted"])
        .await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_deleted_in_cin7_and_changed_in_freshbooks_is_not_written_again() {
    let world = World::start().await;
    let (id, payment) = paid(&world).await;
    world.delete_payment_by_hand(&world.payment(payment)).await;
    let before = world.cin7_count();
    world.change_payment(payment, |form| form.amount = dec("120.00"));
    world.tell().await;
    let words = ["somebody deleted it in Cin7", "not written again"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.paid_in_cin7(id), dec("0"));
    world.check().await;
}

#[tokio::test]
async fn a_payment_deleted_on_both_sides_is_done_with_and_nothing_is_written() {
    let world = World::start().await;
    let (_, payment) = paid(&world).await;
    world.delete_payment_by_hand(&world.payment(payment)).await;
    let before = world.cin7_count();
    world.delete_payment(payment);
    world.tell().await;
    assert!(world.writes(before).is_empty());
    world
        .assert_payment_says(payment, State::Reversed, &["deleted"])
        .await;
    world.check().await;
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
