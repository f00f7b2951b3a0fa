//! Replays: looking again because a person asks, which is always safe.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::{RecordKey, State};
use poller::Task;

use crate::world::{SETTINGS, Setup, World, dec, plain};

/// What a person may choose by.
#[derive(Default)]
struct Choice {
    kind: Option<&'static str>,
    id: Option<i64>,
    state: Option<State>,
    since: Option<jiff::Timestamp>,
}

impl World {
    /// Robin asks for a replay; how many records were meant. Afterwards everything settles.
    async fn replayed(&self, choice: Choice) -> usize {
        let task = Task::Replay {
            connection: self.key(1).connection,
            kind: choice
                .kind
                .map(|kind| RecordKey::parse("acme", kind, "1").unwrap().kind),
            id: choice.id.map(|id| self.key(id).id),
            state: choice.state,
            since: choice.since,
            by: "Robin".to_owned(),
            why: "the month is being closed".to_owned(),
        };
        let done = self.plant.poll(task).await.unwrap();
        self.settle().await;
        done.replayed
    }

    /// Everything in Cin7, when each sale was last changed.
    fn cin7_as_it_is(&self) -> String {
        let sales = self.cin7.sales(&self.acme().keys);
        format!("{sales:?}")
    }
}

/// Two invoices, of which one is paid, and a third that waits for a setting.
async fn business() -> (World, [i64; 3], i64) {
    let world = World::start().await;
    let first = world.crossed("200.00").await;
    let second = world.crossed("50.00").await;
    let payment = world.paid(first, "100.00").await;
    let mut form = plain(world.client("Corner Bakery"), "10.00");
    form.lines[0] = crate::world::line("Cake", "1", "10.00").tax("VAT", dec("10"));
    let third = world.send(form).await;
    world.settle().await;
    world.assert_says(third, State::Waiting, &["VAT 10"]).await;
    (world, [first, second, third], payment)
}

#[tokio::test]
async fn one_record_is_replayed_without_a_write_and_it_is_recorded_who_asked_and_why() {
    let (world, [first, ..], _) = business().await;
    let before = world.cin7_count();
    let choice = Choice {
        kind: Some("invoice"),
        id: Some(first),
        ..Choice::default()
    };
    assert_eq!(world.replayed(choice).await, 1);
    assert_eq!(world.cin7_count(), before, "not even a read");
    world.assert_confirmed(first).await;
    let trail = world.trail(first).await;
    let asked: Vec<_> = trail
        .iter()
        .filter(|entry| entry.what == "replayed")
        .collect();
    let [asked] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(asked.by, "Robin");
    assert_eq!(asked.detail["why"], "the month is being closed");
    world.check().await;
}

#[tokio::test]
async fn a_record_that_there_is_not_is_no_replay() {
    let (world, ..) = business().await;
    let choice = Choice {
        kind: Some("invoice"),
        id: Some(4_040_404),
        ..Choice::default()
    };
    assert_eq!(world.replayed(choice).await, 0);
    world.check().await;
}

#[tokio::test]
async fn a_set_is_chosen_by_state_by_kind_and_by_time() {
    let (world, [first, second, third], payment) = business().await;
    let waiting = Choice {
        state: Some(State::Waiting),
        ..Choice::default()
    };
    assert_eq!(world.replayed(waiting).await, 1);
    let payments = Choice {
        kind: Some("payment"),
        ..Choice::default()
    };
    assert_eq!(world.replayed(payments).await, 1);
    let invoices = Choice {
        kind: Some("invoice"),
        state: Some(State::Confirmed),
        ..Choice::default()
    };
    assert_eq!(world.replayed(invoices).await, 2);

    world.clock.advance(Duration::from_mins(30));
    let later = Choice {
        since: Some(world.plant.clock().now()),
        ..Choice::default()
    };
    assert_eq!(world.replayed(later).await, 0, "nothing changed since");
    let now = world.plant.clock().now();
    let fourth = world.crossed("20.00").await;
    let later = Choice {
        since: Some(now),
        ..Choice::default()
    };
    assert_eq!(world.replayed(later).await, 1);

    let times = async |kind: &str, id: i64| {
        let told = world.told_of(kind, id).await;
        told.iter().filter(|what| *what == "replayed").count()
    };
    assert_eq!(times("invoice", first).await, 1);
    assert_eq!(times("invoice", second).await, 1);
    assert_eq!(times("invoice", third).await, 1);
    assert_eq!(times("invoice", fourth).await, 1);
    assert_eq!(times("payment", payment).await, 1);
    world.check().await;
}

