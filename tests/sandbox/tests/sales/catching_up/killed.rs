//! The poller dies in the middle of a pass: nothing is lost, and nothing crosses twice.

use std::time::Duration;

use freshbooks_stand_in::Fault as FreshbooksFault;
use ledger::State;
use local_aws::Fault;

use super::World;

/// Lists that are read whole are not read again at once.
const QUARTER: Duration = Duration::from_mins(15);

/// Before which call a pass dies.
#[derive(Debug, Clone, Copy)]
enum Before {
    Aws(usize),
    Freshbooks(usize),
}

/// Kills a pass, and lets others go on. `false` where the pass has fewer calls.
async fn killed(before: Before, full: bool, http: &reqwest::Client) -> bool {
    let world = World::start_on(http.clone(), crate::world::Setup::default()).await;
    let client = world.client("Harbour Studio");
    // The token is renewed with it: a death in that gap is another story.
    let changes = world.warm_up(client).await;
    let goes = world.untold(client, "30.00");
    world.catch_up().await;
    world.settle().await;
    let new = world.untold(client, "20.00");
    let paid = world.pay(new, "5.00");
    world.reprice_unheard(changes, "12.00");
    world.delete_unheard(goes);
    let (aws, freshbooks) = (world.plant.aws(), &world.freshbooks);
    world.clock.advance(QUARTER);
    aws.reset_calls();
    freshbooks.take_pending();
    freshbooks.reset_calls();
    match before {
        Before::Aws(n) => aws.fail_call(n, Fault::HangBefore),
        Before::Freshbooks(n) => freshbooks.fail_call(n + 1, FreshbooksFault::HangBefore),
    }
    let died = tokio::select! {
        biased;
        () = world.hanging() => true,
        _ = world.try_to_catch_up(full) => false,
    };
    // A fault that no call of the pass met is not for those that follow.
    aws.reset_calls();
    freshbooks.clear_faults();
    world.plant.restart();
    world.clock.advance(QUARTER);
    world.catch_up().await;
    world.settle().await;
    for id in [new, changes] {
        world.assert_confirmed(id).await;
        assert_eq!(world.sales(id).len(), 1, "{before:?}");
    }
    world.assert_paid(new, paid, "5.00").await;
    assert_eq!(
        world.record(goes).await.state,
        State::Reversed,
        "{before:?}"
    );
    assert_eq!(world.catch_up().await.caught_up, 0, "{before:?}");
    world.check().await;
    died
}

async fn kill_all(full: bool) {
    let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
    let mut aws = 0;
    while killed(Before::Aws(aws), full, &http).await {
        aws += 1;
    }
    let mut freshbooks = 0;
    while killed(Before::Freshbooks(freshbooks), full, &http).await {
        freshbooks += 1;
    }
    // Connection, settings, a cursor for each kind and lists remembered, rows read, records written, the end.
    assert!(aws >= 30, "{aws} calls of AWS");
    assert!(freshbooks >= 10, "{freshbooks} lists");
}

#[tokio::test]
async fn a_pass_killed_at_any_call_loses_nothing_and_posts_nothing_twice() {
    kill_all(false).await;
}

#[tokio::test]
async fn a_full_pass_killed_at_any_call_loses_nothing_and_posts_nothing_twice() {
    kill_all(true).await;
}
