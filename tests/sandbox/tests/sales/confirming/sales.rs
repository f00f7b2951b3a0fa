//! Sales and their payments, changed by a person after they were confirmed.

use reqwest::Method;
use serde_json::json;

use crate::world::{World, dec};

#[tokio::test]
async fn an_amount_edited_after_it_was_confirmed_is_for_a_person_until_it_is_right_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    world.reprice_by_hand(&sale, "199.00").await;
    let words = [
        "after it was confirmed",
        "226.00 USD",
        "224.87",
        "Nothing was overwritten",
    ];
    world.assert_found("invoice", id, &words).await;
    assert_eq!(
        world.sale(id).invoice_total(&world.sale(id).invoices[0]),
        dec("224.87")
    );
    world.check().await;

    // Another figure is told as well.
    world.reprice_by_hand(&sale, "198.00").await;
    world
        .assert_found("invoice", id, &["226.00 USD", "223.74"])
        .await;

    world.reprice_by_hand(&sale, "200.00").await;
    world.assert_right_again("invoice", id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_voided_after_it_was_confirmed_is_for_a_person_and_not_written_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    let void = format!("sale?ID={}&Void=true", sale.id);
    world.in_cin7(Method::DELETE, &void, None).await;
    let words = [
        "voided in Cin7 after it was confirmed",
        &sale.order_number,
        "226.00",
    ];
    world.assert_found("invoice", id, &words).await;
    let before = world.cin7_count();
    world.replay(id).await;
    assert!(world.writes(before).is_empty());
    world
        .assert_says(id, ledger::State::Attention, &["voided"])
        .await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_taken_back_to_draft_after_it_was_confirmed_is_for_a_person() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    let undo = format!("sale?ID={}", sale.id);
    world.in_cin7(Method::DELETE, &undo, None).await;
    let words = [
        "after it was confirmed",
        "226.00 USD",
        "no invoice that counts",
    ];
    world.assert_found("invoice", id, &words).await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_copied_with_its_mark_is_doubled_until_one_of_the_two_is_voided() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    world.clock.advance(super::LATER);
    let double = json!({
        "CustomerID": sale.header.customer_id, "Location": "Main Warehouse", "SkipQuote": true,
        "ExternalID": sale.header.external_id,
    });
    let double = world.in_cin7(Method::POST, "sale", Some(double)).await;
    let words = ["stands 2 times", &sale.order_number, "Void all but"];
    world.assert_found("invoice", id, &words).await;
    world.check_all_but_sales().await;

    let void = format!("sale?ID={}&Void=true", double["ID"].as_str().unwrap());
    world.in_cin7(Method::DELETE, &void, None).await;
    world.assert_right_again("invoice", id).await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_changed_after_it_was_confirmed_is_for_a_person_until_it_is_right_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    let made = world.payment(payment);
    world.change_payment_by_hand(&made, "99.00").await;
    let words = ["after it was confirmed", "100.00 USD", "99"];
    world.assert_found("payment", payment, &words).await;
    world.assert_confirmed(id).await;

    world.change_payment_by_hand(&made, "100.00").await;
    world.assert_right_again("payment", payment).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_deleted_after_it_was_confirmed_is_for_a_person_and_not_written_again() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let (kept, deleted) = (
        world.paid(id, "20.00").await,
        world.paid(id, "100.00").await,
    );
    world.delete_payment_by_hand(&world.payment(deleted)).await;
    let words = ["was confirmed", "100.00 USD", "somebody deleted it"];
    world.assert_found("payment", deleted, &words).await;
    world.assert_paid(id, kept, "20.00").await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_of_their_own_on_our_sale_is_no_difference_of_ours() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "100.00").await;
    world.pay_by_hand(&world.sale(id), "26.00").await;
    world.clock.advance(super::LATER);
    assert_eq!(
        world.paths_looked_over().await,
        ["saleList", "sale/payment"]
    );
    world.assert_paid(id, payment, "100.00").await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn what_freshbooks_changes_next_does_not_overwrite_what_was_found_changed() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    world.reprice_by_hand(&sale, "199.00").await;
    world.assert_found("invoice", id, &["224.87"]).await;
    let before = world.cin7_count();
    world.reprice(id, "150.00");
    world.tell().await;
    assert!(world.writes(before).is_empty());
    let words = ["Nothing was overwritten", "make the two agree"];
    world
        .assert_says(id, ledger::State::Attention, &words)
        .await;

    // That is for a person: a pass that knows of totals alone does not take it back.
    world.reprice_by_hand(&sale, "150.00").await;
    world.clock.advance(super::LATER);
    world.look_over().await;
    world
        .assert_says(id, ledger::State::Attention, &words)
        .await;
    world.replay(id).await;
    world.assert_stands(id).await;
    world.check().await;
}
