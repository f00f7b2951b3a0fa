//! Every write of a payment under every fault, with and without a lag between writing and reading.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World, dec, plain};

const PATH: &str = "sale/payment";

/// An invoice that is large enough for everything.
async fn invoiced(lag: Duration) -> (World, i64) {
    let world = World::start_with(Setup::cin7(|account| account.lag = lag)).await;
    let id = world.crossed("20000.00").await;
    (world, id)
}

async fn every_fault_of_making_one(faults: &[Fault], lag: Duration) {
    let (world, id) = invoiced(lag).await;
    for &fault in faults {
        world.cin7.fail(Matcher::new("POST", PATH), fault);
        let payment = world.pay(id, "10.00");
        world.tell().await;
        let what = format!("{fault:?} {lag:?}");
        world
            .assert_ended("payment", payment, State::Confirmed, &what)
            .await;
        world.assert_paid(id, payment, "10.00").await;
    }
    assert_eq!(world.sale(id).payments.len(), faults.len());
    world.check().await;
}

async fn every_fault_of_changing_one(faults: &[Fault], lag: Duration) {
    let (world, id) = invoiced(lag).await;
    let payment = world.paid(id, "10.00").await;
    for (number, &fault) in faults.iter().enumerate() {
        let amount = format!("{}.50", 20 + number);
        world.cin7.fail(Matcher::new("PUT", PATH), fault);
        world.change_payment(payment, |form| form.amount = dec(&amount));
        world.tell().await;
        let what = format!("{fault:?} {lag:?}");
        world
            .assert_ended("payment", payment, State::Confirmed, &what)
            .await;
        world.assert_paid(id, payment, &amount).await;
    }
    world.check().await;
}

async fn every_fault_of_removing_one(faults: &[Fault], lag: Duration) {
    let (world, id) = invoiced(lag).await;
    let payment = world.paid(id, "10.00").await;
    for &fault in faults {
        world.cin7.fail(Matcher::new("DELETE", PATH), fault);
        world.delete_payment(payment);
        world.tell().await;
        let what = format!("{fault:?} {lag:?}");
        world
            .assert_ended("payment", payment, State::Reversed, &what)
            .await;
        assert!(world.sale(id).payments.is_empty(), "{what}");
        world.undelete_payment(payment);
        world.tell().await;
        world.assert_paid(id, payment, "10.00").await;
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_a_new_payment_there_is_one() {
    every_fault_of_making_one(&FAULTS, Duration::ZERO).await;
    every_fault_of_making_one(&LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_changed_payment_it_is_changed() {
    every_fault_of_changing_one(&FAULTS, Duration::ZERO).await;
    every_fault_of_changing_one(&LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_removed_payment_it_is_gone_and_comes_back_once() {
    every_fault_of_removing_one(&FAULTS, Duration::ZERO).await;
    every_fault_of_removing_one(&LOST, LAG).await;
}

#[tokio::test]
async fn a_payment_lost_twice_over_stands_once() {
    let (world, id) = invoiced(LAG).await;
    world
        .cin7
        .fail(Matcher::new("POST", PATH), Fault::LostBefore);
    world
        .cin7
        .fail(Matcher::new("POST", PATH).nth(2), Fault::LostAfter);
    let lookup = Fault::Status500 { applied: false };
    world.cin7.fail(Matcher::new("GET", PATH), lookup);
    let payment = world.pay(id, "10.00");
    world.tell().await;
    world.assert_paid(id, payment, "10.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_deleted_while_its_making_is_uncertain_is_found_and_removed() {
    for fault in [Fault::LostAfter, Fault::LostBefore] {
        let (world, id) = invoiced(LAG).await;
        world.cin7.fail(Matcher::new("POST", PATH), fault);
        let payment = world.pay(id, "10.00");
        world.tell_at_once().await;
        let state = world.record_of("payment", payment).await.state;
        assert_eq!(state, State::Uncertain, "{fault:?}");
        world.delete_payment(payment);
        world.tell().await;
        assert!(world.sale(id).payments.is_empty(), "{fault:?}");
        let record = world.record_of("payment", payment).await;
        let ended = matches!(record.state, State::Reversed | State::Skipped);
        assert!(ended, "{fault:?}: {:?} {}", record.state, record.sentence);
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_changed_while_its_making_is_uncertain_stands_once_with_the_new_amount() {
    for fault in [Fault::LostAfter, Fault::LostBefore] {
        let (world, id) = invoiced(LAG).await;
        world.cin7.fail(Matcher::new("POST", PATH), fault);
        let payment = world.pay(id, "10.00");
        world.tell_at_once().await;
        world.change_payment(payment, |form| form.amount = dec("12.00"));
        world.tell().await;
        world.assert_paid(id, payment, "12.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_changed_twice_while_reads_lag_ends_with_the_last_amount() {
    let (world, id) = invoiced(LAG).await;
    let payment = world.pay(id, "10.00");
    world.tell_at_once().await;
    for amount in ["12.00", "14.00"] {
        world.change_payment(payment, |form| form.amount = dec(amount));
        world.tell_at_once().await;
    }
    world.settle().await;
    world.assert_paid(id, payment, "14.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_changed_or_deleted_before_reads_show_its_sale_follows_when_they_do() {
    for deleted in [false, true] {
        let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
        let client = world.client("Harbour Studio");
        world.warm_up(client).await;
        let id = world.send(plain(client, "200.00")).await;
        let payment = world.pay(id, "10.00");
        world.tell_at_once().await;
        if deleted {
            world.delete_payment(payment);
        } else {
            world.change_payment(payment, |form| form.amount = dec("12.00"));
        }
        world.tell().await;
        if deleted {
            world
                .assert_payment_says(payment, State::Reversed, &["deleted"])
                .await;
            assert!(world.sale(id).payments.is_empty());
        } else {
            world.assert_paid(id, payment, "12.00").await;
        }
        world.assert_confirmed(id).await;
        world.check().await;
    }
}
