//! The limiter's row, shared by every worker.

use std::time::Duration;

use clock::Clock as _;
use jiff::Timestamp;
use ledger::{Ledger, Pace, Taken};
use local_aws::Fault;
use tokio::task::JoinSet;

use crate::bench::Bench;

const KEY: &str = "digest-of-a-key";

async fn take(ledger: &Ledger, wanted: u32) -> Taken {
    let taken = ledger.take_calls(KEY, Pace::default(), wanted).await;
    taken.unwrap()
}

fn calls(taken: Taken) -> u32 {
    match taken {
        Taken::Granted { calls, .. } => calls,
        Taken::Wait(_) => 0,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_at_the_same_moment_together_get_exactly_the_limit() {
    let bench = Bench::start().await;
    let mut workers = JoinSet::new();
    for _ in 0..8 {
        let ledger = bench.other_worker();
        workers.spawn(async move {
            let mut granted = 0;
            loop {
                match calls(take(&ledger, 3).await) {
                    0 => return granted,
                    more => granted += more,
                }
            }
        });
    }
    let granted: u32 = workers.join_all().await.into_iter().sum();
    assert_eq!(granted, 60);
}

/// Ten minutes of backlog on a clock that moves on only when somebody is told to wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_under_backlog_use_the_limit_and_never_exceed_it_in_any_window() {
    let bench = Bench::start().await;
    let end = clock::later(bench.now(), Duration::from_mins(10));
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let (ledger, clock) = (bench.other_worker(), bench.clock.clone());
        workers.spawn(async move {
            let mut lapses = Vec::new();
            loop {
                let now = clock.now();
                if now >= end {
                    return lapses;
                }
                match take(&ledger, 6).await {
                    Taken::Granted { calls, until } => {
                        lapses.extend((0..calls).map(|_| until));
                    }
                    Taken::Wait(wait) => clock.advance_to(clock::later(now, wait)),
                }
            }
        });
    }
    let mut made: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    made.sort_unstable();
    for (first, &from) in made.iter().enumerate() {
        let inside = |&&at: &&Timestamp| clock::until(from, at) < Duration::from_secs(60);
        let calls = made[first..].iter().take_while(inside).count();
        assert!(calls <= 60, "{calls} calls in one window");
    }
    assert!(made.len() >= 9 * 60, "{} calls in ten minutes", made.len());
}

#[tokio::test]
async fn a_cool_down_that_one_worker_met_holds_for_all() {
    let bench = Bench::start().await;
    let other = bench.other_worker();
    bench
        .ledger
        .cool_down(KEY, Duration::from_secs(60))
        .await
        .unwrap();
    assert_eq!(take(&other, 1).await, Taken::Wait(Duration::from_secs(60)));
    // A shorter one does not let anybody in earlier.
    other.cool_down(KEY, Duration::from_secs(5)).await.unwrap();
    bench.clock.advance(Duration::from_secs(59));
    let left = take(&bench.ledger, 1).await;
    assert_eq!(left, Taken::Wait(Duration::from_secs(1)));
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(calls(take(&other, 1).await), 1);
}

#[tokio::test]
async fn each_key_has_an_allowance_of_its_own() {
    let bench = Bench::start().await;
    assert_eq!(calls(take(&bench.ledger, 100).await), 60);
    let pace = Pace::default();
    let other = bench.ledger.take_calls("another-key", pace, 100).await;
    assert_eq!(calls(other.unwrap()), 60);
}

#[tokio::test]
async fn a_wait_is_long_enough_and_what_is_left_is_granted_before_it() {
    let bench = Bench::start().await;
    assert_eq!(calls(take(&bench.ledger, 59).await), 59);
    assert_eq!(calls(take(&bench.ledger, 3).await), 1);
    let Taken::Wait(wait) = take(&bench.ledger, 1).await else {
        panic!("a call beyond the limit was granted");
    };
    assert!(wait >= Duration::from_secs(60), "{wait:?}");
    bench.clock.advance(wait);
    assert_eq!(calls(take(&bench.ledger, 60).await), 60);
}

/// What was counted under a lost reply is counted for nobody: the limit holds, the calls are lost.
#[tokio::test]
async fn a_lost_reply_costs_allowance_and_never_grants_too_much() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let bench = Bench::start().await;
        bench.fail("PutItem", fault, 1);
        assert_eq!(calls(take(&bench.ledger, 20).await), 20, "{fault:?}");
        assert_eq!(calls(take(&bench.ledger, 60).await), 20, "{fault:?}");
        assert_eq!(calls(take(&bench.ledger, 1).await), 0, "{fault:?}");
    }
}
