//! Invoices changed while they were crossing, and more than once.

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::LAG;
use crate::world::{Setup, World, dec, plain};

/// An invoice over 226.00 whose crossing stopped at a write of this path.
async fn stopped(world: &World, path: &str, fault: Fault) -> i64 {
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    world.cin7.fail(Matcher::new("POST", path), fault);
    let id = world.send(plain(client, "200.00")).await;
    world.work().await;
    let state = world.record(id).await.state;
    assert!(
        matches!(state, State::Uncertain | State::Retrying),
        "{path} {fault:?}: {state:?}"
    );
    id
}

#[tokio::test]
async fn an_invoice_changed_while_it_was_crossing_ends_as_the_newest_and_never_as_a_mixture() {
    for path in ["sale", "sale/order", "sale/invoice"] {
        for fault in [Fault::LostBefore, Fault::Limit429] {
            let world = World::start().await;
            let id = stopped(&world, path, fault).await;
            world.reprice(id, "300.00");
            world.tell().await;
            let what = format!("{path} {fault:?}");
            world
                .assert_ended("invoice", id, State::Confirmed, &what)
                .await;
            world.assert_stands(id).await;
            let sale = world.standing(id);
            assert_eq!(sale.order.lines[0].price, dec("300.00"), "{what}");
            assert_eq!(world.sales(id).len(), 1, "{what}");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn the_same_while_reads_lag() {
    for path in ["sale", "sale/order", "sale/invoice"] {
        for fault in [Fault::LostBefore, Fault::LostAfter] {
            let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
            let id = stopped(&world, path, fault).await;
            world.reprice(id, "300.00");
            world.tell().await;
            let what = format!("{path} {fault:?}");
            world
                .assert_ended("invoice", id, State::Confirmed, &what)
                .await;
            world.assert_stands(id).await;
            let sale = world.standing(id);
            assert_eq!(sale.order.lines[0].price, dec("300.00"), "{what}");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn a_header_that_is_wrong_by_the_time_of_the_order_is_replaced() {
    for path in ["sale/order", "sale/invoice"] {
        let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
        let id = stopped(&world, path, Fault::LostAfter).await;
        world.edit(id, |form| form.number = Some("R-2026-1".to_owned()));
        world.tell().await;
        world.assert_stands(id).await;
        assert_eq!(world.standing(id).header.customer_reference, "R-2026-1");
        world.check().await;
    }
}

#[tokio::test]
async fn changed_twice_quickly_while_reads_lag_it_ends_as_the_last() {
    for settings in ["", "\n[settings.cin7]\nundo = \"invoice\"\n"] {
        let mut setup = Setup::cin7(|account| {
            account.lag = LAG;
            account.quirks.undoes_invoices_of_simple_sales = true;
        });
        setup.settings += settings;
        let world = World::start_with(setup).await;
        let id = world.crossed("200.00").await;
        let payment = world.paid(id, "20.00").await;
        for cost in ["210.00", "220.00", "230.00"] {
            world.reprice(id, cost);
            world.tell_at_once().await;
        }
        world.settle().await;
        world.assert_stands(id).await;
        assert_eq!(world.standing(id).invoices[0].lines[0].price, dec("230.00"));
        world.assert_on(id, payment, "20.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn changed_right_after_it_crossed_while_reads_lag_it_is_followed() {
    let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let id = world.send(plain(client, "200.00")).await;
    world.work().await;
    let payment = world.pay(id, "20.00");
    world.tell_at_once().await;
    world.reprice(id, "210.00");
    world.change_payment(payment, |form| form.amount = dec("25.00"));
    world.tell_at_once().await;
    world.settle().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "25.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_and_its_invoice_changed_together_end_together() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "226.00").await;
    world.reprice(id, "100.00");
    world.change_payment(payment, |form| form.amount = dec("113.00"));
    world.tell().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "113.00").await;
    world.check().await;
}
