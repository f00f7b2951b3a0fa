//! The write protocol of purchases: every write under every fault, with and without a lag between
//! writing and reading.

use std::time::Duration;

use cin7_stand_in::{DocumentStatus, Fault, Matcher};
use ledger::State;
use reqwest::Method;
use serde_json::json;

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World};

/// One new vendor after another sends a bill, each under another fault of the same write.
async fn every_fault_of(path: &str, faults: &[Fault], lag: Duration, more: &str) {
    let mut setup = Setup::buying_with(more);
    setup.cin7.lag = lag;
    setup.cin7.quirks.purchases.invoices_service_without_order = true;
    let world = World::start_with(setup).await;
    for (number, &fault) in faults.iter().enumerate() {
        let vendor = world.vendor(&format!("Vendor {number}"));
        world.cin7.fail(Matcher::new("POST", path), fault);
        let id = world.plain_bill(vendor, "250.00");
        world.tell_bill(id).await;
        let what = format!("{path} {fault:?} {lag:?}");
        world.assert_ended("bill", id, State::Posted, &what).await;
        let made = world.purchases(id).len();
        assert_eq!(made, 1, "never a second header: {what}");
        world.assert_bill_stands(id).await;
    }
    let suppliers = world.cin7.suppliers(&world.acme().keys).len();
    assert_eq!(suppliers, faults.len(), "each vendor became one supplier");
    world.check().await;
}

async fn with_and_without_lag(path: &str) {
    every_fault_of(path, &FAULTS, Duration::ZERO, "").await;
    every_fault_of(path, &LOST, LAG, "").await;
}

#[tokio::test]
async fn whatever_befalls_the_supplier_there_is_one_and_the_bill_crosses_once() {
    with_and_without_lag("supplier").await;
}

#[tokio::test]
async fn whatever_befalls_the_header_there_is_one_and_the_bill_crosses_once() {
    with_and_without_lag("advanced-purchase").await;
}

#[tokio::test]
async fn whatever_befalls_the_order_the_bill_crosses_once() {
    with_and_without_lag("purchase/order").await;
}

#[tokio::test]
async fn whatever_befalls_the_invoice_of_a_purchase_the_bill_crosses_once() {
    with_and_without_lag("advanced-purchase/invoice").await;
}

#[tokio::test]
async fn whatever_befalls_a_service_purchase_the_bill_crosses_once() {
    let services = "\n[settings.cin7]\nservice_purchases = true\n";
    for path in [
        "advanced-purchase",
        "purchase/order",
        "advanced-purchase/invoice",
    ] {
        every_fault_of(path, &LOST, LAG, services).await;
    }
}

#[tokio::test]
async fn a_write_of_a_purchase_that_is_lost_twice_over_crosses_once() {
    let mut setup = Setup::buying();
    setup.cin7.lag = LAG;
    let world = World::start_with(setup).await;
    world.crossed_bill("10.00").await;
    let paths = [
        "supplier",
        "advanced-purchase",
        "purchase/order",
        "advanced-purchase/invoice",
    ];
    for path in paths {
        let vendor = world.vendor(&format!("Vendor of {path}"));
        let fail = |matcher, fault| world.cin7.fail(matcher, fault);
        fail(Matcher::new("POST", path), Fault::LostBefore);
        fail(Matcher::new("POST", path).nth(2), Fault::LostAfter);
        let list = Matcher::new("GET", "purchaseList");
        fail(list, Fault::Status500 { applied: false });
        fail(Matcher::new("GET", "advanced-purchase"), Fault::LostBefore);
        let id = world.plain_bill(vendor, "250.00");
        world.tell_bill(id).await;
        world.assert_bill_stands(id).await;
        world.cin7.clear_faults();
    }
    world.check().await;
}

#[tokio::test]
async fn a_lost_header_is_found_whatever_the_list_shows_and_whatever_it_ignores() {
    for (hides, ignores) in [(true, false), (false, true), (true, true)] {
        let mut setup = Setup::buying();
        setup.cin7.quirks.purchases.list_hides_suppliers = hides;
        setup.cin7.quirks.purchases.list_ignores_updated_since = ignores;
        let world = World::start_with(setup).await;
        world.crossed_bill("10.00").await;
        world.clock.advance(Duration::from_hours(2));
        let lost = Matcher::new("POST", "advanced-purchase");
        world.cin7.fail(lost, Fault::LostAfter);
        let id = world.plain_bill(world.vendor("Paper Mill"), "250.00");
        let before = world.cin7_count();
        world.tell_bill(id).await;
        world.assert_bill_stands(id).await;
        assert_eq!(world.purchases(id).len(), 1);
        let calls = world.cin7_calls(before);
        let is_read =
            |call: &&cin7_stand_in::Call| call.method == "GET" && call.path == "advanced-purchase";
        let read = calls.iter().filter(is_read).count();
        assert_eq!(read, 1, "what is old is not read");
        world.check().await;
    }
}

/// A second header under the mark of a bill whose own reply was lost.
async fn doubled(world: &World) -> (i64, String) {
    let lost = Matcher::new("POST", "advanced-purchase");
    world.cin7.fail(lost, Fault::Status500 { applied: true });
    let lookup = Matcher::new("GET", "purchaseList");
    world.cin7.fail(lookup, Fault::Status500 { applied: false });
    let id = world.plain_bill(world.vendor("Paper Mill"), "250.00");
    world.announce_bill(id, "bill.create").await;
    world.work().await;
    let header = world.standing_purchase(id).header;
    let double = json!({
        "SupplierID": header.supplier_id, "Location": "Main Warehouse", "Approach": "INVOICE",
        "Note": header.note,
    });
    let made = world
        .in_cin7(Method::POST, "advanced-purchase", Some(double))
        .await;
    (id, made["ID"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn two_purchases_under_one_mark_are_for_a_person_and_voiding_one_settles_it() {
    let world = World::start_with(Setup::buying()).await;
    world.crossed_bill("10.00").await;
    let (id, double) = doubled(&world).await;
    world.settle_all_but_confirm().await;
    let purchases = world.purchases(id);
    let numbers: Vec<&str> = purchases
        .iter()
        .map(|one| one.order_number.as_str())
        .collect();
    assert_eq!(numbers.len(), 2);
    let words = [numbers[0], numbers[1], "Void"];
    world.assert_bill_says(id, State::Attention, &words).await;

    let void = format!("advanced-purchase?ID={double}&Void=true");
    world.in_cin7(Method::DELETE, &void, None).await;
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_header_voided_before_it_was_found_again_is_told_and_not_made_again() {
    let world = World::start_with(Setup::buying()).await;
    world.crossed_bill("10.00").await;
    let lost = Matcher::new("POST", "advanced-purchase");
    world.cin7.fail(lost, Fault::LostAfter);
    let lookup = Matcher::new("GET", "purchaseList");
    world.cin7.fail(lookup, Fault::LostBefore);
    let id = world.plain_bill(world.vendor("Paper Mill"), "250.00");
    world.announce_bill(id, "bill.create").await;
    world.work().await;
    let purchase = world.standing_purchase(id);
    world
        .cin7
        .change_purchase(&world.acme().keys, purchase.id, |purchase| {
            purchase.voided = true;
            purchase.order.status = DocumentStatus::Voided;
        });
    world.settle_all_but_confirm().await;
    let words = [purchase.order_number.as_str(), "voided in Cin7"];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert_eq!(world.purchases(id).len(), 1);
    world.check().await;
}
