//! The order in which news arrives does not matter.

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in::PendingDelivery;
use ledger::State;

use crate::stories::LAG;
use crate::world::{Setup, World, dec, plain};

impl World {
    /// Webhooks arrive, whatever FreshBooks had in mind for them; nothing is worked on yet.
    async fn arrive<'a>(&self, news: impl IntoIterator<Item = &'a PendingDelivery>) {
        for delivery in news {
            let PendingDelivery {
                uri,
                signature,
                body,
                ..
            } = delivery;
            assert_eq!(self.receive(uri, signature, body).await, 200);
        }
    }

    /// An invoice that is sent, and the webhook of it, which has not arrived.
    fn unheard(&self, cost: &str) -> (i64, Vec<PendingDelivery>) {
        let account = &self.acme().account;
        let client = self.client("Harbour Studio");
        let id = self.freshbooks.create_invoice(account, plain(client, cost));
        self.freshbooks.take_pending();
        self.freshbooks.send_invoice(account, id).unwrap();
        (id, self.freshbooks.take_pending())
    }

    /// The webhook of a payment alone, without those of its invoice.
    fn news_of(&self, noun: &str) -> Vec<PendingDelivery> {
        let mut news = self.freshbooks.take_pending();
        let end = format!("/{noun}");
        news.retain(|delivery| delivery.uri.ends_with(&end));
        news
    }
}

#[tokio::test]
async fn a_payment_that_arrives_before_its_invoice_brings_it_in_the_same_pass() {
    let world = World::start().await;
    world.crossed("10.00").await;
    let (id, _) = world.unheard("200.00");
    let payment = world.pay(id, "100.00");
    let news = world.news_of("payment");
    assert_eq!(news.len(), 1);
    let before = world.cin7_count();
    world.arrive(&news).await;
    world.work().await;
    assert_eq!(world.record(id).await.state, State::Posted);
    let record = world.record_of("payment", payment).await;
    assert_eq!(record.state, State::Posted, "{}", record.sentence);
    let writes = [
        "POST sale",
        "POST sale/order",
        "POST sale/invoice",
        "POST sale/payment",
    ];
    assert_eq!(world.writes(before), writes);
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_that_is_brought_while_its_own_news_is_late_is_not_made_twice() {
    let world = World::start().await;
    let (id, late) = world.unheard("200.00");
    let payment = world.pay(id, "100.00");
    let news = world.news_of("payment");
    world.arrive(&news).await;
    world.settle().await;
    let before = world.cin7_count();
    world.arrive(&late).await;
    world.arrive(&news).await;
    world.settle().await;
    assert_eq!(world.cin7_count(), before, "unchanged costs nothing");
    world.assert_confirmed(id).await;
    world.assert_paid(id, payment, "100.00").await;
    world.check().await;
}

/// Every order of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut longer = Vec::new();
    for shorter in orders(count - 1) {
        for place in 0..=shorter.len() {
            let mut order = shorter.clone();
            order.insert(place, count - 1);
            longer.push(order);
        }
    }
    longer
}

/// The news of one history arrives in `order`, all at once or with work in between: an invoice was
/// sent and changed, paid twice, and one of the payments was deleted again.
async fn history(world: &World, order: &[usize], one_by_one: bool) {
    let (id, mut news) = world.unheard("200.00");
    let stays = world.pay(id, "100.00");
    let goes = world.pay(id, "50.00");
    world.reprice(id, "300.00");
    world.change_payment(stays, |form| form.amount = dec("110.00"));
    world.delete_payment(goes);
    let mut paid = world.news_of("payment");
    // That the other payment was made is said once more by its deletion.
    paid.remove(1);
    news.extend(paid);
    assert_eq!(
        news.len(),
        4,
        "an invoice, a payment, its change, a deletion"
    );
    for &at in order {
        world.arrive([&news[at]]).await;
        if one_by_one {
            world.settle().await;
        }
    }
    world.settle().await;
    world.assert_stands(id).await;
    world.assert_paid(id, stays, "110.00").await;
    assert!(
        world.payments_of(world.acme(), goes).is_empty(),
        "{order:?}"
    );
    let gone = world.record_of("payment", goes).await.state;
    assert!(
        matches!(gone, State::Skipped | State::Reversed),
        "{order:?}: {gone:?}"
    );
}

