//! Invoices deleted in FreshBooks after they crossed, and brought back.

mod gone;

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::{LAG, LOST, SORTS};
use crate::world::{Setup, World, dec, plain};

impl World {
    /// Fails unless the invoice is reversed and no sale of it stands.
    async fn assert_taken_back(&self, id: i64) {
        let record = self.record(id).await;
        assert_eq!(record.state, State::Reversed, "{}", record.sentence);
        assert!(record.sentence.contains("taken back in Cin7"));
        let standing = self.standing_sales_of(self.acme(), id);
        assert!(standing.is_empty(), "{standing:?}");
    }
}

#[tokio::test]
async fn a_deleted_invoice_is_voided_and_its_sale_named() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let number = world.sale(id).order_number;
    let before = world.cin7_count();
    world.delete(id);
    world.tell().await;
    assert_eq!(world.writes(before), ["DELETE sale"]);
    world.assert_taken_back(id).await;
    let words = ["deleted", number.as_str()];
    world.assert_says(id, State::Reversed, &words).await;

    // A repeat costs nothing.
    let before = world.cin7_count();
    world.hint(id).await;
    world.settle().await;
    assert_eq!(world.cin7_count(), before);
    world.assert_taken_back(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_undeleted_invoice_becomes_a_new_sale_under_the_next_mark() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let mark = World::sale_mark(world.acme(), id);
    for generation in 2..4 {
        world.delete(id);
        world.tell().await;
        world.assert_taken_back(id).await;
        world.undelete(id);
        world.tell().await;
        world.assert_stands(id).await;
        let sale = world.standing(id);
        assert_eq!(sale.header.external_id, format!("{mark}:{generation}"));
    }
    assert_eq!(world.sales(id).len(), 3);
    world.check().await;
}

#[tokio::test]
async fn an_invoice_deleted_with_a_payment_loses_both_and_gets_both_back() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let before = world.cin7_count();
    world.delete(id);
    world.tell().await;
    assert_eq!(world.writes(before), ["DELETE sale/payment", "DELETE sale"]);
    world.assert_taken_back(id).await;
    assert!(world.payments_of(world.acme(), payment).is_empty());
    let record = world.record_of("payment", payment).await;
    assert!(!matches!(record.state, State::Posted | State::Confirmed));
    assert!(record.sentence.contains("invoice"), "{}", record.sentence);

    world.undelete(id);
    world.tell().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_and_its_payment_deleted_in_either_order_are_both_taken_back() {
    for invoice_first in [true, false] {
        for at_once in [true, false] {
            let world = World::start().await;
            let id = world.crossed("200.00").await;
            let payment = world.paid(id, "100.00").await;
            for step in 0..2 {
                if (step == 0) == invoice_first {
                    world.delete(id);
                } else {
                    world.delete_payment(payment);
                }
                if !at_once {
                    world.tell().await;
                }
            }
            world.tell().await;
            world.assert_taken_back(id).await;
            assert!(world.payments_of(world.acme(), payment).is_empty());
            let what = format!("invoice first: {invoice_first}, at once: {at_once}");
            world
                .assert_ended("payment", payment, State::Reversed, &what)
                .await;
            world.check().await;

            world.undelete(id);
            world.undelete_payment(payment);
            world.tell().await;
            world.assert_stands(id).await;
            world.assert_on(id, payment, "100.00").await;
            world.check().await;
        }
    }
}

#[tokio::test]
async fn an_invoice_deleted_before_it_crossed_costs_no_call() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let id = world.send(plain(client, "200.00")).await;
    let payment = world.pay(id, "100.00");
    world.delete(id);
    world.tell().await;
    assert_eq!(world.cin7_count(), 0);
    world.assert_says(id, State::Skipped, &["deleted"]).await;
    let words = ["its invoice does not"];
    world
        .assert_payment_says(payment, State::Skipped, &words)
        .await;

    world.undelete(id);
    world.tell().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_deleted_while_it_was_crossing_leaves_nothing_standing() {
    let faults = [(Fault::LostBefore, Duration::ZERO), (Fault::LostAfter, LAG)];
    for path in ["sale", "sale/order", "sale/invoice"] {
        for (fault, lag) in faults {
            let world = World::start_with(Setup::cin7(|account| account.lag = lag)).await;
            let client = world.client("Harbour Studio");
            world.warm_up(client).await;
            world.cin7.fail(Matcher::new("POST", path), fault);
            let id = world.send(plain(client, "200.00")).await;
            world.work().await;
            world.delete(id);
            world.tell().await;
            let what = format!("{path} {fault:?} {lag:?}");
            let standing = world.standing_sales_of(world.acme(), id);
            assert!(standing.is_empty(), "{what}: {standing:?}");
            let record = world.record(id).await;
            let ended = matches!(record.state, State::Reversed | State::Skipped);
            assert!(ended, "{what}: {:?} {}", record.state, record.sentence);
            world.check().await;

            world.undelete(id);
            world.tell().await;
            world.assert_stands(id).await;
            world.check().await;
        }
    }
}

