//! Purchases, which carry no mark in Cin7's list, changed by a person after they were confirmed.

use cin7_stand_in::{AccountOptions, Purchase};
use freshbooks_stand_in::NewBill;
use ledger::State;
use reqwest::Method;
use serde_json::json;

use super::LATER;
use crate::world::{Setup, World, bought, dec};

impl World {
    /// A bill that crossed and is confirmed.
    async fn confirmed_bill(&self, cost: &str) -> (i64, Purchase) {
        let id = self.crossed_bill(cost).await;
        self.settle().await;
        let record = self.record_of("bill", id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        (id, self.standing_purchase(id))
    }

    /// A person changes what a purchase's invoice comes to.
    fn reprice_purchase_by_hand(&self, purchase: &Purchase, cost: &str) {
        let keys = &self.acme().keys;
        let changed = self.cin7.change_purchase(keys, purchase.id, |purchase| {
            let invoice = &mut purchase.invoices[0];
            for line in &mut invoice.lines {
                line.total = dec(cost);
            }
            for charge in &mut invoice.charges {
                charge.total = dec(cost);
            }
        });
        assert!(changed);
    }

    /// A person enters another purchase of the same supplier with this number.
    async fn buy_by_hand(&self, purchase: &Purchase, number: &str) -> String {
        let header = json!({
            "SupplierID": purchase.header.supplier_id, "Location": "Main Warehouse",
            "Approach": "INVOICE", "PurchaseType": "Simple", "CurrencyRate": 1,
        });
        let made = self.in_cin7(Method::POST, "advanced-purchase", Some(header));
        let id = made.await["ID"].as_str().unwrap().to_owned();
        let charge = json!({
            "Description": "Imported service", "Quantity": 1, "Price": 5, "Discount": 0, "Tax": 0,
            "Total": 5, "TaxRule": "Tax Exempt", "Account": "429",
        });
        let order = json!({
            "TaskID": id, "CombineAdditionalCharges": false, "Memo": "", "Status": "AUTHORISED",
            "Lines": [], "AdditionalCharges": [charge],
        });
        self.in_cin7(Method::POST, "purchase/order", Some(order))
            .await;
        let invoice = json!({
            "PurchaseID": id, "TaskID": id, "CombineAdditionalCharges": false, "InvoiceNumber": number,
            "InvoiceDate": "2026-01-05T00:00:00", "InvoiceDueDate": "2026-01-05T00:00:00",
            "Status": "AUTHORISED", "Lines": [], "AdditionalCharges": [charge],
        });
        self.in_cin7(Method::POST, "advanced-purchase/invoice", Some(invoice))
            .await;
        id
    }
}

#[tokio::test]
async fn bills_are_confirmed_by_one_list_however_many_they_are() {
    let world = World::start_with(Setup::buying()).await;
    let bills = [
        world.crossed_bill("250.00").await,
        world.crossed_bill("20.00").await,
    ];
    let before = world.cin7_count();
    world.confirm().await;
    let calls = world.cin7_calls(before);
    let paths: Vec<&str> = calls.iter().map(|call| call.path.as_str()).collect();
    assert_eq!(paths, ["purchaseList"]);
    for id in bills {
        assert_eq!(world.record_of("bill", id).await.state, State::Confirmed);
        world.assert_bill_stands(id).await;
    }
    world.clock.advance(LATER);
    assert_eq!(world.paths_looked_over().await, ["purchaseList"]);
    world.check().await;
}

#[tokio::test]
async fn a_purchase_edited_after_it_was_confirmed_is_for_a_person_until_it_is_right_again() {
    let generates = |account: &mut AccountOptions| {
        account.quirks.purchases.generates_invoice_numbers = true;
    };
    let skips = |account: &mut AccountOptions| {
        account.quirks.purchases.search_skips_invoice_numbers = true;
    };
    let ordinary = |_: &mut AccountOptions| {};
    let ways: [fn(&mut AccountOptions); 3] = [ordinary, generates, skips];
    for change in ways {
        let mut setup = Setup::buying();
        change(&mut setup.cin7);
        let world = World::start_with(setup).await;
        let (id, purchase) = world.confirmed_bill("100.00").await;
        world.clock.advance(LATER);
        world.reprice_purchase_by_hand(&purchase, "99.00");
        let words = [
            "after it was confirmed",
            "113.00 USD",
            "112.00",
            &purchase.order_number,
        ];
        world.assert_found("bill", id, &words).await;

        world.reprice_purchase_by_hand(&purchase, "100.00");
        world.assert_right_again("bill", id).await;
        world.assert_bill_stands(id).await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_purchase_voided_after_it_was_confirmed_is_for_a_person() {
    let world = World::start_with(Setup::buying()).await;
    let (id, purchase) = world.confirmed_bill("100.00").await;
    let void = format!("advanced-purchase?ID={}&Void=true", purchase.id);
    world.in_cin7(Method::DELETE, &void, None).await;
    let words = [
        "voided in Cin7 after it was confirmed",
        &purchase.order_number,
    ];
    world.assert_found("bill", id, &words).await;
    world.check().await;
}

#[tokio::test]
async fn a_bill_that_a_person_entered_as_well_stands_twice_until_one_is_voided() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    let id = world.bill_of(NewBill {
        vendor_id: vendor,
        number: "INV-77".to_owned(),
        lines: vec![bought("Bolts", "1", "100.00")],
        ..NewBill::default()
    });
    world.tell_bill(id).await;
    world.settle().await;
    let purchase = world.standing_purchase(id);
    world.clock.advance(LATER);
    let other = world.buy_by_hand(&purchase, "INV-77").await;
    let words = ["stands 2 times", &purchase.order_number, "Void all but"];
    world.assert_found("bill", id, &words).await;

    let void = format!("advanced-purchase?ID={other}&Void=true");
    world.in_cin7(Method::DELETE, &void, None).await;
    world.assert_right_again("bill", id).await;
    world.check().await;
}

#[tokio::test]
async fn purchases_that_are_not_ours_are_nobodys_record() {
    let world = World::start_with(Setup::buying()).await;
    let (id, purchase) = world.confirmed_bill("100.00").await;
    world.clock.advance(LATER);
    world.buy_by_hand(&purchase, "THEIRS-1").await;
    world.clock.advance(LATER);
    let passed = world.look_over().await;
    assert_eq!((passed.confirmed, passed.attention), (0, 0));
    assert_eq!(world.record_of("bill", id).await.state, State::Confirmed);
    world.check().await;
}
