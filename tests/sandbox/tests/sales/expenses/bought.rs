//! Expenses that become purchases with their payment: one record, four writes.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World, dec};

const HEADER: &str = "advanced-purchase";
const ORDER: &str = "purchase/order";
const INVOICE: &str = "advanced-purchase/invoice";
const PAYMENT: &str = "advanced-purchase/payment";
const REMOVAL: &str = "purchase/payment";

async fn world() -> World {
    World::start_with(Setup::of_purchases()).await
}

#[tokio::test]
async fn an_expense_becomes_a_purchase_that_is_paid_and_a_repeat_costs_no_call() {
    let world = world().await;
    let first = world.key_of("expense", world.spend("10.00"));
    world.ask_again(&first).await;
    world.work().await;
    let key = world.key_of("expense", world.spend("100.00"));
    let before = world.cin7_count();
    world.ask_again(&key).await;
    world.work().await;
    let writes = [HEADER, ORDER, INVOICE, PAYMENT].map(|path| format!("POST {path}"));
    assert_eq!(world.writes(before), writes);
    assert_eq!(world.cin7_count(), before + 4, "and no other call");
    world.assert_stands_at(&key, "").await;
    world.assert_bought(&key, "113.00");
    let record = world.record_at(&key).await;
    assert_eq!(record.cin7.total.as_deref(), Some("113.00"));

    let before = world.cin7_count();
    world.ask_again(&key).await;
    world.work().await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}

#[tokio::test]
async fn a_changed_expense_is_bought_anew_and_a_deleted_one_is_taken_back() {
    let world = world().await;
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    for net in ["50.00", "100.00"] {
        let form = crate::world::expense_form(net);
        world.change_expense(id, |expense| {
            expense.amount = form.amount;
            expense.tax1 = form.tax1;
        });
        world.look_at(&key).await;
        world.assert_stands_at(&key, net).await;
        let total = if net == "50.00" { "56.50" } else { "113.00" };
        world.assert_bought(&key, total);
    }
    let account = &world.acme().account;
    world.freshbooks.delete_expense(account, id).unwrap();
    world.look_at(&key).await;
    world
        .assert_at(&key, State::Reversed, &["taken back"])
        .await;
    let purchases = world.purchases_at(&key);
    assert!(
        purchases
            .iter()
            .all(|it| it.voided && it.payments.is_empty())
    );

    world.freshbooks.undelete_expense(account, id).unwrap();
    world.look_at(&key).await;
    world.assert_bought(&key, "113.00");
    world.check().await;
}

#[tokio::test]
async fn a_change_crosses_in_the_form_that_the_settings_choose_by_then() {
    let world = world().await;
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    let party = world.acme().clone();
    world.connect(&party, &Setup::of_money().settings).await;
    world.look_at(&key).await;
    world.assert_bought(&key, "113.00");

    world.change_expense(id, |form| form.notes = "Nails".to_owned());
    world.look_at(&key).await;
    world.assert_moved(&key, "113.00");
    assert!(world.purchases_at(&key).iter().all(|it| it.voided));

    world.connect(&party, &Setup::of_purchases().settings).await;
    world.change_expense(id, |form| form.notes = "Bolts".to_owned());
    world.look_at(&key).await;
    world.assert_bought(&key, "113.00");
    world.check().await;
}

async fn every_fault_of(method: &'static str, path: &'static str, lag: Duration) {
    let mut setup = Setup::of_purchases();
    setup.cin7.lag = lag;
    let world = World::start_with(setup).await;
    let faults: &[Fault] = if lag.is_zero() { &FAULTS } else { &LOST };
    for &fault in faults {
        let what = format!("{method} {path} {fault:?} {lag:?}");
        let id = world.spend("100.00");
        let key = world.key_of("expense", id);
        if method == "DELETE" {
            world.look_at(&key).await;
            world.change_expense(id, |form| form.notes = "Nails".to_owned());
        }
        world.cin7.fail(Matcher::new(method, path), fault);
        world.look_at(&key).await;
        world.assert_stands_at(&key, &what).await;
        world.assert_bought(&key, "113.00");
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_the_payment_of_an_expense_there_is_one() {
    every_fault_of("POST", PAYMENT, Duration::ZERO).await;
    every_fault_of("POST", PAYMENT, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_its_taking_back_the_new_one_stands_alone() {
    for path in [REMOVAL, HEADER] {
        every_fault_of("DELETE", path, Duration::ZERO).await;
        every_fault_of("DELETE", path, LAG).await;
    }
}

#[tokio::test]
async fn an_expense_whose_purchase_was_edited_or_paid_otherwise_in_cin7_is_left_alone() {
    for paid in [false, true] {
        let world = world().await;
        let id = world.spend("100.00");
        let key = world.key_of("expense", id);
        world.look_at(&key).await;
        let purchase = world.purchases_at(&key).remove(0);
        let edited = world
            .cin7
            .change_purchase(&world.acme().keys, purchase.id, |purchase| {
                if paid {
                    purchase.payments[0].amount = dec("110.00");
                } else {
                    purchase.invoices[0].charges[0].account = Some("420".to_owned());
                }
            });
        assert!(edited);
        let before = world.cin7_count();
        world.change_expense(id, |form| form.notes = "Nails".to_owned());
        world.look_at(&key).await;
        let words = ["not as it was left", "Nothing was overwritten"];
        world.assert_at(&key, State::Attention, &words).await;
        assert!(world.writes(before).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn killed_between_taking_the_payment_off_and_voiding_the_purchase_it_ends_as_it_is_now() {
    for reverted in [false, true] {
        let world = world().await;
        let id = world.spend("100.00");
        let key = world.key_of("expense", id);
        world.look_at(&key).await;
        world.change_expense(id, |form| form.notes = "Nails".to_owned());
        world.ask_again(&key).await;
        let before = world.cin7_count();
        let is_there = |call: &cin7_stand_in::Call| call.method == "DELETE" && call.path == REMOVAL;
        let killed = world
            .crash_when(|| world.cin7_calls(before).iter().any(is_there))
            .await;
        assert!(killed);
        if reverted {
            world.change_expense(id, |form| form.notes = "Screws".to_owned());
        }
        world.settle().await;
        world.look_at(&key).await;
        world.assert_stands_at(&key, &format!("{reverted}")).await;
        world.assert_bought(&key, "113.00");
        world.check().await;
    }
}
