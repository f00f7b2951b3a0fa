//! Payments of bills, as payments of their purchases.

mod lost;

use freshbooks_stand_in::DeletedById;
use ledger::State;

use crate::world::{Setup, World, dec};

async fn world() -> World {
    World::start_with(Setup::of_purchases()).await
}

#[tokio::test]
async fn a_look_at_a_bill_brings_its_payments_and_each_costs_one_call() {
    let world = world().await;
    let bill = world.owed("100.00").await;
    let (first, second) = (world.pay_bill(bill, "40.00"), world.pay_bill(bill, "73.00"));
    let before = world.cin7_count();
    world.look_at(&world.key_of("bill", bill)).await;
    let writes = ["POST advanced-purchase/payment"; 2];
    assert_eq!(world.writes(before), writes);
    world.assert_bill_paid(first, "40.00", "first").await;
    world.assert_bill_paid(second, "73.00", "second").await;
    let key = world.bill_payment_key(first);
    let payment = world.bill_payments_at(&key).remove(0);
    assert_eq!(payment.account, "090");

    let before = world.cin7_count();
    world.ask_again(&world.key_of("bill", bill)).await;
    world.ask_again(&key).await;
    world.work().await;
    assert_eq!(world.cin7_count(), before, "unchanged costs no call");
    world.check().await;
}

#[tokio::test]
async fn a_payment_brings_its_bill() {
    let world = world().await;
    let bill = world.owe("100.00");
    let payment = world.pay_bill(bill, "113.00");
    world.look_at(&world.bill_payment_key(payment)).await;
    world
        .assert_stands_at(&world.key_of("bill", bill), "")
        .await;
    world.assert_bill_paid(payment, "113.00", "").await;
    world.check().await;
}

#[tokio::test]
async fn a_changed_payment_is_changed_where_it_stands_and_one_moved_moves() {
    let world = world().await;
    let (bill, other) = (world.owed("100.00").await, world.owed("50.00").await);
    let payment = world.pay_bill(bill, "40.00");
    let key = world.bill_payment_key(payment);
    world.look_at(&key).await;
    let before = world.cin7_count();
    world.change_bill_payment(payment, |form| form.amount = dec("45.00"));
    world.look_at(&key).await;
    assert_eq!(world.writes(before), ["PUT advanced-purchase/payment"]);
    world.assert_bill_paid(payment, "45.00", "changed").await;

    world.change_bill_payment(payment, |form| form.bill_id = other);
    world.look_at(&key).await;
    world.assert_bill_paid(payment, "45.00", "moved").await;
    let account = &world.acme().account.account_id;
    let purchases = world.cin7.purchases(&world.acme().keys);
    let of_other = format!("freshbooks:{account}:bill:{other}");
    let paid = purchases.iter().find(|it| !it.payments.is_empty()).unwrap();
    assert!(paid.header.note.starts_with(&of_other));
    world.check().await;
}

#[tokio::test]
async fn a_deleted_payment_is_taken_off_however_freshbooks_shows_that() {
    let ways: [(DeletedById, bool); 3] = [
        (DeletedById::Readable, false),
        (DeletedById::Readable, true),
        (DeletedById::Errno1011, false),
    ];
    for (by_id, shown_in_bill) in ways {
        let what = format!("{by_id:?} {shown_in_bill}");
        let world = world().await;
        let account = &world.acme().account;
        world.freshbooks.set_quirks(account, |quirks| {
            quirks.deleted_by_id = by_id;
            quirks.bill_shows_deleted_payments = shown_in_bill;
        });
        let bill = world.owed("100.00").await;
        let payment = world.pay_bill(bill, "40.00");
        let key = world.bill_payment_key(payment);
        world.look_at(&key).await;
        world.assert_bill_paid(payment, "40.00", &what).await;
        let deleted = world.freshbooks.delete_bill_payment(account, payment);
        deleted.unwrap();
        // The bill's own look finds that out.
        world.look_at(&world.key_of("bill", bill)).await;
        world.settle().await;
        world
            .assert_at(&key, State::Reversed, &["taken back"])
            .await;
        assert!(world.bill_payments_at(&key).is_empty(), "{what}");
        world.check().await;
    }
}

