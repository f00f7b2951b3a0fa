//! The forms that a purchase may have: bill first or goods first, goods or services, and whichever way
//! Cin7 turns out to treat them.

use cin7_stand_in::{Approach, DocumentStatus, PurchaseQuirks, PurchaseType};
use freshbooks_stand_in::NewBill;
use ledger::State;

use crate::world::{Setup, World, bought, dec};

const SERVICES: &str = "\n[settings.cin7]\nservice_purchases = true\n";
const STOCK_FIRST: &str = "\n[settings.purchases]\napproach = \"STOCK\"\n";
const GOODS: &str = "\n[settings.products]\n\"Blue widgets\" = \"WIDGET-1\"\n";

async fn world_with(more: &str, change: impl FnOnce(&mut PurchaseQuirks)) -> World {
    let mut setup = Setup::buying_with(more);
    change(&mut setup.cin7.quirks.purchases);
    World::start_with(setup).await
}

/// A bill crosses, is changed and follows; the purchase in the end.
async fn crosses_and_follows(world: &World) -> i64 {
    let id = world.crossed_bill("200.00").await;
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(world.purchases(id).len(), 1, "taken back and posted again");
    world.check().await;
    id
}

#[tokio::test]
async fn a_bill_of_services_is_a_service_purchase_where_the_settings_say_so() {
    let cases: [fn(&mut PurchaseQuirks); 3] = [
        |_| {},
        |quirks| quirks.invoices_service_without_order = true,
        |quirks| {
            quirks.invoices_service_without_order = true;
            quirks.refuses_orders_of_services = true;
        },
    ];
    for change in cases {
        let world = world_with(SERVICES, change).await;
        let id = crosses_and_follows(&world).await;
        let purchase = world.standing_purchase(id);
        assert_eq!(purchase.purchase_type, PurchaseType::Service);
    }
}

#[tokio::test]
async fn a_service_purchase_that_takes_neither_order_nor_invoice_is_told_with_the_reason() {
    let refuses = |quirks: &mut PurchaseQuirks| quirks.refuses_orders_of_services = true;
    let world = world_with(SERVICES, refuses).await;
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "10.00");
    world.tell_bill(id).await;
    let words = ["Order is not available for a Service Purchase"];
    world.assert_bill_says(id, State::Attention, &words).await;

    // Once Cin7 takes it, a replay goes on where it was.
    let keys = &world.acme().keys;
    world.cin7.change_account(keys, |account| {
        account.quirks.purchases.refuses_orders_of_services = false;
    });
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(world.purchases(id).len(), 1);
    world.check().await;
}

#[tokio::test]
async fn switching_service_purchases_or_the_approach_voids_nothing_that_stands() {
    let world = world_with("", |_| {}).await;
    let id = world.crossed_bill("200.00").await;
    for more in [SERVICES, STOCK_FIRST] {
        let settings = Setup::buying_with(more).settings;
        world.connect(world.acme(), &settings).await;
        world.edit_bill(id, |form| form.lines[0].quantity += dec("1"));
        world.tell_bill(id).await;
        world.assert_bill_stands(id).await;
        assert_eq!(world.purchases(id).len(), 1);
        let purchase = world.standing_purchase(id);
        assert_eq!(purchase.purchase_type, PurchaseType::Simple);
        assert_eq!(purchase.approach, Approach::Invoice);
    }
    world.check().await;
}

#[tokio::test]
async fn goods_are_lines_with_their_product_and_the_rest_are_charges() {
    let world = world_with(GOODS, |_| {}).await;
    let id = world.bill_of(NewBill {
        vendor_id: world.vendor("Bolt Makers Ltd"),
        number: "INV-78".to_owned(),
        lines: vec![
            bought("Blue widgets", "12", "2.50"),
            bought("Delivery", "1", "9.00"),
        ],
        ..NewBill::default()
    });
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    let purchase = world.standing_purchase(id);
    for (lines, charges) in [
        (&purchase.order.lines, &purchase.order.charges),
        (&purchase.invoices[0].lines, &purchase.invoices[0].charges),
    ] {
        assert_eq!((lines.len(), charges.len()), (1, 1));
        assert_eq!(
            (lines[0].sku.as_str(), lines[0].quantity),
            ("WIDGET-1", dec("12"))
        );
        assert_eq!(charges[0].reference, "Delivery");
    }
    world.check().await;
}

