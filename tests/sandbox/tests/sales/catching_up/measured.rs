//! How much the webhooks leave out, and how late changes are heard of, is logged for the metrics.

use std::time::Duration;

use serde_json::Value;
use test_support::Log;

use super::world;
use crate::world::plain;

/// The delays of an event in the log, in seconds.
fn delays(log: &Log, event: &str) -> Vec<u64> {
    let text = log.text();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let of_event = lines.filter(|line: &Value| line["fields"]["event"] == event);
    // A change marker may be some microseconds ahead of the clock.
    let delay = |line: Value| line["fields"]["delay_ms"].as_u64().unwrap().div_ceil(1000);
    of_event.map(delay).collect()
}

#[tokio::test]
async fn each_change_is_counted_once_with_its_delay_as_announced_or_as_missed() {
    let (world, client) = world().await;
    let log = Log::start();
    let account = world.acme().account.clone();
    let sent = world.plant.clock().now();
    let heard = world
        .freshbooks
        .create_invoice(&account, plain(client, "10.00"));
    world.freshbooks.send_invoice(&account, heard).unwrap();
    let missed = world
        .freshbooks
        .create_invoice(&account, plain(client, "20.00"));
    world.freshbooks.send_invoice(&account, missed).unwrap();
    let hooks = world.freshbooks.pending();
    let about = |id: i64| format!("object_id={id}&");
    for hook in hooks
        .iter()
        .filter(|hook| hook.body.contains(&about(missed)))
    {
        world.freshbooks.carried(hook, true);
    }
    world.clock.advance(Duration::from_secs(40));
    world.deliver().await;
    world.settle_all_but_confirm().await;
    world.clock.advance(Duration::from_secs(600));
    let late = clock::until(sent, world.plant.clock().now()).as_secs();
    world.catch_up().await;
    world.settle().await;
    world.catch_up().await;
    assert_eq!(delays(&log, "change_announced"), [40]);
    assert_eq!(delays(&log, "change_missed"), [late]);
}

#[tokio::test]
async fn what_changed_before_there_was_a_connection_was_not_missed() {
    let (world, client) = world().await;
    let old = world.untold_of(client, "10.00", Some(jiff::civil::date(2026, 1, 2)));
    let log = Log::start();
    // As if the connection had come after it.
    world.clock.advance(Duration::from_hours(1));
    let id = "acme".parse().unwrap();
    let mut connection = world.plant.ledger().connection(&id).await.unwrap().unwrap();
    connection.created_at = Some(world.plant.clock().now());
    world
        .plant
        .ledger()
        .put_connection(&mut connection)
        .await
        .unwrap();
    assert_eq!(world.catch_up_in_full().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(old).await;
    assert_eq!(delays(&log, "change_missed"), [0; 0]);
}
