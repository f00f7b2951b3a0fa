//! Every write of a change under every fault, with and without a lag between writing and reading.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::{LAG, LOST, SORTS};
use crate::world::{Setup, World};

const BY_INVOICE: &str = "\n[settings.cin7]\nundo = \"invoice\"\n";

/// One invoice with a payment changes again and again, each time under another fault of one write.
async fn every_fault_of(method: &str, path: &str, faults: &[Fault], lag: Duration, settings: &str) {
    let mut setup = Setup::cin7(|account| {
        account.lag = lag;
        account.quirks.undoes_invoices_of_simple_sales = true;
    });
    setup.settings += settings;
    let world = World::start_with(setup).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    for (number, &fault) in faults.iter().enumerate() {
        world.cin7.fail(Matcher::new(method, path), fault);
        world.reprice(id, &format!("{}.00", 300 + number));
        world.tell().await;
        let record = world.record(id).await;
        let what = format!("{method} {path} {fault:?} {lag:?}: {}", record.sentence);
        assert_eq!(record.state, State::Confirmed, "{what}");
        world.assert_stands(id).await;
        world.assert_on(id, payment, "20.00").await;
        assert_eq!(world.standing(id).payments.len(), 1, "{what}");
    }
    assert_eq!(world.sales(id).len(), 1, "it stays one sale");
    world.check().await;
}

async fn with_and_without_lag(method: &str, path: &str, settings: &str) {
    every_fault_of(method, path, &SORTS, Duration::ZERO, settings).await;
    every_fault_of(method, path, &LOST, LAG, settings).await;
}

#[tokio::test]
async fn whatever_befalls_taking_a_payment_off_the_change_goes_through_once() {
    with_and_without_lag("DELETE", "sale/payment", "").await;
}

#[tokio::test]
async fn whatever_befalls_taking_the_sale_back_the_change_goes_through_once() {
    with_and_without_lag("DELETE", "sale", "").await;
}

#[tokio::test]
async fn whatever_befalls_taking_the_invoice_back_the_change_goes_through_once() {
    with_and_without_lag("DELETE", "sale/invoice", BY_INVOICE).await;
}

#[tokio::test]
async fn whatever_befalls_the_order_posted_again_the_change_goes_through_once() {
    with_and_without_lag("POST", "sale/order", "").await;
}

#[tokio::test]
async fn whatever_befalls_the_invoice_posted_again_the_change_goes_through_once() {
    with_and_without_lag("POST", "sale/invoice", "").await;
    with_and_without_lag("POST", "sale/invoice", BY_INVOICE).await;
}

#[tokio::test]
async fn whatever_befalls_putting_a_payment_on_again_it_stands_once() {
    with_and_without_lag("POST", "sale/payment", "").await;
}

/// Changes that need another header: the sale is voided and another made.
async fn every_fault_of_replacing(method: &str, path: &str, faults: &[Fault], lag: Duration) {
    let world = World::start_with(Setup::cin7(|account| account.lag = lag)).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    for (number, &fault) in faults.iter().enumerate() {
        world.cin7.fail(Matcher::new(method, path), fault);
        world.edit(id, |form| form.number = Some(format!("R-{number}")));
        world.tell().await;
        let record = world.record(id).await;
        let what = format!("{method} {path} {fault:?} {lag:?}: {}", record.sentence);
        assert_eq!(record.state, State::Confirmed, "{what}");
        world.assert_stands(id).await;
        world.assert_on(id, payment, "20.00").await;
        assert_eq!(world.sales(id).len(), number + 2, "{what}");
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_voiding_a_sale_one_other_takes_its_place() {
    every_fault_of_replacing("DELETE", "sale", &SORTS, Duration::ZERO).await;
    every_fault_of_replacing("DELETE", "sale", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_the_header_of_the_sale_that_takes_its_place_there_is_one() {
    every_fault_of_replacing("POST", "sale", &SORTS, Duration::ZERO).await;
    every_fault_of_replacing("POST", "sale", &LOST, LAG).await;
}
