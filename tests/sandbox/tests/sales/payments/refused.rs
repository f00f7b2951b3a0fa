//! Cin7 refuses to let a payment go.

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::world::World;

/// What was sent for it is what would be sent now, so that there is nothing to do although the record
/// no longer takes it for standing.
#[tokio::test]
async fn a_payment_that_cin7_did_not_let_go_and_that_comes_back_is_not_touched() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "10.00").await;
    let refused = Matcher::new("DELETE", "sale/payment");
    world.cin7.fail(refused, Fault::Refused400);
    world.delete_payment(payment);
    world.tell().await;
    world
        .assert_says_of("payment", payment, State::Attention, &[])
        .await;
    let before = world.cin7_count();
    world.undelete_payment(payment);
    world.tell_at_once().await;
    assert_eq!(world.cin7_count(), before, "nothing has to be asked");
    world.settle().await;
    world.assert_paid(id, payment, "10.00").await;
    world.check().await;
}
