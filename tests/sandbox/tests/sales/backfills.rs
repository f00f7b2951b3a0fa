//! Backfills: older documents cross, below the pace of live events.

mod killed;
mod pace;

use std::time::Duration;

use connections::{Error, NewBackfill};
use jiff::civil::{Date, date};
use ledger::{BackfillState, ConnectionId, State, Status};
use poller::{Done, Task};
use sync::Progress;

use crate::world::{Setup, World, plain};

const SINCE_2025: (&str, &str) = ("start_date = \"2026-01-01\"", "start_date = \"2025-01-01\"");

fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}

fn since(from: Date) -> NewBackfill {
    NewBackfill {
        from,
        to: None,
        kinds: Vec::new(),
        by: "Dana Reyes".to_owned(),
    }
}

/// A world whose connection may bring 2025 across, and a client whom Cin7 knows.
async fn world() -> (World, i64) {
    let world = World::start_with(Setup::settings(SINCE_2025.0, SINCE_2025.1)).await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    (world, client)
}

impl World {
    /// An invoice that was sent on that day, and of which no webhook ever came.
    fn old(&self, client: i64, day: Date) -> i64 {
        let mut form = plain(client, "10.00");
        form.date = Some(day);
        let account = &self.acme().account;
        let id = self.freshbooks.create_invoice(account, form);
        self.freshbooks.send_invoice(account, id).unwrap();
        self.freshbooks.take_pending();
        id
    }

    /// The same with a payment; both.
    fn old_and_paid(&self, client: i64, day: Date, paid_on: Date) -> (i64, i64) {
        let invoice = self.old(client, day);
        let payment = self.pay(invoice, "5.00");
        self.change_payment(payment, |payment| payment.date = Some(paid_on));
        self.freshbooks.take_pending();
        (invoice, payment)
    }

    async fn begin(&self, new: NewBackfill) -> Progress {
        let begun = self.plant.desk().start_backfill(&acme(), new).await;
        begun.unwrap()
    }

    async fn far(&self) -> Progress {
        self.plant.desk().show_backfill(&acme()).await.unwrap()
    }

    async fn pass(&self) -> Done {
        self.plant.poll(Task::Backfill).await.unwrap()
    }

    /// A minute: a pass, a sweep, and the work they make.
    async fn a_minute(&self) {
        self.pass().await;
        self.sweep().await;
        self.clock.advance(Duration::from_mins(1));
    }

    async fn until_ended(&self) -> Progress {
        for _ in 0..100 {
            let far = self.far().await;
            if far.state == BackfillState::Ended {
                return far;
            }
            self.a_minute().await;
        }
        panic!("it does not end: {:?}", self.far().await);
    }

