//! The period in which something crossed was closed since: by Cin7's lock date, or by a start date that
//! was moved past it. Nothing of it is taken back any more.

use std::time::Duration;

use freshbooks_stand_in::NewPayment;
use jiff::civil::{Date, date};
use ledger::State;

use crate::world::{SETTINGS, World, dec};

/// The day on which everything here crosses, if no other is named.
const TODAY: Date = date(2026, 1, 5);

impl World {
    /// The books are locked in Cin7 up to and including a day, or opened again; whoever read them before
    /// that reads them anew after an hour.
    fn lock(&self, day: Option<Date>) {
        let keys = &self.acme().keys;
        self.cin7
            .change_account(keys, |account| account.lock_date = day);
        self.clock.advance(Duration::from_hours(1));
    }

    /// The owner moves the start date.
    async fn start_crossing_on(&self, day: &str) {
        let settings = SETTINGS.replace("2026-01-01\"\nlocation", &format!("{day}\"\nlocation"));
        assert!(settings.contains(&format!("start_date = \"{day}\"")));
        self.connect(self.acme(), &settings).await;
    }
}

/// An invoice of today over 226.00 with a payment of 20.00 of another day on it.
async fn paid_on(world: &World, day: Date) -> (i64, i64) {
    let id = world.crossed("200.00").await;
    let payment = world.pay_as(NewPayment {
        invoice_id: id,
        amount: dec("20.00"),
        date: Some(day),
        payment_type: "Check".to_owned(),
        ..NewPayment::default()
    });
    world.tell().await;
    world.assert_paid(id, payment, "20.00").await;
    (id, payment)
}

/// What FreshBooks announces leads to no write, and `words` are told of the invoice; its payment stays.
async fn told_of_the_invoice(world: &World, (id, payment): (i64, i64), words: &[&str]) {
    let (before, sale) = (world.cin7_count(), world.sale(id));
    world.tell().await;
    world.assert_says(id, State::Attention, words).await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.sale(id).updated, sale.updated);
    world.assert_paid(id, payment, "20.00").await;
    world.check().await;
}

/// The same of a payment; its invoice stays.
async fn told_of_the_payment(world: &World, (id, payment): (i64, i64), words: &[&str]) {
    let (before, sale) = (world.cin7_count(), world.sale(id));
    world.tell().await;
    world
        .assert_payment_says(payment, State::Attention, words)
        .await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.sale(id).updated, sale.updated);
    assert_eq!(world.payment(payment).amount, dec("20.00"));
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_locked_since_is_not_taken_back_to_move_it_to_an_open_day() {
    let world = World::start().await;
    let both = paid_on(&world, TODAY).await;
    let (id, payment) = both;
    world.lock(Some(TODAY));
    world.edit(id, |form| form.date = Some(date(2026, 1, 6)));
    let words = ["stands in Cin7 on 2026-01-05", "Nothing was touched"];
    told_of_the_invoice(&world, both, &words).await;

    world.lock(None);
    world.replay(id).await;
    world.assert_stands(id).await;
    assert_eq!(world.standing(id).invoices[0].date, date(2026, 1, 6));
    world.assert_on(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_locked_since_is_not_voided_when_it_is_deleted() {
    let world = World::start().await;
    let both = paid_on(&world, TODAY).await;
    world.lock(Some(TODAY));
    world.delete(both.0);
    let words = ["stands in Cin7 on 2026-01-05", "Nothing was touched"];
    told_of_the_invoice(&world, both, &words).await;

    world.lock(None);
    world.replay(both.0).await;
    world
        .assert_says(both.0, State::Reversed, &["taken back in Cin7"])
        .await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_locked_since_is_not_removed_when_it_is_deleted() {
    let world = World::start().await;
    let both = paid_on(&world, date(2026, 1, 3)).await;
    let (id, payment) = both;
    world.lock(Some(date(2026, 1, 3)));
    world.delete_payment(payment);
    let words = ["stands in Cin7 on 2026-01-03", "Nothing was touched"];
    told_of_the_payment(&world, both, &words).await;

    world.lock(None);
    world.replay_payment(payment).await;
    world
        .assert_payment_says(payment, State::Reversed, &["taken back in Cin7"])
        .await;
    assert!(world.sale(id).payments.is_empty());
    world.check().await;
}

#[tokio::test]
async fn an_invoice_of_an_open_day_is_not_taken_apart_where_its_payment_is_locked() {
    for deleted in [false, true] {
        let world = World::start().await;
        let both = paid_on(&world, date(2026, 1, 3)).await;
        world.lock(Some(date(2026, 1, 3)));
        if deleted {
            world.delete(both.0);
        } else {
            world.reprice(both.0, "210.00");
        }
        let words = ["stands in Cin7 on 2026-01-03", "Nothing was touched"];
        told_of_the_invoice(&world, both, &words).await;
    }
}

#[tokio::test]
async fn the_lock_date_set_back_is_seen_by_the_replay_that_its_sentence_asks_for() {
    let world = World::start().await;
    let both = paid_on(&world, TODAY).await;
    let (id, payment) = both;
    world.lock(Some(TODAY));
    world.edit(id, |form| form.date = Some(date(2026, 1, 6)));
    let words = ["have the lock date set before 2026-01-05", "replay"];
    told_of_the_invoice(&world, both, &words).await;

    let keys = &world.acme().keys;
    world
        .cin7
        .change_account(keys, |account| account.lock_date = None);
    world.clock.advance(Duration::from_mins(5));
    world.replay(id).await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_from_before_a_start_date_set_since_is_not_voided_for_a_change() {
    let world = World::start().await;
    let both = paid_on(&world, TODAY).await;
    let (id, payment) = both;
    world.start_crossing_on("2026-02-01").await;
    world.reprice(id, "210.00");
    let words = ["2026-01-05", "start date 2026-02-01", "It crossed before"];
    told_of_the_invoice(&world, both, &words).await;

    world.start_crossing_on("2026-01-01").await;
    world.replay(id).await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_from_before_a_start_date_set_since_is_not_removed_for_a_change() {
    let world = World::start().await;
    let both = paid_on(&world, date(2026, 1, 3)).await;
    let (id, payment) = both;
    world.start_crossing_on("2026-01-04").await;
    world.change_payment(payment, |form| form.amount = dec("25.00"));
    let words = ["2026-01-03", "start date 2026-01-04", "It crossed before"];
    told_of_the_payment(&world, both, &words).await;

    world.start_crossing_on("2026-01-01").await;
    world.replay_payment(payment).await;
    world.assert_paid(id, payment, "25.00").await;
    world.check().await;
}