#[tokio::test]
async fn payments_are_put_on_again_when_their_bill_changes_and_wait_when_it_goes() {
    let world = world().await;
    let bill = world.owed("100.00").await;
    let payment = world.pay_bill(bill, "40.00");
    let key = world.bill_payment_key(payment);
    world.look_at(&key).await;
    let bill_key = world.key_of("bill", bill);
    world.change_bill(bill, |form| form.lines[0].unit_cost = dec("120.00"));
    world.look_at(&bill_key).await;
    world.assert_stands_at(&bill_key, "changed").await;
    world.assert_bill_paid(payment, "40.00", "changed").await;

    let account = &world.acme().account;
    world.freshbooks.delete_bill(account, bill).unwrap();
    world.look_at(&bill_key).await;
    world.assert_at(&bill_key, State::Reversed, &[]).await;
    assert!(world.bill_payments_at(&key).is_empty());
    world.assert_at(&key, State::Waiting, &["bill"]).await;

    world.freshbooks.undelete_bill(account, bill).unwrap();
    world.look_at(&bill_key).await;
    world.assert_bill_paid(payment, "40.00", "restored").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_larger_than_what_is_open_is_for_a_person_with_both_figures() {
    let world = world().await;
    let bill = world.owed("100.00").await;
    let first = world.pay_bill(bill, "100.00");
    world.look_at(&world.bill_payment_key(first)).await;
    let second = world.pay_bill(bill, "20.00");
    let key = world.bill_payment_key(second);
    let before = world.cin7_count();
    world.look_at(&key).await;
    let words = ["20.00 USD", "13.00 USD", "deposit"];
    world.assert_at(&key, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());

    // Once the other is smaller, both fit.
    world.change_bill_payment(first, |form| form.amount = dec("90.00"));
    world.look_at(&key).await;
    world.assert_bill_paid(first, "90.00", "smaller").await;
    world.assert_bill_paid(second, "20.00", "fits").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_edited_in_cin7_is_left_alone() {
    for deleted in [false, true] {
        let world = world().await;
        let bill = world.owed("100.00").await;
        let payment = world.pay_bill(bill, "40.00");
        let key = world.bill_payment_key(payment);
        world.look_at(&key).await;
        let purchases = world.cin7.purchases(&world.acme().keys);
        let paid = purchases.iter().find(|it| !it.payments.is_empty()).unwrap();
        let edited = world
            .cin7
            .change_purchase(&world.acme().keys, paid.id, |purchase| {
                purchase.payments[0].amount = dec("39.00");
            });
        assert!(edited);
        let before = world.cin7_count();
        let account = &world.acme().account;
        if deleted {
            let gone = world.freshbooks.delete_bill_payment(account, payment);
            gone.unwrap();
        } else {
            world.change_bill_payment(payment, |form| form.amount = dec("45.00"));
        }
        world.look_at(&key).await;
        let words = ["not in Cin7 as it was left", "39"];
        world.assert_at(&key, State::Attention, &words).await;
        assert!(world.writes(before).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn the_expense_that_a_payment_was_matched_with_stays_out() {
    let world = world().await;
    let bill = world.owed("100.00").await;
    let payment = world.pay_bill(bill, "113.00");
    let expense = world.spend("100.00");
    let account = &world.acme().account;
    let matched = world.freshbooks.match_expense(account, expense, payment);
    matched.unwrap();
    world.look_at(&world.bill_payment_key(payment)).await;
    world.look_at(&world.key_of("expense", expense)).await;
    world.assert_bill_paid(payment, "113.00", "").await;
    let key = world.key_of("expense", expense);
    world
        .assert_at(&key, State::Skipped, &["bank's side"])
        .await;
    assert_eq!(world.cin7.purchases(&world.acme().keys).len(), 1);
    world.check().await;
}
