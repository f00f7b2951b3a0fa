//! FreshBooks no longer shows an invoice, or shows it as a draft again.

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in::{DeletedById, ErrorShape};
use ledger::State;

use crate::world::World;

const SHAPES: [ErrorShape; 3] = [
    ErrorShape::Old,
    ErrorShape::OldWithStatus200,
    ErrorShape::New,
];

/// An invoice with a payment that crossed, in an account that does not show what is deleted.
async fn crossed(shape: ErrorShape) -> (World, i64, i64) {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.error_shape = shape;
        quirks.deleted_by_id = DeletedById::Errno1011;
    });
    (world, id, payment)
}

#[tokio::test]
async fn an_invoice_that_is_gone_after_its_deletion_was_announced_is_voided() {
    for shape in SHAPES {
        let (world, id, payment) = crossed(shape).await;
        let before = world.cin7_count();
        world.delete(id);
        world.tell().await;
        assert_eq!(world.writes(before), ["DELETE sale/payment", "DELETE sale"]);
        let words = ["deleted in FreshBooks", "taken back in Cin7"];
        world.assert_says(id, State::Reversed, &words).await;
        assert!(world.sale(id).voided);
        assert!(world.payments_of(world.acme(), payment).is_empty());

        world.undelete(id);
        world.tell().await;
        world.assert_stands(id).await;
        world.assert_on(id, payment, "100.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn an_invoice_that_is_gone_unannounced_is_for_a_person_and_nothing_is_touched() {
    for shape in SHAPES {
        let (world, id, payment) = crossed(shape).await;
        let before = world.cin7_count();
        world.delete(id);
        world.freshbooks.take_pending();
        world.hint(id).await;
        world.settle().await;
        let words = ["no longer exists", "no deletion was announced"];
        world.assert_says(id, State::Attention, &words).await;
        assert_eq!(world.cin7_count(), before);
        assert!(!world.sale(id).voided);
        assert_eq!(world.payment(payment).amount, crate::world::dec("100.00"));
        world.check().await;

        // It was only out of sight.
        world.undelete(id);
        world.tell().await;
        world.assert_confirmed(id).await;
        assert!(world.writes(before).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_that_is_gone_after_its_deletion_was_announced_is_removed() {
    for shape in SHAPES {
        let (world, id, payment) = crossed(shape).await;
        let before = world.cin7_count();
        world.delete_payment(payment);
        world.tell().await;
        assert_eq!(world.writes(before), ["DELETE sale/payment"]);
        let words = ["deleted in FreshBooks", "taken back"];
        world
            .assert_payment_says(payment, State::Reversed, &words)
            .await;
        world.assert_confirmed(id).await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_that_is_gone_unannounced_is_for_a_person_and_stays() {
    let (world, id, payment) = crossed(ErrorShape::Old).await;
    let before = world.cin7_count();
    world.delete_payment(payment);
    world.freshbooks.take_pending();
    world.hint_at("payment", payment).await;
    world.settle().await;
    let words = ["no longer exists", "no deletion was announced"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    assert_eq!(world.cin7_count(), before);
    assert_eq!(world.paid_in_cin7(id), crate::world::dec("100.00"));
    world.check().await;
}

#[tokio::test]
async fn a_payment_that_is_gone_unannounced_after_it_was_taken_off_is_for_a_person_and_not_done_with()
 {
    for shape in SHAPES {
        let (world, id, payment) = crossed(shape).await;
        // Its invoice is taken back to be changed and does not come to stand again, so it waits.
        let refused = Matcher::new("POST", "sale/invoice");
        world.cin7.fail(refused, Fault::Refused400);
        world.reprice(id, "210.00");
        world.tell().await;
        let words = ["waits for its invoice"];
        world
            .assert_payment_says(payment, State::Waiting, &words)
            .await;
        world.delete_payment(payment);
        world.freshbooks.take_pending();
        world.hint_at("payment", payment).await;
        world.settle().await;
        let words = ["no longer exists", "no deletion was announced"];
        world
            .assert_payment_says(payment, State::Attention, &words)
            .await;
        world.check().await;

        // It was only out of sight.
        world.undelete_payment(payment);
        world.tell().await;
        world.replay(id).await;
        world.assert_stands(id).await;
        world.assert_on(id, payment, "100.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn an_invoice_that_is_a_draft_again_is_taken_back_and_crosses_when_it_is_sent() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.paid_drafts_stay_drafts = true;
    });
    world.freshbooks.unsend_invoice(account, id).unwrap();
    world.tell().await;
    world.assert_says(id, State::Waiting, &["draft"]).await;
    assert!(world.sale(id).voided);
    world
        .assert_payment_says(payment, State::Waiting, &["invoice"])
        .await;
    world.check().await;

    world.freshbooks.send_invoice(account, id).unwrap();
    world.tell().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "100.00").await;
    world.check().await;
}
