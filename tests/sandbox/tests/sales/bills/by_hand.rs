//! A person edited the purchase in Cin7: both versions are told, and nothing is touched.

use cin7_stand_in::{DocumentStatus, Purchase};
use jiff::civil::date;
use ledger::State;
use serde_json::json;

use crate::world::{Setup, World, dec};

/// Edits a bill's purchase in Cin7 as `by_hand` does, then changes the bill in FreshBooks; fails unless
/// nothing is written and the sentence says all of this, besides the two versions.
async fn told(by_hand: impl FnOnce(&mut Purchase), words: &[&str]) -> (World, i64) {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let purchase = world.standing_purchase(id);
    let keys = &world.acme().keys;
    assert!(world.cin7.change_purchase(keys, purchase.id, by_hand));
    let before = world.cin7_count();
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    let both = [
        purchase.order_number.as_str(),
        "FreshBooks: AUTHORISED, 2026-01-05, total 237.30",
        "Cin7: ",
        "Nothing was overwritten",
    ];
    world.assert_bill_says(id, State::Attention, &both).await;
    world.assert_bill_says(id, State::Attention, words).await;
    let writes = world.writes(before);
    assert!(writes.is_empty(), "{writes:?}");
    world.check().await;
    (world, id)
}

fn reprice(purchase: &mut Purchase, price: &str) {
    let price = dec(price);
    let charge = &mut purchase.invoices[0].charges[0];
    (charge.price, charge.total) = (price, price);
    charge.tax = money::cents(price * dec("0.13"));
    purchase.order.charges[0].clone_from(charge);
    purchase.order.charges[0].account = None;
}

#[tokio::test]
async fn another_price_in_a_purchase_is_never_overwritten_and_made_equal_it_is_believed() {
    let words = ["charge 1 Price 200 → 199", "total 224.87"];
    let (world, id) = told(|purchase| reprice(purchase, "199.00"), &words).await;
    let before = world.cin7_count();
    let purchase = world.standing_purchase(id);
    let keys = &world.acme().keys;
    world
        .cin7
        .change_purchase(keys, purchase.id, |purchase| reprice(purchase, "210.00"));
    world.tell_bill(id).await;
    assert!(world.writes(before).is_empty());
    world.assert_bill_stands(id).await;
    world.check().await;

    // From here on it is ours again.
    world.reprice_bill(id, "220.00");
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn another_day_number_or_line_in_a_purchase_is_never_overwritten() {
    let day = |purchase: &mut Purchase| purchase.invoices[0].date = Some(date(2026, 1, 9));
    told(day, &["InvoiceDate 2026-01-05 → 2026-01-09"]).await;
    let number = |purchase: &mut Purchase| purchase.invoices[0].number = "X-1".to_owned();
    told(number, &["InvoiceNumber V-200.00 → X-1"]).await;
    let line = |purchase: &mut Purchase| {
        let charge = purchase.invoices[0].charges[0].clone();
        purchase.invoices[0].charges.push(charge);
    };
    told(line, &["charge 2", "total 452.00"]).await;
}

#[tokio::test]
async fn a_purchase_voided_or_undone_in_cin7_is_told_and_left_as_it_is() {
    let void = |purchase: &mut Purchase| purchase.voided = true;
    let (world, id) = told_whatever_stands(void, "voided in Cin7").await;
    assert_eq!(world.purchases(id).len(), 1);
    let undo = |purchase: &mut Purchase| {
        purchase.invoices[0].status = DocumentStatus::Draft;
        purchase.order.status = DocumentStatus::Draft;
    };
    told_whatever_stands(undo, "its invoice was taken back in Cin7").await;
}

async fn told_whatever_stands(by_hand: impl FnOnce(&mut Purchase), words: &str) -> (World, i64) {
    told(by_hand, &[words]).await
}

#[tokio::test]
async fn goods_received_and_payments_entered_by_hand_are_never_undone() {
    let receive = |purchase: &mut Purchase| {
        purchase.stock_received = DocumentStatus::Authorised;
    };
    told(receive, &["received stock"]).await;

    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let task = world.standing_purchase(id).invoices[0].task_id;
    let body = json!({
        "TaskID": task, "Type": "PAYMENT", "Amount": 30, "DatePaid": "2026-01-05T00:00:00",
        "Account": "090", "CurrencyRate": 1, "Reference": "cheque 17",
    });
    let path = "advanced-purchase/payment";
    world.in_cin7(reqwest::Method::POST, path, Some(body)).await;
    let before = world.cin7_count();
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    let words = ["a payment of 30", "is not ours"];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}
