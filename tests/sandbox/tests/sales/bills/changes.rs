//! Bills changed in FreshBooks after they crossed.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in::NewBill;
use jiff::civil::date;
use ledger::State;

use crate::stories::{LAG, LOST, SORTS};
use crate::world::{Setup, World, bought, dec};

/// Changes a bill that crossed and expects Cin7 to follow, in as many purchases.
async fn follows(change: impl FnOnce(&mut NewBill), purchases: usize) -> (World, i64) {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    world.edit_bill(id, change);
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(world.purchases(id).len(), purchases);
    world.check().await;
    (world, id)
}

#[tokio::test]
async fn another_price_is_taken_back_and_posted_again_in_the_same_purchase() {
    let (world, id) = follows(|form| form.lines[0].unit_cost = dec("210.00"), 1).await;
    let purchase = world.standing_purchase(id);
    assert_eq!(purchase.order.charges[0].price, dec("210.00"));
    assert_eq!(purchase.invoices[0].charges[0].price, dec("210.00"));
}

#[tokio::test]
async fn a_line_added_to_a_bill_follows() {
    let add = |form: &mut NewBill| form.lines.push(bought("Delivery", "1", "9.00"));
    let (world, id) = follows(add, 1).await;
    assert_eq!(world.standing_purchase(id).invoices[0].charges.len(), 2);
}

#[tokio::test]
async fn another_day_of_a_bill_follows_though_no_figure_changes() {
    let (world, id) = follows(|form| form.issue_date = Some(date(2026, 1, 4)), 1).await;
    let invoice = world.standing_purchase(id).invoices.remove(0);
    assert_eq!(invoice.date, Some(date(2026, 1, 4)));
}

#[tokio::test]
async fn another_number_or_vendor_of_a_bill_is_another_purchase_under_the_next_mark() {
    let (world, id) = follows(|form| form.number = "R-1".to_owned(), 2).await;
    let note = world.standing_purchase(id).header.note;
    assert!(
        note.starts_with(&format!("{}:2\n", world.bill_mark(id))),
        "{note}"
    );
    assert_eq!(world.standing_purchase(id).invoices[0].number, "R-1");

    let other = world.vendor("Paper Mill");
    world.edit_bill(id, |form| form.vendor_id = other);
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(world.standing_purchase(id).header.supplier, "Paper Mill");
    assert_eq!(world.purchases(id).len(), 3);
    world.check().await;
}

#[tokio::test]
async fn a_change_of_a_bill_costs_two_looks_one_undo_and_two_posts() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let before = world.cin7_count();
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    let writes = [
        "DELETE advanced-purchase",
        "POST purchase/order",
        "POST advanced-purchase/invoice",
    ];
    assert_eq!(world.writes(before), writes);
    assert_eq!(world.cin7_count() - before, writes.len() + 2);
    world.check().await;
}

#[tokio::test]
async fn a_change_of_a_bill_taken_back_before_it_is_looked_at_costs_no_call() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let before = world.cin7_count();
    world.reprice_bill(id, "210.00");
    world.reprice_bill(id, "200.00");
    world.tell_bill(id).await;
    assert_eq!(world.cin7_count(), before);
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_change_of_a_bill_that_cannot_be_planned_leaves_the_purchase_and_says_so() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let before = world.cin7_count();
    world.edit_bill(id, |form| {
        let levied = freshbooks_stand_in::NewBillLine::new("Steel", dec("1"), dec("5.00"), 0);
        form.lines.push(levied.tax("VAT", dec("20")));
    });
    world.tell_bill(id).await;
    let number = world.standing_purchase(id).order_number;
    let words = ["VAT 20", number.as_str(), "still holds the version before"];
    world.assert_bill_says(id, State::Waiting, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_change_in_a_period_locked_since_is_for_a_person() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let keys = &world.acme().keys;
    world.cin7.change_account(keys, |account| {
        account.lock_date = Some(date(2026, 1, 31));
    });
    world.clock.advance(Duration::from_hours(2));
    let before = world.cin7_count();
    world.edit_bill(id, |form| form.issue_date = Some(date(2026, 2, 2)));
    world.tell_bill(id).await;
    let words = ["2026-01-05", "locked", "2026-01-31"];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_start_date_moved_past_a_bill_leaves_its_purchase_and_says_so() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let later = Setup::buying().settings.replace("2026-01-01", "2026-01-10");
    world.connect(world.acme(), &later).await;
    let before = world.cin7_count();
    world.reprice_bill(id, "210.00");
    world.tell_bill(id).await;
    let words = ["It crossed before that date was set"];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

/// One bill changes again and again, each time under another fault of one write.
async fn every_fault_of(
    (method, path): (&str, &str),
    faults: &[Fault],
    lag: Duration,
    change: impl Fn(&mut NewBill, usize),
) {
    let mut setup = Setup::buying();
    setup.cin7.lag = lag;
    let world = World::start_with(setup).await;
    let id = world.crossed_bill("200.00").await;
    for (number, &fault) in faults.iter().enumerate() {
        world.clock.advance(Duration::from_mins(5));
        world.cin7.fail(Matcher::new(method, path), fault);
        world.edit_bill(id, |form| change(form, number));
        world.tell_bill(id).await;
        let what = format!("{method} {path} {fault:?} {lag:?}");
        world.assert_ended("bill", id, State::Posted, &what).await;
        world.assert_bill_stands(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn whatever_befalls_a_change_of_a_bill_it_goes_through_once() {
    let reprice = |form: &mut NewBill, number: usize| {
        form.lines[0].unit_cost = dec(&format!("{}.00", 300 + number));
    };
    for call in [
        ("DELETE", "advanced-purchase"),
        ("POST", "purchase/order"),
        ("POST", "advanced-purchase/invoice"),
    ] {
        every_fault_of(call, &SORTS, Duration::ZERO, reprice).await;
        every_fault_of(call, &LOST, LAG, reprice).await;
    }
}

#[tokio::test]
async fn whatever_befalls_replacing_a_purchase_one_other_takes_its_place() {
    let renumber = |form: &mut NewBill, number: usize| form.number = format!("R-{number}");
    for call in [
        ("DELETE", "advanced-purchase"),
        ("POST", "advanced-purchase"),
    ] {
        every_fault_of(call, &SORTS, Duration::ZERO, renumber).await;
        every_fault_of(call, &LOST, LAG, renumber).await;
    }
}
