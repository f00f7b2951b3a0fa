//! A connection's own schedule: made, changed, repaired and removed with it.

use std::time::Duration;

use connections::Error;
use ledger::{RecordKey, State, Status};
use poller::{Done, Task};

use crate::world::{World, id};

impl World {
    /// Expression and zone of acme's schedule in EventBridge, where there is one.
    async fn scheduled(&self) -> Option<[String; 2]> {
        let client = self.plant.aws().scheduler();
        let got = client.get_schedule().group_name("connector").name("acme");
        let got = got.send().await.ok()?;
        Some([got.schedule_expression?, got.schedule_expression_timezone?])
    }

    async fn unschedule(&self) {
        let client = self.plant.aws().scheduler();
        let gone = client
            .delete_schedule()
            .group_name("connector")
            .name("acme");
        gone.send().await.unwrap();
    }

    async fn poll(&self) -> Done {
        let poll = Task::Poll {
            connection: id(),
            full: false,
        };
        self.plant.poll(poll).await.unwrap()
    }
}

fn of(expression: &str, zone: &str) -> Option<[String; 2]> {
    Some([expression, zone].map(str::to_owned))
}

#[tokio::test]
async fn a_schedule_comes_with_the_connection_is_set_by_its_owner_and_goes_with_it() {
    let world = World::with_connection().await;
    assert_eq!(world.scheduled().await, of("rate(15 minutes)", "UTC"));
    let daily = "cron(0 6 * * ? *)";
    let desk = world.desk();
    let shown = desk.replace_schedule(&id(), daily, "America/Toronto").await;
    let schedule = shown.unwrap().schedule;
    assert_eq!(
        (schedule.expression.as_str(), schedule.timezone.as_str()),
        (daily, "America/Toronto")
    );
    assert_eq!(world.scheduled().await, of(daily, "America/Toronto"));
    desk.remove(&id()).await.unwrap();
    assert_eq!(world.scheduled().await, None);
}

#[tokio::test]
async fn a_schedule_that_cannot_be_changes_nothing() {
    let world = World::with_connection().await;
    for (expression, zone) in [
        ("rate(1 minute)", "UTC"),
        ("cron(* * * * ? *)", "UTC"),
        ("rate(15 minutes)", "Mars/Olympus"),
    ] {
        let refused = world.desk().replace_schedule(&id(), expression, zone).await;
        let Err(Error::Invalid(sentence)) = refused else {
            panic!("{expression} {zone} was taken");
        };
        assert!(sentence.ends_with(" Nothing was changed."), "{sentence}");
    }
    assert_eq!(world.scheduled().await, of("rate(15 minutes)", "UTC"));
}

#[tokio::test]
async fn the_upkeep_puts_a_schedule_right_that_is_missing() {
    let (world, _) = World::at_work().await;
    world.keep().await;
    world.unschedule().await;
    let kept = world.keep().await;
    assert_eq!((kept.kept, kept.failed), (1, 0));
    assert_eq!(world.scheduled().await, of("rate(15 minutes)", "UTC"));
    // The same for one that stands still: it is polled again when it is resumed.
    world.desk().pause(&id()).await.unwrap();
    world.unschedule().await;
    world.keep().await;
    assert_eq!(world.scheduled().await, of("rate(15 minutes)", "UTC"));
}

#[tokio::test]
async fn a_poll_confirms_what_was_posted_on_the_connections_own_schedule() {
    let (world, client) = World::at_work().await;
    world.plant.start_what_is_scheduled().await;
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    world.clock.advance(Duration::from_mins(14));
    assert_eq!(world.plant.start_what_is_scheduled().await, 0, "not yet");
    world.clock.advance(Duration::from_mins(1));
    assert_eq!(world.plant.start_what_is_scheduled().await, 1);
    world.assert_confirmed(invoice).await;
}

#[tokio::test]
async fn a_poll_of_a_paused_connection_calls_nobody() {
    let (world, client) = World::at_work().await;
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    world.desk().pause(&id()).await.unwrap();
    let calls = world.cin7.all_calls();
    assert_eq!(world.poll().await, Done::default());
    assert_eq!(world.cin7.all_calls(), calls);
    let key = RecordKey::parse("acme", "invoice", &invoice.to_string()).unwrap();
    let record = world.plant.ledger().record(&key).await.unwrap().unwrap();
    assert_eq!(record.state, State::Posted);
}

#[tokio::test]
async fn a_schedule_that_outlived_its_connection_ends_with_its_next_poll() {
    let world = World::with_connection().await;
    // Whoever removed it died before its schedule was gone.
    let ledger = world.plant.ledger();
    ledger.remove_connection(&id()).await.unwrap();
    let known = ledger.connection(&id()).await.unwrap().unwrap();
    assert_eq!(known.status, Status::Removed);
    assert!(world.scheduled().await.is_some());
    assert_eq!(world.poll().await, Done::default());
    assert_eq!(world.scheduled().await, None);
}