#[tokio::test]
async fn ten_replays_of_everything_change_nothing_in_cin7() {
    let (world, [first, second, third], payment) = business().await;
    let gone = world.crossed("30.00").await;
    world.delete(gone);
    world.tell().await;
    let before = world.cin7_count();
    let stands = world.cin7_as_it_is();
    for _ in 0..10 {
        assert_eq!(world.replayed(Choice::default()).await, 5);
    }
    assert!(world.writes(before).is_empty());
    assert_eq!(world.cin7_as_it_is(), stands);
    world.assert_confirmed(first).await;
    world.assert_confirmed(second).await;
    world.assert_paid(first, payment, "100.00").await;
    world.assert_says(third, State::Waiting, &["VAT 10"]).await;
    world.assert_says(gone, State::Reversed, &["deleted"]).await;
    world.check().await;
}

#[tokio::test]
async fn what_waits_is_replayed_with_the_settings_of_now() {
    let (world, [_, _, third], _) = business().await;
    let mapped = "\"none\" = \"Tax Exempt\"\n\"VAT 10\" = \"Tax on Sales\"";
    let settings = SETTINGS.replace("\"none\" = \"Tax Exempt\"", mapped);
    world.connect(world.acme(), &settings).await;
    let waiting = Choice {
        state: Some(State::Waiting),
        ..Choice::default()
    };
    assert_eq!(world.replayed(waiting).await, 1);
    world.assert_confirmed(third).await;
    world.check().await;
}

#[tokio::test]
async fn what_a_person_has_put_right_in_cin7_is_confirmed_by_a_replay() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.reprice_by_hand(&world.sale(id), "199.00").await;
    world.reprice(id, "210.00");
    world.tell().await;
    assert_eq!(world.record(id).await.state, State::Attention);
    world.reprice_by_hand(&world.sale(id), "210.00").await;
    let before = world.cin7_count();
    let attention = Choice {
        state: Some(State::Attention),
        ..Choice::default()
    };
    assert_eq!(world.replayed(attention).await, 1);
    assert!(world.writes(before).is_empty());
    world.assert_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_replay_after_a_refusal_that_followed_an_uncertain_try_looks_before_it_writes() {
    for applied in [true, false] {
        let world = World::start_with(Setup::cin7(|account| {
            account.lag = Duration::from_mins(5);
        }))
        .await;
        let id = world.crossed("200.00").await;
        let post = || Matcher::new("POST", "sale/payment");
        world.cin7.fail(post(), Fault::Status500 { applied });
        world.cin7.fail(post().nth(2), Fault::Refused400);
        let payment = world.pay(id, "100.00");
        world.tell().await;
        let record = world.record_of("payment", payment).await;
        let words = "The value of an attribute is not valid";
        assert_eq!(record.state, State::Attention, "{}", record.sentence);
        assert!(record.sentence.contains(words), "{}", record.sentence);
        world.check().await;

        world.clock.advance(Duration::from_mins(10));
        let before = world.cin7_count();
        let choice = Choice {
            kind: Some("payment"),
            id: Some(payment),
            ..Choice::default()
        };
        assert_eq!(world.replayed(choice).await, 1);
        let written = world.writes(before).len();
        assert_eq!(written, usize::from(!applied), "what is there is found");
        world.assert_paid(id, payment, "100.00").await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_replay_of_a_record_that_a_worker_has_leaves_it_to_the_worker() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.reprice(id, "210.00");
    world.deliver().await;
    let before = world.cin7_count();
    let reached = || !world.writes(before).is_empty();
    assert!(world.crash_when(reached).await);
    assert!(world.record(id).await.lease.is_some());
    let choice = Choice {
        kind: Some("invoice"),
        id: Some(id),
        ..Choice::default()
    };
    assert_eq!(world.replayed(choice).await, 0);
    world.assert_stands(id).await;
    world.check().await;
}
