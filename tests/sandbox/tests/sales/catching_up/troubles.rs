//! FreshBooks does not answer, or does not let the connection see a kind.

use std::time::Duration;

use freshbooks_stand_in::{Fault, Matcher};
use ledger::Cursor;
use test_support::Log;

use super::world;
use crate::world::{Setup, World};

impl World {
    async fn cursor(&self, kind: &str) -> Cursor {
        let id = "acme".parse().unwrap();
        let kind = kind.parse().unwrap();
        self.plant.ledger().cursor(&id, &kind).await.unwrap()
    }
}

/// How often people were told of a kind.
fn told(log: &Log, kind: &str) -> usize {
    let kind = format!("\"kind\":\"{kind}\"");
    let text = log.text();
    let lines = text
        .lines()
        .filter(|line| line.contains("connection_trouble"));
    lines.filter(|line| line.contains(&kind)).count()
}

#[tokio::test]
async fn a_freshbooks_that_does_not_answer_leaves_everything_to_the_next_pass() {
    for fault in [
        Fault::LostBefore,
        Fault::LostAfter,
        Fault::Status500,
        Fault::Status503,
        Fault::Throttled429(Duration::from_secs(30)),
        Fault::TruncatedJson,
        Fault::Html200,
        Fault::Error200,
    ] {
        let (world, client) = world().await;
        let invoice = world.untold(client, "10.00");
        let before = world.cursor("invoice").await.since;
        world.clock.advance(Duration::from_mins(15));
        // The client tries a read twice.
        let lists = Matcher::new("GET", "/accounting").times(4);
        world.freshbooks.fail(lists, fault);
        let done = world.catch_up().await;
        assert!(done.left > 0 && done.caught_up == 0, "{fault:?} {done:?}");
        let cursor = world.cursor("invoice").await;
        assert_eq!(cursor.since, before, "{fault:?}");
        assert!(!cursor.trouble.is_empty(), "{fault:?}");
        world.freshbooks.clear_faults();
        world.clock.advance(Duration::from_mins(15));
        assert_eq!(world.catch_up().await.caught_up, 1, "{fault:?}");
        assert_eq!(world.cursor("invoice").await.trouble, "");
        world.settle().await;
        world.assert_confirmed(invoice).await;
    }
}

#[tokio::test]
async fn an_outage_is_told_once_when_it_has_lasted_for_an_hour() {
    let (world, _) = world().await;
    world.freshbooks.decide(|call| {
        call.path
            .starts_with("/accounting")
            .then_some(Fault::Status503)
    });
    let log = Log::start();
    for quarter in 0..10 {
        world.catch_up().await;
        let times = told(&log, "invoice");
        assert_eq!(times, usize::from(quarter >= 4), "quarter {quarter}");
        world.clock.advance(Duration::from_mins(15));
    }
}

#[tokio::test]
async fn a_kind_that_the_consent_does_not_cover_is_told_once_and_keeps_no_other_back() {
    let all = freshbooks_stand_in::ALL_SCOPES.iter().copied();
    let but_invoices = all.filter(|scope| !scope.starts_with("user:invoices"));
    let but_invoices: Vec<&'static str> = but_invoices.collect();
    let world = World::start_with(Setup {
        scopes: but_invoices.leak(),
        ..Setup::default()
    })
    .await;
    let log = Log::start();
    for _ in 0..3 {
        let done = world.catch_up().await;
        assert_eq!(done.left, 1);
        world.clock.advance(Duration::from_mins(15));
    }
    assert_eq!(told(&log, "invoice"), 1, "{}", log.text());
    assert_eq!(told(&log, "payment"), 0);
    let cursor = world.cursor("invoice").await;
    assert!(
        cursor.trouble.contains("user:invoices:read"),
        "{}",
        cursor.trouble
    );
    assert_eq!(world.cursor("payment").await.trouble, "");
    assert!(world.cursor("payment").await.since.is_some());
}
