//! Catching up: what no webhook told of is found by asking FreshBooks, and nothing is asked for twice.

mod filters;
mod killed;
mod kinds;
mod measured;
mod times;
mod troubles;

use std::time::Duration;

use freshbooks_stand_in::{DeletedById, Quirks};
use jiff::civil::{Date, date};
use ledger::State;

use crate::world::{Setup, World, plain, taxed};

impl World {
    /// An invoice that was sent, and of which no webhook ever came.
    fn untold(&self, client: i64, amount: &str) -> i64 {
        self.untold_of(client, amount, None)
    }

    /// The same, dated on that day.
    fn untold_of(&self, client: i64, amount: &str, day: Option<Date>) -> i64 {
        let mut form = plain(client, amount);
        form.date = day;
        let account = &self.acme().account;
        let id = self.freshbooks.create_invoice(account, form);
        self.freshbooks.send_invoice(account, id).unwrap();
        self.freshbooks.take_pending();
        id
    }

    /// Another price, of which no webhook ever comes.
    fn reprice_unheard(&self, id: i64, amount: &str) {
        let lines = vec![taxed("Consulting", "1", amount)];
        let account = &self.acme().account;
        let edit = |form: &mut freshbooks_stand_in::NewInvoice| form.lines = lines;
        self.freshbooks.update_invoice(account, id, edit).unwrap();
        self.freshbooks.take_pending();
    }

    fn delete_unheard(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.delete_invoice(account, id).unwrap();
        self.freshbooks.take_pending();
    }

    fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        self.freshbooks.set_quirks(&self.acme().account, change);
    }
}

/// A world with a client whom Cin7 knows, caught up with.
async fn world() -> (World, i64) {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    assert_eq!(world.catch_up().await.caught_up, 0, "webhooks told it all");
    (world, client)
}

#[tokio::test]
async fn an_invoice_and_its_payment_cross_though_no_webhook_ever_came() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "200.00");
    let payment = world.pay(invoice, "50.00");
    world.freshbooks.take_pending();
    world.clock.advance(Duration::from_mins(15));
    let done = world.catch_up().await;
    assert_eq!((done.caught_up, done.left), (2, 0));
    world.settle().await;
    world.assert_confirmed(invoice).await;
    world.assert_paid(invoice, payment, "50.00").await;
    assert_eq!(world.told(invoice).await[0], "caught up");
    world.check().await;
}

#[tokio::test]
async fn what_changed_is_caught_up_with_and_what_did_not_costs_nothing() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "200.00");
    world.catch_up().await;
    world.settle().await;
    world.reprice_unheard(invoice, "150.00");
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(invoice).await;
    let (cin7, fetched) = (world.cin7_count(), world.freshbooks_count("/invoices"));
    for full in [false, true, false] {
        world.clock.advance(Duration::from_mins(15));
        let done = world.try_to_catch_up(full).await.unwrap();
        assert_eq!((done.caught_up, done.left), (0, 0));
    }
    world.settle().await;
    let calls = world.cin7_count() - cin7;
    assert_eq!(
        calls, 3,
        "what people changed in Cin7, three times, and nothing else"
    );
    let lists = world.freshbooks_count("/invoices") - fetched;
    assert_eq!(lists, 6, "what changed and what was deleted, three times");
    world.check().await;
}

/// A poll catches up and then confirms: what is to be looked at again is left to that look.
#[tokio::test]
async fn a_deletion_found_by_a_poll_is_not_forgotten_because_the_same_poll_confirms() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "200.00");
    world.catch_up().await;
    world.settle_all_but_confirm().await;
    assert_eq!(world.record(invoice).await.state, State::Posted);
    world.delete_unheard(invoice);
    world.clock.advance(Duration::from_mins(15));
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    assert_eq!(world.record(invoice).await.state, State::Reversed);
    world.check().await;
}

#[tokio::test]
async fn a_change_that_does_not_matter_asks_for_no_look() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "200.00");
    world.catch_up().await;
    world.settle().await;
    let account = &world.acme().account;
    world.freshbooks.view_invoice(account, invoice).unwrap();
    world.freshbooks.archive_invoice(account, invoice).unwrap();
    world.freshbooks.take_pending();
    let done = world.catch_up().await;
    assert_eq!(done.caught_up, 0);
    assert!(done.compared > 0, "{done:?}");
}