#[tokio::test]
async fn goods_first_the_invoice_waits_until_they_are_received() {
    for word in ["STOCK", "RECEIVE"] {
        let more = GOODS.to_owned() + &STOCK_FIRST.replace("STOCK", word);
        let world = world_with(&more, |_| {}).await;
        let id = world.bill_of(NewBill {
            vendor_id: world.vendor("Bolt Makers Ltd"),
            number: "INV-79".to_owned(),
            lines: vec![bought("Blue widgets", "12", "2.50")],
            ..NewBill::default()
        });
        world.tell_bill(id).await;
        let purchase = world.standing_purchase(id);
        assert_eq!(purchase.approach, Approach::Stock);
        assert_eq!(purchase.order.status, DocumentStatus::Authorised);
        let words = [purchase.order_number.as_str(), "received"];
        world.assert_bill_says(id, State::Waiting, &words).await;

        assert!(world.cin7.receive_stock(&world.acme().keys, purchase.id));
        let record = world.record_of("bill", id).await;
        world.pass_until(record.due_at.unwrap());
        world.sweep().await;
        world.assert_bill_stands(id).await;
        world.check().await;

        // What was received is not taken back behind anybody's back.
        let before = world.cin7_count();
        world.reprice_bill(id, "2.60");
        world.tell_bill(id).await;
        let words = ["received stock", "Nothing was overwritten"];
        world.assert_bill_says(id, State::Attention, &words).await;
        assert!(world.writes(before).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn a_bill_changed_while_its_goods_are_awaited_changes_its_order() {
    let more = GOODS.to_owned() + STOCK_FIRST;
    let world = world_with(&more, |_| {}).await;
    let id = world.bill_of(NewBill {
        vendor_id: world.vendor("Bolt Makers Ltd"),
        number: "INV-80".to_owned(),
        lines: vec![bought("Blue widgets", "12", "2.50")],
        ..NewBill::default()
    });
    world.tell_bill(id).await;
    world.reprice_bill(id, "2.60");
    world.tell_bill(id).await;
    let purchase = world.standing_purchase(id);
    assert_eq!(purchase.order.status, DocumentStatus::Authorised);
    assert_eq!(purchase.order.lines[0].price, dec("2.60"));
    world
        .assert_bill_says(id, State::Waiting, &["received"])
        .await;
    assert!(world.cin7.receive_stock(&world.acme().keys, purchase.id));
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn the_task_of_the_invoice_is_found_wherever_cin7_shows_it() {
    let own = |quirks: &mut PurchaseQuirks| quirks.tasks_have_ids_of_their_own = true;
    let hidden = |quirks: &mut PurchaseQuirks| quirks.header_shows_no_task = true;
    crosses_and_follows(&world_with("", own).await).await;
    crosses_and_follows(&world_with("", hidden).await).await;
    let by_group = "\n[settings.cin7]\npurchase_task = \"group\"\n";
    let both = |quirks: &mut PurchaseQuirks| {
        quirks.tasks_have_ids_of_their_own = true;
        quirks.header_shows_no_task = true;
    };
    let id = crosses_and_follows(&world_with(by_group, both).await).await;
    assert!(id > 0);
}

#[tokio::test]
async fn a_purchase_that_the_invoice_made_an_advanced_one_is_followed_as_well() {
    for undo in ["sale", "invoice"] {
        let more = format!("\n[settings.cin7]\nundo = \"{undo}\"\n");
        let converts =
            |quirks: &mut PurchaseQuirks| quirks.invoice_converts_simple_purchases = true;
        let world = world_with(&more, converts).await;
        let id = crosses_and_follows(&world).await;
        let purchase = world.standing_purchase(id);
        assert_eq!(purchase.purchase_type, PurchaseType::Advanced);
    }
}

#[tokio::test]
async fn an_invoice_alone_is_taken_back_where_cin7_does_that_and_else_the_purchase() {
    let more = "\n[settings.cin7]\nundo = \"invoice\"\n";
    for served in [true, false] {
        let world = world_with(more, |quirks| {
            quirks.undoes_invoices_of_simple_purchases = served;
        });
        let world = world.await;
        let before = world.cin7_count();
        crosses_and_follows(&world).await;
        let mut deleted = world.writes(before);
        deleted.retain(|write| write.starts_with("DELETE"));
        let (alone, whole) = (
            "DELETE advanced-purchase/invoice",
            "DELETE advanced-purchase",
        );
        let wanted = if served {
            vec![alone]
        } else {
            vec![alone, whole]
        };
        assert_eq!(deleted, wanted);
    }
}

#[tokio::test]
async fn a_delete_that_cin7_answers_and_does_not_do_is_told_to_a_person() {
    let world = world_with("", |quirks| quirks.deletes_change_nothing = true).await;
    let id = world.crossed_bill("200.00").await;
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    let record = world.record_of("bill", id).await;
    assert_eq!(record.state, State::Attention, "{}", record.sentence);
    let purchase = world.standing_purchase(id);
    assert_eq!(purchase.invoice_total(&purchase.invoices[0]), dec("226.00"));
    world.check().await;
}
