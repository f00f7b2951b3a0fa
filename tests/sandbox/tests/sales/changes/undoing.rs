//! The ways in which a sale is taken back: which DELETE serves a simple sale is unconfirmed.

use cin7_stand_in::{Fault, Matcher, Quirks};
use ledger::State;

use crate::world::{SETTINGS, Setup, World, dec};

const BY_INVOICE: &str = "\n[settings.cin7]\nundo = \"invoice\"\n";

fn account(quirks: fn(&mut Quirks), settings: &str) -> Setup {
    let mut setup = Setup::cin7(|account| quirks(&mut account.quirks));
    setup.settings = format!("{SETTINGS}{settings}");
    setup
}

/// Changes an invoice with a payment on it; the writes that this took until the sale was a draft.
async fn ways(setup: Setup) -> (World, Vec<String>) {
    let world = World::start_with(setup).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_stands(id).await;
    let posted = &world.standing(id).invoices[0];
    assert_eq!(posted.lines[0].price, dec("210.00"));
    world.assert_on(id, payment, "20.00").await;
    world.check().await;
    let mut writes = world.writes(before);
    writes.retain(|write| !write.ends_with("payment"));
    (world, writes)
}

const WHOLE: [&str; 3] = ["DELETE sale", "POST sale/order", "POST sale/invoice"];

#[tokio::test]
async fn by_default_the_whole_sale_is_taken_back() {
    let (_, writes) = ways(account(|_| {}, "")).await;
    assert_eq!(writes, WHOLE);
}

#[tokio::test]
async fn the_settings_choose_the_invoice_alone_where_cin7_allows_it() {
    let allows = |quirks: &mut Quirks| quirks.undoes_invoices_of_simple_sales = true;
    let (_, writes) = ways(account(allows, BY_INVOICE)).await;
    assert_eq!(writes, ["DELETE sale/invoice", "POST sale/invoice"]);
}

#[tokio::test]
async fn where_cin7_refuses_the_invoice_alone_the_whole_sale_is_taken_back() {
    let (_, writes) = ways(account(|_| {}, BY_INVOICE)).await;
    let expected = ["DELETE sale/invoice", WHOLE[0], WHOLE[1], WHOLE[2]];
    assert_eq!(writes, expected);
}

#[tokio::test]
async fn where_cin7_refuses_the_whole_sale_the_invoice_alone_is_taken_back() {
    let only_invoices = |quirks: &mut Quirks| {
        quirks.refuses_sale_undo = true;
        quirks.undoes_invoices_of_simple_sales = true;
    };
    let (_, writes) = ways(account(only_invoices, "")).await;
    let expected = ["DELETE sale", "DELETE sale/invoice", "POST sale/invoice"];
    assert_eq!(writes, expected);
}

#[tokio::test]
async fn where_cin7_refuses_both_the_sale_is_voided_and_another_made() {
    for settings in ["", BY_INVOICE] {
        let (world, writes) =
            ways(account(|quirks| quirks.refuses_sale_undo = true, settings)).await;
        let tail = [
            "DELETE sale",
            "POST sale",
            "POST sale/order",
            "POST sale/invoice",
        ];
        assert_eq!(writes[2..], tail, "{writes:?}");
        let sales = world.cin7.sales(&world.acme().keys);
        assert_eq!(sales.iter().filter(|sale| sale.voided).count(), 1);
    }
}

#[tokio::test]
async fn an_account_that_undoes_what_is_paid_keeps_each_payment_once() {
    for settings in ["", BY_INVOICE] {
        let lenient = |quirks: &mut Quirks| {
            quirks.undoes_paid_documents = true;
            quirks.undoes_invoices_of_simple_sales = true;
        };
        let (world, _) = ways(account(lenient, settings)).await;
        let sales = world.cin7.sales(&world.acme().keys);
        assert_eq!(sales[0].payments.len(), 1);
    }
}

#[tokio::test]
async fn where_cin7_refuses_undo_and_void_the_sale_stands_and_its_payments_go_on_again() {
    let world = World::start_with(account(|quirks| quirks.refuses_sale_undo = true, "")).await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    let sale = world.sale(id);
    // The undo is refused by itself, the void after it by the fault.
    world
        .cin7
        .fail(Matcher::new("DELETE", "sale").nth(2), Fault::Refused400);
    world.reprice(id, "210.00");
    world.tell().await;
    let record = world.record(id).await;
    assert_eq!(record.state, State::Attention, "{}", record.sentence);
    assert!(!world.sale(id).voided);
    assert_eq!(world.sale(id).invoices[0].lines, sale.invoices[0].lines);
    world.assert_paid(id, payment, "20.00").await;
    world.check().await;

    // Replayed when Cin7 lets it, the change goes through.
    world.replay(id).await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_order_that_was_kept_is_kept_over_a_second_change() {
    let allows = |quirks: &mut Quirks| quirks.undoes_invoices_of_simple_sales = true;
    let (world, _) = ways(account(allows, BY_INVOICE)).await;
    let records = world.plant.ledger().every_record().await.unwrap();
    let invoice = records.iter().find(|record| record.key.kind.is("invoice"));
    let id: i64 = invoice.unwrap().key.id.as_str().parse().unwrap();
    let before = world.cin7_count();
    world.reprice(id, "220.00");
    world.tell().await;
    world.assert_stands(id).await;
    let mut writes = world.writes(before);
    writes.retain(|write| !write.ends_with("payment"));
    assert_eq!(writes, ["DELETE sale/invoice", "POST sale/invoice"]);
    world.check().await;
}