#[tokio::test]
async fn what_was_deleted_is_taken_back_and_what_was_brought_back_crosses_again() {
    for (by_id, moves) in [
        (DeletedById::Readable, true),
        (DeletedById::Readable, false),
        (DeletedById::Errno1011, true),
        (DeletedById::Errno1011, false),
    ] {
        let (world, client) = world().await;
        world.quirks(|quirks| {
            quirks.deleted_by_id = by_id;
            quirks.delete_moves_updated = moves;
        });
        let invoice = world.untold(client, "200.00");
        let payment = world.pay(invoice, "50.00");
        world.freshbooks.take_pending();
        world.catch_up().await;
        world.settle().await;
        // Long after, so that no overlap helps.
        world.clock.advance(Duration::from_hours(24 * 9));
        world.catch_up().await;
        world.settle().await;
        world.delete_payment(payment);
        world.delete_unheard(invoice);
        world.clock.advance(Duration::from_mins(15));
        let what = format!("{by_id:?} {moves}");
        assert_eq!(world.catch_up().await.caught_up, 2, "{what}");
        world.settle().await;
        let record = world.record(invoice).await;
        assert_eq!(record.state, State::Reversed, "{what}: {}", record.sentence);
        assert!(
            world.sales(invoice).iter().all(|sale| sale.voided),
            "{what}"
        );
        assert_eq!(world.catch_up().await.caught_up, 0, "{what}");
        world
            .freshbooks
            .undelete_invoice(&world.acme().account, invoice)
            .unwrap();
        world.undelete_payment(payment);
        world.freshbooks.take_pending();
        world.clock.advance(Duration::from_mins(15));
        assert_eq!(world.catch_up().await.caught_up, 2, "{what}");
        world.settle().await;
        let standing = world.standing_sales_of(world.acme(), invoice);
        assert_eq!(standing.len(), 1, "{what}");
        assert_eq!(standing[0].payments.len(), 1, "{what}");
        world.check().await;
    }
}

#[tokio::test]
async fn what_is_queued_or_worked_on_is_left_alone() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "200.00");
    assert_eq!(world.catch_up().await.caught_up, 1);
    assert_eq!(world.catch_up().await.caught_up, 0);
    world.reprice_unheard(invoice, "150.00");
    assert_eq!(world.catch_up().await.caught_up, 0);
    assert_eq!(world.messages("connector.fifo").await, 1);
    world.settle().await;
    world.assert_confirmed(invoice).await;
    assert_eq!(world.catch_up().await.caught_up, 0);
    world.check().await;
}

#[tokio::test]
async fn what_waits_is_looked_at_again_only_when_it_changed() {
    let (world, client) = world().await;
    let account = world.acme().account.clone();
    let draft = world
        .freshbooks
        .create_invoice(&account, plain(client, "75.00"));
    world.freshbooks.take_pending();
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    world.assert_says(draft, State::Waiting, &["draft"]).await;
    for full in [false, true] {
        let done = world.try_to_catch_up(full).await.unwrap();
        assert_eq!(done.caught_up, 0);
    }
    world.freshbooks.send_invoice(&account, draft).unwrap();
    world.freshbooks.take_pending();
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(draft).await;
}

#[tokio::test]
async fn nothing_dated_before_the_start_date_is_asked_for_unless_it_crossed() {
    let (world, client) = world().await;
    let old = world.untold_of(client, "20.00", Some(date(2025, 12, 31)));
    let new = world.untold_of(client, "20.00", Some(date(2026, 1, 1)));
    for full in [false, true] {
        let done = world.try_to_catch_up(full).await.unwrap();
        assert_eq!(done.caught_up, usize::from(!full), "only {new}");
        world.settle().await;
    }
    world.assert_confirmed(new).await;
    let unknown = world.plant.ledger().record(&world.key(old)).await.unwrap();
    assert_eq!(unknown, None);
    // What stands in Cin7 is looked at whatever day it is moved to.
    let account = &world.acme().account;
    let moved = |form: &mut freshbooks_stand_in::NewInvoice| form.date = Some(date(2025, 12, 30));
    world
        .freshbooks
        .update_invoice(account, new, moved)
        .unwrap();
    world.freshbooks.take_pending();
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    world
        .assert_says(new, State::Reversed, &["start date"])
        .await;
}

#[tokio::test]
async fn more_than_the_sweep_can_queue_is_left_to_the_passes_that_follow() {
    let (world, client) = world().await;
    let ids: Vec<i64> = (0..330).map(|_| world.untold(client, "10.00")).collect();
    let done = world.catch_up().await;
    assert_eq!((done.caught_up, done.queued, done.left), (300, 20, 1));
    // No more is added than went on to the queue.
    let again = world.catch_up().await;
    assert_eq!((again.caught_up, again.left), (20, 1));
    let third = world.catch_up().await;
    assert_eq!((third.caught_up, third.left), (10, 0));
    world.settle().await;
    for id in ids {
        assert_eq!(world.record(id).await.state, State::Confirmed);
    }
    assert_eq!(world.catch_up().await.caught_up, 0);
}

#[tokio::test]
async fn while_the_connection_stands_still_freshbooks_is_not_asked() {
    let (world, client) = world().await;
    let invoice = world.untold(client, "10.00");
    let id = "acme".parse().unwrap();
    world.plant.desk().pause(&id).await.unwrap();
    let calls = world.freshbooks.calls().len();
    assert_eq!(world.catch_up_in_full().await.caught_up, 0);
    assert_eq!(world.freshbooks.calls().len(), calls);
    world.plant.desk().resume(&id).await.unwrap();
    assert_eq!(world.catch_up().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn without_a_start_date_nothing_older_than_the_connection_crosses_by_itself() {
    let world = World::start_with(Setup::settings("start_date = \"2026-01-01\"\n", "")).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let old = world.untold_of(client, "20.00", Some(date(2026, 1, 4)));
    let new = world.untold_of(client, "20.00", Some(date(2026, 1, 5)));
    assert_eq!(world.catch_up_in_full().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(new).await;
    let unknown = world.plant.ledger().record(&world.key(old)).await.unwrap();
    assert_eq!(unknown, None);
}
