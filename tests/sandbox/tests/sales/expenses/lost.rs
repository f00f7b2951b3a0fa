//! Every write of a money operation under every fault, with and without a lag between writing and
//! reading.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World, dec};

const PATH: &str = "moneyOperation";

async fn every_fault_of(method: &'static str, faults: &[Fault], lag: Duration) {
    let mut setup = Setup::of_money();
    setup.cin7.lag = lag;
    let world = World::start_with(setup).await;
    for &fault in faults {
        let what = format!("{method} {fault:?} {lag:?}");
        let id = world.spend("100.00");
        let key = world.key_of("expense", id);
        if method == "DELETE" {
            world.look_at(&key).await;
            world.change_expense(id, |form| form.tax1 = None);
        }
        world.cin7.fail(Matcher::new(method, PATH), fault);
        world.look_at(&key).await;
        world.assert_stands_at(&key, &what).await;
        world.assert_moved(&key, "113.00");
        let untaxed = world.operation_at(&key).lines[0].tax == dec("0");
        assert_eq!(untaxed, method == "DELETE", "{what}");
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_a_new_operation_there_is_one() {
    every_fault_of("POST", &FAULTS, Duration::ZERO).await;
    every_fault_of("POST", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_its_completion_it_is_booked() {
    every_fault_of("PUT", &FAULTS, Duration::ZERO).await;
    every_fault_of("PUT", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_changed_operation_the_new_one_stands_alone() {
    every_fault_of("DELETE", &FAULTS, Duration::ZERO).await;
    every_fault_of("DELETE", &LOST, LAG).await;
}
