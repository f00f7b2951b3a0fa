//! The poller dies in the middle of a pass: nothing is lost, and nothing crosses twice.

use jiff::civil::date;
use local_aws::Fault;
use poller::Task;

use super::{SINCE_2025, since};
use crate::world::{Setup, World};

/// Kills the first pass before its `n`th call of AWS, and lets others go on. `false` where the pass has
/// fewer calls.
///
/// Killed before a call is killed after the one before it: calls follow one another, but for reads.
async fn killed_before(n: usize, http: &reqwest::Client) -> bool {
    let setup = Setup::settings(SINCE_2025.0, SINCE_2025.1);
    let world = World::start_on(http.clone(), setup).await;
    let client = world.client("Harbour Studio");
    // The token is renewed with it: a death in that gap is another story.
    world.warm_up(client).await;
    let (first, paid) = world.old_and_paid(client, date(2026, 1, 2), date(2026, 1, 3));
    let second = world.old(client, date(2026, 1, 4));
    world.begin(since(date(2026, 1, 1))).await;
    let aws = world.plant.aws();
    aws.reset_calls();
    aws.fail_call(n, Fault::HangBefore);
    let died = tokio::select! {
        biased;
        () = aws.hanging() => true,
        _ = world.plant.poll(Task::Backfill) => false,
    };
    // A fault that no call of the pass met is not for those that follow.
    world.plant.aws().reset_calls();
    world.plant.restart();
    let ended = world.until_ended().await;
    assert_eq!([ended.found, ended.done, ended.left], [4, 4, 0], "{n}");
    world.settle().await;
    for id in [first, second] {
        world.assert_confirmed(id).await;
        assert_eq!(world.sales(id).len(), 1, "{n}");
    }
    world.assert_paid(first, paid, "5.00").await;
    world.check().await;
    died
}

#[tokio::test]
async fn a_pass_killed_at_any_call_loses_nothing_and_posts_nothing_twice() {
    let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
    let mut n = 0;
    while killed_before(n, &http).await {
        n += 1;
    }
    // The list, the claim, two lists of FreshBooks, three records and messages, the end.
    assert!(n >= 12, "{n} calls");
}

#[tokio::test]
async fn a_live_event_for_a_document_of_the_backfill_finds_the_one_record() {
    for live_first in [true, false] {
        let (world, client) = super::world().await;
        let id = world.old(client, date(2025, 2, 3));
        world.begin(since(date(2025, 1, 1))).await;
        if live_first {
            world.hint(id).await;
        }
        world.pass().await;
        if !live_first {
            world.hint(id).await;
        }
        world.until_ended().await;
        world.settle().await;
        world.assert_confirmed(id).await;
        assert_eq!(world.sales(id).len(), 1);
        world.check().await;
    }
}
