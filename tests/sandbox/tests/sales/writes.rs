//! The write protocol: every write under every fault, with and without a lag between writing and reading.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::{Record, State};
use reqwest::Method;
use serde_json::json;

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World, plain};

/// One new client after another is invoiced, each under another fault of the same write.
async fn every_fault_of(path: &str, faults: &[Fault], lag: Duration) {
    let world = World::start_with(Setup::cin7(|account| account.lag = lag)).await;
    for (number, &fault) in faults.iter().enumerate() {
        let client = world.client(&format!("Client {number}"));
        world.cin7.fail(Matcher::new("POST", path), fault);
        let id = world.send(plain(client, "250.00")).await;
        world.settle().await;
        let what = format!("{path} {fault:?} {lag:?}");
        world
            .assert_ended("invoice", id, State::Confirmed, &what)
            .await;
        assert_eq!(world.sales(id).len(), 1, "never a second header: {what}");
        world.assert_confirmed(id).await;
    }
    let customers = world.cin7.customers(&world.acme().keys);
    assert_eq!(
        customers.len(),
        faults.len(),
        "each client became one customer"
    );
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_the_customer_there_is_one_and_the_invoice_crosses_once() {
    every_fault_of("customer", &FAULTS, Duration::ZERO).await;
    every_fault_of("customer", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_the_header_there_is_one_and_the_invoice_crosses_once() {
    every_fault_of("sale", &FAULTS, Duration::ZERO).await;
    every_fault_of("sale", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_the_order_the_invoice_crosses_once() {
    every_fault_of("sale/order", &FAULTS, Duration::ZERO).await;
    every_fault_of("sale/order", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_the_invoice_it_crosses_once() {
    every_fault_of("sale/invoice", &FAULTS, Duration::ZERO).await;
    every_fault_of("sale/invoice", &LOST, LAG).await;
}

#[tokio::test]
async fn a_write_that_is_lost_twice_over_crosses_once() {
    let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
    world.warm_up(world.client("Harbour Studio")).await;
    for path in ["customer", "sale", "sale/order", "sale/invoice"] {
        let client = world.client(&format!("Client of {path}"));
        world
            .cin7
            .fail(Matcher::new("POST", path), Fault::LostBefore);
        world
            .cin7
            .fail(Matcher::new("POST", path).nth(2), Fault::LostAfter);
        world.cin7.fail(
            Matcher::new("GET", "saleList"),
            Fault::Status500 { applied: false },
        );
        world
            .cin7
            .fail(Matcher::new("GET", "sale"), Fault::LostBefore);
        let id = world.send(plain(client, "250.00")).await;
        world.settle().await;
        world.assert_confirmed(id).await;
        world.cin7.clear_faults();
    }
    world.check().await;
}

#[tokio::test]
async fn absence_is_believed_only_after_the_settle_time() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    world
        .cin7
        .fail(Matcher::new("POST", "sale"), Fault::LostBefore);
    let before = world.cin7_count();
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    world
        .assert_says(id, State::Uncertain, &["Invoice", "looked up"])
        .await;
    world.settle().await;
    world.assert_confirmed(id).await;
    let calls = world.cin7_calls(before);
    let headers: Vec<_> = calls
        .iter()
        .filter(|call| call.method == "POST" && call.path == "sale")
        .collect();
    let [lost, again] = headers.as_slice() else {
        panic!("{calls:?}");
    };
    let waited = again.at.duration_since(lost.at);
    assert!(waited.as_secs() >= 60, "{waited:?}");
    world.check().await;
}

/// A second header under the mark of an invoice whose own reply was lost.
async fn doubled(world: &World, client: i64) -> (i64, String) {
    world.cin7.fail(
        Matcher::new("POST", "sale"),
        Fault::Status500 { applied: true },
    );
    let lookup = Fault::Status500 { applied: false };
    world.cin7.fail(Matcher::new("GET", "saleList"), lookup);
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    let header = world.sale(id).header;
    let double = json!({
        "CustomerID": header.customer_id, "Location": "Main Warehouse", "SkipQuote": true,
        "ExternalID": header.external_id,
    });
    let made = world.in_cin7(Method::POST, "sale", Some(double)).await;
    (id, made["ID"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn two_sales_under_the_mark_of_a_lost_reply_are_for_a_person_and_voiding_one_settles_it() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let (id, double) = doubled(&world, client).await;
    world.settle().await;
    let numbers: Vec<String> = world
        .sales(id)
        .into_iter()
        .map(|sale| sale.order_number)
        .collect();
    assert_eq!(numbers.len(), 2);
    let words = [numbers[0].as_str(), numbers[1].as_str(), "Void"];
    world.assert_says(id, State::Attention, &words).await;
    world.check_all_but_sales().await;

    world
        .in_cin7(Method::DELETE, &format!("sale?ID={double}&Void=true"), None)
        .await;
    world.replay(id).await;
    let record: Record = world.record(id).await;
    assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
    assert_eq!(
        world.sales(id).iter().filter(|sale| !sale.voided).count(),
        1
    );
    world.check().await;
}