#[tokio::test]
async fn whatever_the_order_of_arrival_the_end_is_the_same() {
    let world = World::start().await;
    for (number, order) in orders(4).iter().enumerate() {
        // A token lives for twelve hours, and every other order takes some minutes.
        history(&world, order, number % 6 == 0).await;
    }
    world.check().await;
}

/// As people act, news arrives late: after how many of the further acts, for each of four.
async fn late_news(world: &World, lateness: [usize; 4]) {
    let (id, first) = world.unheard("200.00");
    let mut waiting: Vec<(usize, Vec<PendingDelivery>)> = vec![(lateness[0], first)];
    let payment = world.pay(id, "100.00");
    waiting.push((1 + lateness[1], world.freshbooks.take_pending()));
    for act in 1..5 {
        match act {
            2 => {
                world.reprice(id, "150.00");
                waiting.push((2 + lateness[2], world.freshbooks.take_pending()));
            }
            3 => {
                world.change_payment(payment, |form| form.amount = dec("60.00"));
                waiting.push((3 + lateness[3], world.freshbooks.take_pending()));
            }
            _ => {}
        }
        for (_, news) in waiting.extract_if(.., |(when, _)| *when <= act) {
            world.arrive(&news).await;
        }
        world.work().await;
    }
    for (_, news) in &waiting {
        world.arrive(news).await;
    }
    world.settle().await;
    let what = format!("{lateness:?}");
    world
        .assert_ended("invoice", id, State::Confirmed, &what)
        .await;
    world.assert_stands(id).await;
    world.assert_paid(id, payment, "60.00").await;
}

#[tokio::test]
async fn however_late_each_piece_of_news_is_the_end_is_the_same() {
    let world = World::start().await;
    for late in 0..16 {
        let lateness = [1, 2, 4, 8].map(|news| if late & news == 0 { 0 } else { 3 });
        late_news(&world, lateness).await;
    }
    world.check().await;
}

#[tokio::test]
async fn two_payments_that_arrive_before_their_invoice_bring_it_once() {
    let world = World::start().await;
    let (id, _) = world.unheard("200.00");
    let payments = [world.pay(id, "100.00"), world.pay(id, "126.00")];
    let news = world.news_of("payment");
    world.arrive(news.iter().rev()).await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.assert_paid(id, payments[0], "100.00").await;
    world.assert_paid(id, payments[1], "126.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_payment_that_needs_the_room_another_gave_up_finds_it_whichever_is_heard_of_first() {
    for reversed in [false, true] {
        let world = World::start().await;
        let id = world.crossed("200.00").await;
        let first = world.paid(id, "226.00").await;
        world.change_payment(first, |form| form.amount = dec("100.00"));
        let second = world.pay(id, "126.00");
        let mut news = world.news_of("payment");
        if reversed {
            news.reverse();
        }
        world.arrive(&news).await;
        world.settle().await;
        world.assert_paid(id, first, "100.00").await;
        world.assert_paid(id, second, "126.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_that_arrives_while_its_invoice_is_uncertain_waits_for_the_answer_and_crosses() {
    for path in ["sale", "sale/order", "sale/invoice"] {
        for fault in [Fault::LostAfter, Fault::LostBefore] {
            let world = World::start_with(Setup::cin7(|account| account.lag = LAG)).await;
            world.warm_up(world.client("Corner Bakery")).await;
            let (id, news) = world.unheard("200.00");
            world.cin7.fail(Matcher::new("POST", path), fault);
            world.arrive(&news).await;
            world.work().await;
            let what = format!("{path} {fault:?}");
            assert_eq!(world.record(id).await.state, State::Uncertain, "{what}");
            let before = world.cin7_count();
            let payment = world.pay(id, "100.00");
            world.tell_at_once().await;
            assert!(world.writes(before).is_empty(), "{what}");
            world.settle().await;
            world.assert_confirmed(id).await;
            world.assert_paid(id, payment, "100.00").await;
            world.check().await;
        }
    }
}

#[tokio::test]
async fn a_deletion_of_a_payment_that_was_never_heard_of_costs_no_call() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    let payment = world.pay(id, "100.00");
    world.delete_payment(payment);
    world.freshbooks.drop_pending_after(0);
    world.hint_at("payment", payment).await;
    world.settle().await;
    world
        .assert_payment_says(payment, State::Skipped, &["deleted"])
        .await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}
