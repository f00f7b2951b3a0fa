//! One worker at a time, and what becomes of a worker that stood still too long.

use clock::later;
use jiff::ToSpan as _;
use ledger::audit::Draft;
use ledger::{Claim, Error, State};
use tokio::task::JoinSet;

use crate::bench::{Bench, LEASE, heard, invoice};

#[tokio::test]
async fn a_claim_is_written_at_once_and_remembers_how_the_record_was_found() {
    let bench = Bench::start().await;
    let ours = bench.claim(&invoice("7"), "worker-1").await;
    let (stored, trail) = bench.proven(&invoice("7")).await;
    assert_eq!((ours.state, stored.state), (State::Queued, State::Working));
    assert_eq!(stored.lease.unwrap().owner, "worker-1");
    assert_eq!(trail.len(), 1);
    assert_eq!((&*trail[0].what, &*trail[0].by), ("received", "worker-1"));
    assert_eq!(trail[0].detail["found"], "queued");
}

#[tokio::test]
async fn a_held_record_names_the_end_of_its_lease_and_is_left_alone() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    let claim = bench
        .other_worker()
        .claim(&invoice("7"), "worker-2", LEASE, heard())
        .await;
    let until = later(bench.now(), LEASE);
    assert_eq!(claim, Ok(Claim::Held { until }));
    let (stored, trail) = bench.proven(&invoice("7")).await;
    assert_eq!(stored.lease.unwrap().owner, "worker-1");
    assert_eq!(trail.len(), 1);
}

#[tokio::test]
async fn the_holder_of_a_lease_may_claim_again() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    bench.claim(&invoice("7"), "worker-1").await;
}

#[tokio::test]
async fn a_lease_that_ended_is_taken_over_and_the_stale_worker_cannot_write() {
    let bench = Bench::start().await;
    let mut stale = bench.claim(&invoice("7"), "worker-1").await;
    bench.clock.advance(LEASE);
    let mut ours = bench.claim(&invoice("7"), "worker-2").await;

    stale.enter(State::Posted, "");
    let late = bench
        .ledger
        .commit(&mut stale, vec![Draft::new("outcome")], "worker-1")
        .await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");

    bench
        .ledger
        .commit(&mut ours, vec![Draft::new("intent")], "worker-2")
        .await
        .unwrap();
    let (stored, trail) = bench.proven(&invoice("7")).await;
    assert_eq!(stored.lease.unwrap().owner, "worker-2");
    let who: Vec<&str> = trail.iter().map(|entry| &*entry.by).collect();
    assert_eq!(who, ["worker-1", "worker-2", "worker-2"]);
}

#[tokio::test]
async fn of_two_workers_with_the_same_version_only_one_commits() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    let read = async || bench.ledger.record(&invoice("7")).await.unwrap().unwrap();
    let (mut one, mut other) = (read().await, read().await);
    let commit = async |record, who| {
        let drafts = vec![Draft::new("intent"), Draft::new("outcome")];
        bench.ledger.commit(record, drafts, who).await
    };
    assert_eq!(commit(&mut one, "one").await, Ok(()));
    let before = other.clone();
    assert!(matches!(
        commit(&mut other, "other").await,
        Err(Error::Conflict(_))
    ));
    assert_eq!(other, before, "what was not written is not believed");
    let (stored, trail) = bench.proven(&invoice("7")).await;
    assert_eq!((stored, trail.len()), (one, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_claims_at_one_moment_exactly_one_succeeds() {
    let bench = Bench::start().await;
    let mut claims = JoinSet::new();
    for worker in 0..12 {
        let ledger = bench.other_worker();
        claims.spawn(async move {
            let owner = format!("worker-{worker}");
            ledger.claim(&invoice("7"), &owner, LEASE, heard()).await
        });
    }
    let mut won = 0;
    for claim in claims.join_all().await {
        match claim {
            Ok(Claim::Ours(_)) => won += 1,
            Ok(Claim::Held { .. }) | Err(Error::Conflict(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(bench.proven(&invoice("7")).await.1.len(), 1);
}

#[tokio::test]
async fn the_record_of_a_worker_that_died_becomes_due_just_after_its_lease() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    let end = later(bench.now(), LEASE);
    let due = async |at| bench.ledger.due(at, 10).await.unwrap();
    assert!(due(end).await.is_empty());
    assert_eq!(due(end + 1.second()).await, [invoice("7")]);
}
