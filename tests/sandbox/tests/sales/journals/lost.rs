//! Every write of a journal under every fault, with and without a lag between writing and reading.

use std::time::Duration;

use cin7_stand_in::{Fault, LedgerStatus, Matcher};
use ledger::State;

use super::{assert_booked, setup};
use crate::stories::{FAULTS, LAG, LOST};
use crate::world::World;

const PATH: &str = "journal";

async fn world(lag: Duration) -> World {
    let mut setup = setup();
    setup.cin7.lag = lag;
    World::start_with(setup).await
}

async fn every_fault_of(method: &'static str, faults: &[Fault], lag: Duration) {
    let world = world(lag).await;
    for &fault in faults {
        let what = format!("{method} {fault:?} {lag:?}");
        let id = world.enter_journal("10.00");
        let key = world.entry_key(id);
        if method == "DELETE" {
            world.look_at(&key).await;
            world.change_journal_entry(id, "12.00");
        }
        world.cin7.fail(Matcher::new(method, PATH), fault);
        world.look_at(&key).await;
        world.assert_stands_at(&key, &what).await;
        let amount = if method == "DELETE" { "12.00" } else { "10.00" };
        assert_booked(&world, &key, amount);
        assert_eq!(
            world.record_at(&key).await.cin7.total.as_deref(),
            Some(amount),
            "{what}"
        );
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_a_new_journal_there_is_one() {
    every_fault_of("POST", &FAULTS, Duration::ZERO).await;
    every_fault_of("POST", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_its_completion_it_is_booked() {
    every_fault_of("PUT", &FAULTS, Duration::ZERO).await;
    every_fault_of("PUT", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_changed_journal_the_new_one_stands_alone() {
    every_fault_of("DELETE", &FAULTS, Duration::ZERO).await;
    every_fault_of("DELETE", &LOST, LAG).await;
}

#[tokio::test]
async fn an_entry_changed_while_its_journal_is_uncertain_stands_once_as_it_is_now() {
    for method in ["POST", "PUT"] {
        for fault in [Fault::LostAfter, Fault::LostBefore] {
            let world = world(LAG).await;
            let id = world.enter_journal("10.00");
            let key = world.entry_key(id);
            world.cin7.fail(Matcher::new(method, PATH), fault);
            world.ask_again(&key).await;
            world.work().await;
            assert_eq!(world.record_at(&key).await.state, State::Uncertain);
            world.change_journal_entry(id, "12.00");
            world.look_at(&key).await;
            world
                .assert_stands_at(&key, &format!("{method} {fault:?}"))
                .await;
            assert_booked(&world, &key, "12.00");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn killed_at_any_write_an_entry_stands_once() {
    for method in ["POST", "PUT", "DELETE"] {
        let world = world(Duration::ZERO).await;
        let id = world.enter_journal("10.00");
        let key = world.entry_key(id);
        if method == "DELETE" {
            world.look_at(&key).await;
            world.change_journal_entry(id, "12.00");
        }
        world.ask_again(&key).await;
        let before = world.cin7_count();
        let is_there = |call: &cin7_stand_in::Call| call.method == method && call.path == PATH;
        let killed = world
            .crash_when(|| world.cin7_calls(before).iter().any(is_there))
            .await;
        assert!(killed, "{method}");
        world.settle().await;
        world.assert_stands_at(&key, method).await;
        let amount = if method == "DELETE" { "12.00" } else { "10.00" };
        assert_booked(&world, &key, amount);
        let voided = world.journals_at(&key);
        let voided = voided
            .iter()
            .filter(|it| it.status == LedgerStatus::Voided)
            .count();
        assert_eq!(voided, usize::from(method == "DELETE"));
        world.check().await;
    }
}
