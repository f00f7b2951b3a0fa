//! Every write of a bill payment under every fault, with and without a lag between writing and reading.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::stories::{FAULTS, LAG, LOST};
use crate::world::{Setup, World, dec};

const PATH: &str = "advanced-purchase/payment";
const REMOVAL: &str = "purchase/payment";

async fn owed(lag: Duration) -> (World, i64) {
    let mut setup = Setup::of_purchases();
    setup.cin7.lag = lag;
    let world = World::start_with(setup).await;
    let bill = world.owed("20000.00").await;
    (world, bill)
}

async fn every_fault_of(method: &'static str, faults: &[Fault], lag: Duration) {
    let (world, bill) = owed(lag).await;
    for &fault in faults {
        let what = format!("{method} {fault:?} {lag:?}");
        let payment = world.pay_bill(bill, "10.00");
        let key = world.bill_payment_key(payment);
        let path = if method == "DELETE" { REMOVAL } else { PATH };
        if method != "POST" {
            world.look_at(&key).await;
            world.assert_bill_paid(payment, "10.00", &what).await;
        }
        match method {
            "PUT" => world.change_bill_payment(payment, |form| form.amount = dec("12.00")),
            "DELETE" => {
                let account = &world.acme().account;
                let deleted = world.freshbooks.delete_bill_payment(account, payment);
                deleted.unwrap();
            }
            _ => {}
        }
        world.cin7.fail(Matcher::new(method, path), fault);
        world.look_at(&key).await;
        match method {
            "DELETE" => {
                let record = world.record_at(&key).await;
                assert_eq!(record.state, State::Reversed, "{what}: {}", record.sentence);
                assert!(world.bill_payments_at(&key).is_empty(), "{what}");
            }
            "PUT" => world.assert_bill_paid(payment, "12.00", &what).await,
            _ => world.assert_bill_paid(payment, "10.00", &what).await,
        }
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_a_new_bill_payment_there_is_one() {
    every_fault_of("POST", &FAULTS, Duration::ZERO).await;
    every_fault_of("POST", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_changed_bill_payment_it_is_changed() {
    every_fault_of("PUT", &FAULTS, Duration::ZERO).await;
    every_fault_of("PUT", &LOST, LAG).await;
}

#[tokio::test]
async fn whatever_befalls_a_removed_bill_payment_it_is_gone() {
    every_fault_of("DELETE", &FAULTS, Duration::ZERO).await;
    every_fault_of("DELETE", &LOST, LAG).await;
}
