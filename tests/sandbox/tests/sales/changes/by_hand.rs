//! A person edited the sale in Cin7: both versions are told, and nothing is touched.

use cin7_stand_in::Sale;
use ledger::State;
use serde_json::{Value, json};

use crate::stories::set_price;
use crate::world::{World, dec, taxed};

/// Changes an invoice in FreshBooks after somebody edited its sale; fails unless nothing is written and
/// the sentence says all of this, besides the two versions.
async fn told(world: &World, id: i64, words: &[&str]) {
    let before = world.cin7_count();
    let sale = world.sale(id);
    world.reprice(id, "210.00");
    world.tell().await;
    let both = [
        sale.order_number.as_str(),
        "FreshBooks: AUTHORISED, 2026-01-05, total 237.30",
        "Cin7: ",
        "Nothing was overwritten",
    ];
    world.assert_says(id, State::Attention, &both).await;
    world.assert_says(id, State::Attention, words).await;
    assert!(
        world.writes(before).is_empty(),
        "{:?}",
        world.writes(before)
    );
    assert_eq!(world.sale(id).updated, sale.updated);
    world.check().await;
}

async fn crossed(world: &World) -> (i64, Sale) {
    let id = world.crossed("200.00").await;
    (id, world.sale(id))
}

#[tokio::test]
async fn another_price_in_cin7_is_never_overwritten_and_made_equal_it_is_believed() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    world.reprice_by_hand(&sale, "199.00").await;
    let words = ["line 1 Price 200 → 199", "total 224.87", "@ 199"];
    told(&world, id, &words).await;

    let before = world.cin7_count();
    world.reprice_by_hand(&world.sale(id), "210.00").await;
    world.replay(id).await;
    assert!(world.writes(before).is_empty());
    world.assert_stands(id).await;
    world.check().await;

    // From here on it is ours again.
    world.reprice(id, "220.00");
    world.tell().await;
    world.assert_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn another_day_in_cin7_is_never_overwritten() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    let change = |_: &mut Value, invoice: &mut Value| {
        invoice["InvoiceDate"] = json!("2026-01-09T00:00:00");
    };
    world.by_hand(&sale, change).await;
    let words = ["InvoiceDate 2026-01-05 → 2026-01-09"];
    told(&world, id, &words).await;
}

#[tokio::test]
async fn a_line_that_was_added_in_cin7_is_never_lost() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    let change = |order: &mut Value, invoice: &mut Value| {
        for document in [order, invoice] {
            let mut line = document["Lines"][0].clone();
            line["Comment"] = json!("agreed by telephone");
            document["Lines"].as_array_mut().unwrap().push(line);
        }
    };
    world.by_hand(&sale, change).await;
    told(&world, id, &["line 2", "total 452.00"]).await;
    assert_eq!(world.sale(id).invoices[0].lines.len(), 2);
}

#[tokio::test]
async fn an_order_edited_in_cin7_is_never_overwritten_though_its_invoice_is_as_we_left_it() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    world
        .by_hand(&sale, |order, _| set_price(order, "150.00"))
        .await;
    told(&world, id, &["its order was changed", "200 → 150"]).await;
}

#[tokio::test]
async fn a_payment_that_a_person_entered_in_cin7_is_never_taken_off() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    world.pay_by_hand(&sale, "30.00").await;
    told(&world, id, &["a payment of 30", "is not ours"]).await;
    assert_eq!(world.paid_in_cin7(id), dec("30.00"));
}

#[tokio::test]
async fn a_payment_of_ours_that_was_edited_or_deleted_in_cin7_is_told() {
    for deleted in [false, true] {
        let world = World::start().await;
        let (id, _) = crossed(&world).await;
        let payment = world.paid(id, "30.00").await;
        let made = world.payment(payment);
        let words = if deleted {
            world.delete_payment_by_hand(&made).await;
            "was deleted from it"
        } else {
            world.change_payment_by_hand(&made, "29.00").await;
            "was changed (Amount 30"
        };
        let name = format!("Payment {payment}");
        told(&world, id, &[words, name.as_str()]).await;
    }
}

#[tokio::test]
async fn a_sale_voided_in_cin7_is_told_and_is_not_made_again() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    let void = format!("sale?ID={}&Void=true", sale.id);
    world.in_cin7(reqwest::Method::DELETE, &void, None).await;
    told(&world, id, &["voided in Cin7"]).await;
    assert_eq!(world.sales(id).len(), 1);
}

#[tokio::test]
async fn a_sale_undone_in_cin7_is_told_and_left_as_the_draft_it_is() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    let undo = format!("sale?ID={}", sale.id);
    world.in_cin7(reqwest::Method::DELETE, &undo, None).await;
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.tell().await;
    let words = [sale.order_number.as_str(), "Nothing was overwritten"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_change_taken_back_in_freshbooks_leaves_the_edit_in_cin7_alone() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    world.reprice_by_hand(&sale, "199.00").await;
    told(&world, id, &["199"]).await;
    let before = world.cin7_count();
    world.reprice(id, "200.00");
    world.tell().await;
    assert!(world.writes(before).is_empty());
    let words = ["226.00 USD", "224.87"];
    world.assert_says(id, State::Attention, &words).await;
    world.check().await;
}

#[tokio::test]
async fn lines_added_on_both_sides_are_told_side_by_side() {
    let world = World::start().await;
    let (id, sale) = crossed(&world).await;
    world.reprice_by_hand(&sale, "199.00").await;
    world.edit(id, |form| form.lines.push(taxed("Travel", "1", "50.00")));
    world.tell().await;
    let words = ["total 282.50", "total 224.87"];
    world.assert_says(id, State::Attention, &words).await;
    let trail = world.trail(id).await;
    let both = trail.iter().find(|entry| entry.what == "both versions");
    let both = both.unwrap();
    assert!(both.detail["freshbooks"].contains("282.50"), "{both:?}");
    assert!(both.detail["cin7"].contains("224.87"), "{both:?}");
    world.check().await;
}