#[tokio::test]
async fn an_invoice_deleted_and_edited_in_cin7_is_for_a_person_and_stays() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.reprice_by_hand(&world.sale(id), "199.00").await;
    let before = world.cin7_count();
    world.delete(id);
    world.tell().await;
    let words = [
        world.sale(id).order_number,
        "200 → 199".to_owned(),
        "no longer counts in FreshBooks".to_owned(),
        "Cin7: ".to_owned(),
        "224.87".to_owned(),
    ];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    assert!(!world.sale(id).voided);
    world.check().await;

    // Voided by hand, nothing is left to do.
    let void = format!("sale?ID={}&Void=true", world.sale(id).id);
    world.in_cin7(reqwest::Method::DELETE, &void, None).await;
    world.replay(id).await;
    assert!(world.writes(before).is_empty());
    world.assert_taken_back(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_deleted_with_somebody_elses_payment_on_it_is_for_a_person_and_stays() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.pay_by_hand(&world.sale(id), "30.00").await;
    let before = world.cin7_count();
    world.delete(id);
    world.tell().await;
    let words = ["a payment of 30", "is not ours"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.paid_in_cin7(id), dec("30.00"));
    world.check().await;
}

#[tokio::test]
async fn a_void_that_cin7_refuses_in_every_way_is_for_a_person_and_the_payment_goes_on_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let refused = Matcher::new("DELETE", "sale").every();
    world.cin7.fail(refused, Fault::Refused400);
    world.delete(id);
    world.tell().await;
    let words = ["does not void", "by hand"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(!world.sale(id).voided);
    let record = world.record_of("payment", payment).await;
    assert_eq!(world.paid_in_cin7(id), dec("100.00"), "{}", record.sentence);
    world.check().await;

    world.cin7.clear_faults();
    world.replay(id).await;
    world.assert_taken_back(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_that_cin7_voids_only_as_a_draft_is_made_one_first() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    let refused = Matcher::new("DELETE", "sale");
    world.cin7.fail(refused, Fault::Refused400);
    world.delete(id);
    world.tell().await;
    assert_eq!(world.writes(before), ["DELETE sale"; 3]);
    world.assert_taken_back(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_that_is_a_draft_and_still_not_voided_is_for_a_person_who_is_told_so() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    for nth in [1, 3] {
        let refused = Matcher::new("DELETE", "sale").nth(nth);
        world.cin7.fail(refused, Fault::Refused400);
    }
    world.delete(id);
    world.tell().await;
    let words = ["does not void", "a draft now"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.payments_of(world.acme(), payment).is_empty());
    world.check().await;

    world.replay(id).await;
    world.assert_taken_back(id).await;
    world.check().await;
}

/// One invoice with a payment is deleted and brought back again and again.
async fn every_fault_of(path: &str, faults: &[Fault], lag: Duration) {
    let world = World::start_with(Setup::cin7(|account| account.lag = lag)).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    for &fault in faults {
        world.cin7.fail(Matcher::new("DELETE", path), fault);
        world.delete(id);
        world.tell().await;
        let what = format!("{path} {fault:?} {lag:?}");
        world
            .assert_ended("invoice", id, State::Reversed, &what)
            .await;
        world.assert_taken_back(id).await;
        world.undelete(id);
        world.tell().await;
        world.assert_stands(id).await;
        world.assert_on(id, payment, "20.00").await;
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_the_void_nothing_stands_and_it_comes_back_once() {
    for path in ["sale", "sale/payment"] {
        every_fault_of(path, &SORTS, Duration::ZERO).await;
        every_fault_of(path, &LOST, LAG).await;
    }
}
