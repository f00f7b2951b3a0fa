//! The supplier of a bill: linked once, by its exact name, else made if the settings allow it.

use ledger::State;
use reqwest::Method;
use serde_json::json;

use crate::world::{Setup, World};

fn names(world: &World) -> Vec<String> {
    let suppliers = world.cin7.suppliers(&world.acme().keys).into_iter();
    suppliers.map(|supplier| supplier.name).collect()
}

async fn enter_supplier(world: &World, name: &str, currency: &str) {
    let body = json!({
        "Name": name, "Status": "Active", "Currency": currency, "PaymentTerm": "30 days",
        "AccountPayable": "800", "TaxRule": "Tax on Purchases",
    });
    world.in_cin7(Method::POST, "supplier", Some(body)).await;
}

#[tokio::test]
async fn a_supplier_of_exactly_the_vendors_name_is_taken_and_a_longer_one_is_not() {
    let world = World::start_with(Setup::buying()).await;
    enter_supplier(&world, "Bolt Makers Ltd of Leeds", "USD").await;
    enter_supplier(&world, "bolt makers ltd", "USD").await;
    let id = world.crossed_bill("10.00").await;
    let header = world.standing_purchase(id).header;
    assert_eq!(header.supplier, "bolt makers ltd");
    assert_eq!(names(&world).len(), 2);
    world.check().await;
}

#[tokio::test]
async fn a_vendor_is_linked_once_and_keeps_its_supplier_whatever_it_is_called_later() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    let first = world.plain_bill(vendor, "10.00");
    world.tell_bill(first).await;
    let account = &world.acme().account;
    let rename = |form: &mut freshbooks_stand_in::NewVendor| form.name = "Bolts & Co".to_owned();
    world
        .freshbooks
        .update_vendor(account, vendor, rename)
        .unwrap();
    let second = world.plain_bill(vendor, "20.00");
    world.tell_bill(second).await;
    world.assert_bill_stands(second).await;
    assert_eq!(names(&world), ["Bolt Makers Ltd"]);
    world.check().await;
}

#[tokio::test]
async fn a_vendor_that_bills_in_two_currencies_is_two_suppliers() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    for currency in ["USD", "EUR", "USD", "EUR"] {
        let id = world.plain_bill(vendor, "10.00");
        world.edit_bill(id, |form| form.currency_code = Some(currency.to_owned()));
        world.tell_bill(id).await;
        world.assert_bill_stands(id).await;
        assert_eq!(world.standing_purchase(id).currency, currency);
    }
    assert_eq!(names(&world), ["Bolt Makers Ltd", "Bolt Makers Ltd (EUR)"]);
    world.check().await;
}

#[tokio::test]
async fn without_leave_to_make_suppliers_a_bill_waits_until_a_person_made_one() {
    let mut setup = Setup::buying();
    let without = setup
        .settings
        .replace("create_suppliers = true", "create_suppliers = false");
    setup.settings = without;
    let world = World::start_with(setup).await;
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "10.00");
    world.tell_bill(id).await;
    let words = ["Bolt Makers Ltd", "supplier", "create_suppliers"];
    world.assert_bill_says(id, State::Waiting, &words).await;
    assert!(names(&world).is_empty());

    enter_supplier(&world, "Bolt Makers Ltd", "USD").await;
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_bill_of_a_vendor_that_was_deleted_still_crosses() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    let id = world.plain_bill(vendor, "10.00");
    let account = &world.acme().account;
    world.freshbooks.delete_vendor(account, vendor).unwrap();
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(names(&world), ["Bolt Makers Ltd"]);
    world.check().await;
}

#[tokio::test]
async fn nothing_of_a_vendors_contact_is_kept_in_the_trail() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("10.00").await;
    let supplier = world.cin7.suppliers(&world.acme().keys).remove(0);
    assert_eq!(supplier.contacts[0].email, "bolt.makers.ltd@example.test");
    let trail = world.trail_of("bill", id).await;
    let told = serde_json::to_string(&trail).unwrap();
    assert!(!told.contains("example.test"), "{told}");
    world.check().await;
}
