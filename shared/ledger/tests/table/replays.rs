//! Making records due out of turn.

use std::time::Duration;

use clock::later;
use jiff::ToSpan as _;
use ledger::audit::{Draft, Entry};
use ledger::{Error, Record, State};
use local_aws::Fault;

use crate::bench::{Bench, LEASE, invoice};

/// A record that a worker has left in this state.
async fn left_in(bench: &Bench, state: State) -> Record {
    let mut record = bench.claim(&invoice("7"), "worker-1").await;
    record.enter(state, "said so");
    record.lease = None;
    bench
        .ledger
        .commit(&mut record, vec![Draft::new("outcome")], "worker-1")
        .await
        .unwrap();
    record
}

async fn is_due(bench: &Bench) -> bool {
    bench.ledger.due(bench.now(), 10).await.unwrap() == [invoice("7")]
}

async fn replay(bench: &Bench) -> Result<bool, Error> {
    let (key, who) = (invoice("7"), "ana@example.com");
    bench.ledger.replay(&key, who, "Tax added.").await
}

async fn release(bench: &Bench) -> Result<bool, Error> {
    let key = invoice("7");
    bench
        .ledger
        .release(&key, "worker-2", "acme/invoice/6")
        .await
}

fn told(entry: &Entry) -> String {
    format!("{}: {} {:?}", entry.by, entry.what, entry.detail)
}

#[tokio::test]
async fn a_replayed_record_is_due_at_once_in_whatever_state_and_keeps_it() {
    for state in State::ALL {
        let bench = Bench::start().await;
        left_in(&bench, state).await;
        bench.clock.advance(Duration::from_secs(5));
        assert!(!is_due(&bench).await, "{state:?}");
        assert_eq!(replay(&bench).await, Ok(true), "{state:?}");
        assert!(is_due(&bench).await, "{state:?}");
        let (stored, trail) = bench.proven(&invoice("7")).await;
        assert_eq!((stored.state, &*stored.sentence), (state, "said so"));
        assert_eq!(trail[2].state, Some(state));
        assert_eq!(
            told(&trail[2]),
            r#"ana@example.com: replayed {"why": "Tax added."}"#
        );
    }
}

#[tokio::test]
async fn a_try_or_a_wait_set_for_later_is_brought_forward() {
    for state in [State::Retrying, State::Waiting] {
        let bench = Bench::start().await;
        let mut record = left_in(&bench, state).await;
        record.due_at = Some(bench.now() + 1.hour());
        record.waiting_for = Some("settings.taxes".to_owned());
        let later = bench.ledger.commit(&mut record, vec![], "worker-1").await;
        later.unwrap();
        assert_eq!(replay(&bench).await, Ok(true));
        assert!(is_due(&bench).await, "{state:?}");
        let (stored, _) = bench.proven(&invoice("7")).await;
        assert_eq!(stored.waiting_for.as_deref(), Some("settings.taxes"));
    }
}

#[tokio::test]
async fn what_is_not_there_or_in_a_workers_hands_is_not_replayed_and_nothing_is_written() {
    let bench = Bench::start().await;
    assert_eq!(replay(&bench).await, Ok(false));
    assert_eq!(bench.items(&invoice("7").pk()).await, 0);
    bench.claim(&invoice("7"), "worker-1").await;
    let before = bench.proven(&invoice("7")).await;
    assert_eq!(replay(&bench).await, Ok(false));
    assert_eq!(bench.proven(&invoice("7")).await, before);
}

#[tokio::test]
async fn the_record_of_a_worker_that_died_can_be_replayed_as_soon_as_its_lease_has_ended() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    bench.clock.advance(LEASE);
    assert!(!is_due(&bench).await);
    assert_eq!(replay(&bench).await, Ok(true));
    assert!(is_due(&bench).await);
}

#[tokio::test]
async fn what_came_through_already_is_not_released_and_everything_else_is() {
    for state in State::ALL {
        let through = [State::Posted, State::Confirmed, State::Reversed].contains(&state);
        let bench = Bench::start().await;
        left_in(&bench, state).await;
        assert_eq!(release(&bench).await, Ok(!through), "{state:?}");
        assert_eq!(is_due(&bench).await, !through, "{state:?}");
        let (stored, trail) = bench.proven(&invoice("7")).await;
        assert_eq!(stored.state, state);
        let last = if through {
            "worker-1: outcome {}"
        } else {
            r#"worker-2: released {"because": "acme/invoice/6"}"#
        };
        assert_eq!(trail.last().map(told).as_deref(), Some(last));
    }
    let bench = Bench::start().await;
    assert_eq!(release(&bench).await, Ok(false), "there is no such record");
}

#[tokio::test]
async fn a_release_keeps_the_lease_and_makes_the_worker_that_decided_before_it_conflict() {
    let bench = Bench::start().await;
    let mut deciding = bench.claim(&invoice("7"), "worker-1").await;
    assert_eq!(release(&bench).await, Ok(true));
    deciding.wait("invoice/6", "It waits for its invoice.");
    deciding.lease = None;
    let late = bench
        .ledger
        .commit(&mut deciding, vec![Draft::new("waiting")], "worker-1")
        .await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let (stored, _) = bench.proven(&invoice("7")).await;
    let lease = stored.lease.unwrap();
    assert_eq!(lease.owner, "worker-1");
    assert_eq!(lease.until, later(bench.now(), LEASE));
    // No sweep takes it before the lease has ended.
    assert_eq!(
        stored.due_at,
        Some(later(lease.until, Duration::from_secs(1)))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replays_and_releases_at_one_moment_are_all_written_down() {
    let bench = Bench::start().await;
    left_in(&bench, State::Waiting).await;
    let asked = tokio::join!(replay(&bench), release(&bench), replay(&bench));
    let asked = [asked.0, asked.1, asked.2];
    let (_, trail) = bench.proven(&invoice("7")).await;
    assert!(asked.iter().all(|asked| *asked == Ok(true)), "{asked:?}");
    assert_eq!(trail.len(), 2 + asked.len());
}

#[tokio::test]
async fn where_the_table_does_not_answer_nothing_is_said_to_be_released() {
    for fault in [Fault::CutBefore, Fault::CutAfter] {
        let bench = Bench::start().await;
        left_in(&bench, State::Waiting).await;
        bench.fail("TransactWriteItems", fault, 3);
        let lost = release(&bench).await;
        assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
        bench.aws.reset_calls();
        assert_eq!(release(&bench).await, Ok(true), "it can be done again");
        assert!(is_due(&bench).await);
        bench.proven(&invoice("7")).await;
    }
}
