//! Sales of services alone: two calls instead of three, where Cin7 makes them what was asked for.

use cin7_stand_in::{Fault, Matcher, Quirks, SaleType};
use ledger::State;

use super::{account, crosses, tax};
use crate::world::{SETTINGS, Setup, World, line, plain, taxed};

const SWITCH: &str = "service_sales = true";

fn honours(quirks: &mut Quirks) {
    quirks.honours_service_only = true;
}

/// The writes of a second invoice of a known client.
async fn writes(setup: Setup) -> (World, i64, Vec<String>) {
    let world = World::start_with(setup).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let before = world.cin7_count();
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    let calls = world.cin7_calls(before);
    let writes = world.writes(before);
    assert_eq!(calls.len(), writes.len(), "nothing is read: {calls:?}");
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
    (world, id, writes)
}

const THREE: [&str; 3] = ["POST sale", "POST sale/order", "POST sale/invoice"];

#[tokio::test]
async fn services_alone_take_two_calls_where_cin7_makes_a_service_sale_of_them() {
    let (world, id, two) = writes(account(honours, SWITCH)).await;
    assert_eq!(two, ["POST sale", "POST sale/invoice"]);
    assert_eq!(world.sale(id).sale_type, SaleType::Service);
    for quirks in [|_: &mut Quirks| {}, honours] {
        let (world, id, three) = writes(account(quirks, "")).await;
        assert_eq!(three, THREE);
        assert_eq!(world.sale(id).sale_type, SaleType::Simple);
    }
}

#[tokio::test]
async fn a_sale_that_cin7_did_not_make_a_service_sale_gets_its_order() {
    let (_, _, three) = writes(account(|_| {}, SWITCH)).await;
    assert_eq!(three, THREE);
}

#[tokio::test]
async fn goods_are_sold_with_an_order() {
    let lines = vec![
        taxed("Design", "1", "20.00"),
        line("Blue Widget", "2", "5.00"),
    ];
    let (world, id) = crosses(account(honours, SWITCH), lines).await;
    assert_eq!(world.sale(id).sale_type, SaleType::Simple);
}

#[tokio::test]
async fn a_changed_service_sale_is_taken_back_and_its_invoice_posted_again() {
    let (world, id) = crosses(account(honours, SWITCH), tax()).await;
    let payment = world.paid(id, "20.00").await;
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    let mut writes = world.writes(before);
    writes.retain(|write| !write.ends_with("payment"));
    assert_eq!(writes, ["DELETE sale", "POST sale/invoice"]);
    assert_eq!(world.sales(id).len(), 1, "no sale was voided");
    world.check().await;
}

#[tokio::test]
async fn a_service_sale_to_which_goods_are_added_is_replaced() {
    let (world, id) = crosses(account(honours, SWITCH), tax()).await;
    world.edit(id, |form| form.lines.push(line("Blue Widget", "1", "9.99")));
    world.tell().await;
    world.assert_stands(id).await;
    assert_eq!(world.standing(id).sale_type, SaleType::Simple);
    world.check().await;
}

#[tokio::test]
async fn switching_the_setting_leaves_the_sales_that_stand_what_they_are() {
    for (first, second) in [("", SWITCH), (SWITCH, "")] {
        let (world, id) = crosses(account(honours, first), tax()).await;
        let settings = format!("{SETTINGS}\n[settings.cin7]\n{second}\n");
        world.connect(world.acme(), &settings).await;
        world.reprice(id, "210.00");
        world.tell().await;
        world.assert_stands(id).await;
        assert_eq!(world.sales(id).len(), 1, "no sale was voided");
        world.check().await;
    }
}

#[tokio::test]
async fn whatever_befalls_a_service_sale_it_crosses_once() {
    for path in ["sale", "sale/invoice"] {
        for fault in [
            Fault::LostBefore,
            Fault::LostAfter,
            Fault::TruncatedJson { applied: true },
        ] {
            let world = World::start_with(account(honours, SWITCH)).await;
            world.cin7.fail(Matcher::new("POST", path), fault);
            let id = world.send(plain(world.client("Client"), "250.00")).await;
            world.settle().await;
            world.assert_confirmed(id).await;
            let sale = world.sale(id);
            assert_eq!(sale.sale_type, SaleType::Service, "{path} {fault:?}");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn a_header_that_cin7_refused_is_asked_for_as_the_settings_say_now() {
    let world = World::start_with(account(honours, SWITCH)).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    world
        .cin7
        .fail(Matcher::new("POST", "sale"), Fault::Refused400);
    let id = world.send(plain(client, "250.00")).await;
    world.work().await;
    world.assert_says(id, State::Attention, &[]).await;
    world.connect(world.acme(), SETTINGS).await;
    world.replay(id).await;
    world.assert_confirmed(id).await;
    assert_eq!(world.sale(id).sale_type, SaleType::Simple);
    world.check().await;
}