    async fn refused(&self, new: NewBackfill) -> String {
        let begun = self.plant.desk().start_backfill(&acme(), new).await;
        match begun {
            Err(Error::Invalid(sentence)) => sentence,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_no_webhook_told_of_crosses_with_its_payments_and_is_counted() {
    let (world, client) = world().await;
    let (first, paid) = world.old_and_paid(client, date(2025, 2, 3), date(2025, 3, 1));
    let second = world.old(client, date(2025, 11, 30));
    let begun = world.begin(since(date(2025, 1, 1))).await;
    assert_eq!(
        (begun.state, begun.listed, begun.ends_at),
        (BackfillState::Running, false, None)
    );
    let ended = world.until_ended().await;
    // The invoice that crossed when the world began is dated this year, and was known.
    assert!(ended.listed && ended.ended_at.is_some());
    assert_eq!(
        [ended.found, ended.queued, ended.done, ended.left],
        [4, 3, 4, 0],
        "{ended:?}"
    );
    world.settle().await;
    for id in [first, second] {
        world.assert_confirmed(id).await;
    }
    world.assert_paid(first, paid, "5.00").await;
    let told = world.told(second).await;
    assert_eq!(told[0], "backfilled", "{told:?}");
    world.check().await;
}

#[tokio::test]
async fn a_second_backfill_of_the_same_days_calls_cin7_for_nothing() {
    let (world, client) = world().await;
    world.old_and_paid(client, date(2025, 2, 3), date(2025, 3, 1));
    world.begin(since(date(2025, 1, 1))).await;
    world.until_ended().await;
    world.settle().await;
    let lists = || {
        world.freshbooks_count("invoices/invoices") + world.freshbooks_count("payments/payments")
    };
    let (calls, listed) = (world.cin7_count(), lists());
    world.begin(since(date(2025, 1, 1))).await;
    let again = world.until_ended().await;
    assert_eq!([again.found, again.queued, again.done], [3, 0, 3]);
    assert_eq!(world.cin7_count(), calls, "calls of Cin7");
    assert_eq!(
        lists() - listed,
        26,
        "a page of each kind for each of thirteen months"
    );
}

#[tokio::test]
async fn only_the_days_and_kinds_that_were_asked_for_cross() {
    let (world, client) = world().await;
    let before = world.old(client, date(2025, 4, 30));
    let (first, late) = world.old_and_paid(client, date(2025, 5, 1), date(2025, 8, 1));
    let last = world.old(client, date(2025, 5, 31));
    let (after, not) = world.old_and_paid(client, date(2025, 6, 1), date(2025, 6, 2));
    let may = |kind: &str| NewBackfill {
        to: Some(date(2025, 5, 31)),
        kinds: vec![kind.parse().unwrap()],
        ..since(date(2025, 5, 1))
    };
    world.begin(may("invoice")).await;
    assert_eq!(world.until_ended().await.found, 2);
    let both = NewBackfill {
        kinds: Vec::new(),
        ..may("invoice")
    };
    world.begin(both).await;
    // A payment of August follows the invoice of May, and none the invoice of June.
    assert_eq!(world.until_ended().await.found, 3);
    world.settle().await;
    for id in [first, last] {
        world.assert_confirmed(id).await;
    }
    world.assert_paid(first, late, "5.00").await;
    for (kind, id) in [("invoice", before), ("invoice", after), ("payment", not)] {
        let key = ledger::RecordKey::parse("acme", kind, &id.to_string()).unwrap();
        assert_eq!(world.plant.ledger().record(&key).await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_was_skipped_for_its_date_crosses_when_the_start_date_allows_it() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let mut form = plain(client, "10.00");
    form.date = Some(date(2025, 12, 1));
    let id = world.send(form).await;
    world.settle().await;
    world
        .assert_says(id, State::Skipped, &["before the start date"])
        .await;
    let settings = Setup::settings(SINCE_2025.0, SINCE_2025.1).settings;
    let party = world.acme().clone();
    world.connect(&party, &settings).await;
    world.begin(since(date(2025, 12, 1))).await;
    assert_eq!(world.until_ended().await.queued, 1);
    world.settle().await;
    world.assert_confirmed(id).await;
}

#[tokio::test]
async fn a_paused_backfill_queues_nothing_and_goes_on_where_it_was() {
    let (world, client) = world().await;
    let ids: Vec<i64> = (1..=28)
        .map(|day| world.old(client, date(2025, 2, day)))
        .collect();
    world.begin(since(date(2025, 1, 1))).await;
    world.a_minute().await;
    let desk = world.plant.desk();
    let paused = desk.pause_backfill(&acme(), "Dana Reyes").await.unwrap();
    assert_eq!(paused.sentence, "It is paused; resume it to go on.");
    assert_eq!((paused.found, paused.queued), (29, 10));
    for _ in 0..3 {
        assert_eq!(world.pass().await.queued, 0);
    }
    desk.resume_backfill(&acme(), "Dana Reyes").await.unwrap();
    assert_eq!(world.until_ended().await.done, 29);
    world.settle().await;
    for id in ids {
        world.assert_confirmed(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn a_stopped_backfill_stays_stopped_and_another_may_begin() {
    let (world, client) = world().await;
    for day in 1..=28 {
        world.old(client, date(2025, 2, day));
    }
    world.begin(since(date(2025, 1, 1))).await;
    let refused = world.refused(since(date(2025, 1, 1))).await;
    assert!(refused.contains("stop it first"), "{refused}");
    world.a_minute().await;
    let desk = world.plant.desk();
    let stopped = desk.stop_backfill(&acme(), "Dana Reyes").await.unwrap();
    assert_eq!(
        (stopped.state, stopped.queued),
        (BackfillState::Stopped, 10)
    );
    assert_eq!(world.pass().await.queued, 0);
    for turned in [
        desk.resume_backfill(&acme(), "Dana Reyes").await,
        desk.stop_backfill(&acme(), "Dana Reyes").await,
    ] {
        assert!(matches!(turned, Err(Error::Invalid(_))), "{turned:?}");
    }
    world.begin(since(date(2025, 1, 1))).await;
    let ended = world.until_ended().await;
    assert_eq!([ended.found, ended.queued, ended.done], [29, 18, 29]);
}

#[tokio::test]
async fn while_the_connection_stands_still_its_backfill_waits() {
    let (world, client) = world().await;
    let id = world.old(client, date(2025, 2, 3));
    world.begin(since(date(2025, 1, 1))).await;
    let desk = world.plant.desk();
    desk.pause(&acme()).await.unwrap();
    let calls = || (world.cin7_count(), world.freshbooks.calls());
    let before = calls();
    for _ in 0..3 {
        world.a_minute().await;
    }
    assert_eq!(calls(), before);
    let waits = world.far().await;
    assert_eq!(waits.state, BackfillState::Running);
    assert!(
        waits
            .sentence
            .starts_with("It waits, because its connection does.")
    );
    assert_eq!(desk.resume(&acme()).await.unwrap().status, Status::Active);
    world.until_ended().await;
    world.settle().await;
    world.assert_confirmed(id).await;
}

#[tokio::test]
async fn days_and_kinds_that_cannot_be_are_told_and_nothing_begins() {
    let world = World::start().await;
    let kinds = |kind: &str| NewBackfill {
        kinds: vec![kind.parse().unwrap()],
        ..since(date(2026, 1, 1))
    };
    let to = |to: Date| NewBackfill {
        to: Some(to),
        ..since(date(2026, 1, 2))
    };
    let told = [
        world.refused(since(date(2025, 12, 31))).await,
        world.refused(to(date(2026, 1, 1))).await,
        world.refused(to(date(2046, 1, 3))).await,
        world.refused(kinds("bill")).await,
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    Nothing dated before the start date 2026-01-01 crosses, so a backfill of acme cannot begin on 2025-12-31; begin it on 2026-01-01, or set an earlier start_date first.
    A backfill from 2026-01-02 to 2026-01-01 would end before it begins; nothing was changed.
    A backfill from 2026-01-02 to 2046-01-03 is longer than 20 years; nothing was changed.
    No bill crosses, so none can be brought across; say invoice, payment or both.
    ");
    let none = world.plant.desk().show_backfill(&acme()).await;
    assert!(matches!(none, Err(Error::NotFound(_))), "{none:?}");
}
