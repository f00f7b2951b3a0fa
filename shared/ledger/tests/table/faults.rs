//! Whatever befalls the write of a record, the trail stays one chain and nothing is in it twice.

use ledger::audit::Draft;
use ledger::{Claim, Error};
use local_aws::Fault;

use crate::bench::{Bench, LEASE, heard, invoice};

const FAULTS: [Fault; 6] = [
    Fault::ThrottledNotApplied,
    Fault::Error500NotApplied,
    Fault::Error500Applied,
    Fault::CutBefore,
    Fault::CutAfter,
    Fault::ConflictNotApplied,
];

/// The SDK makes three attempts: with 1 or 2 faults it may heal the call, with 3 it cannot.
const TIMES: [usize; 3] = [1, 2, 3];

#[tokio::test]
async fn a_commit_under_any_fault_leaves_one_chain_that_goes_on() {
    for fault in FAULTS {
        for times in TIMES {
            let bench = Bench::start().await;
            let mut record = bench.claim(&invoice("7"), "worker-1").await;
            bench.fail("TransactWriteItems", fault, times);
            let drafts = vec![Draft::new("intent"), Draft::new("outcome")];
            let done = bench.ledger.commit(&mut record, drafts, "worker-1").await;
            // Faults that the call did not meet must not meet what follows.
            bench.aws.reset_calls();

            let (stored, trail) = bench.proven(&invoice("7")).await;
            match done {
                Ok(()) => assert_eq!((stored, trail.len()), (record, 3), "{fault:?} x{times}"),
                Err(Error::Unavailable(_)) => {
                    assert!([1, 3].contains(&trail.len()), "{fault:?} x{times}");
                }
                Err(other) => panic!("{fault:?} x{times}: {other}"),
            }
            let mut record = bench.claim(&invoice("7"), "worker-1").await;
            let last = vec![Draft::new("outcome")];
            bench
                .ledger
                .commit(&mut record, last, "worker-1")
                .await
                .unwrap();
            bench.proven(&invoice("7")).await;
        }
    }
}

#[tokio::test]
async fn a_commit_whose_reply_is_lost_once_is_not_mistaken_for_another_workers() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let bench = Bench::start().await;
        let mut record = bench.claim(&invoice("7"), "worker-1").await;
        bench.fail("TransactWriteItems", fault, 1);
        let drafts = vec![Draft::new("intent")];
        let done = bench.ledger.commit(&mut record, drafts, "worker-1").await;
        assert_eq!(done, Ok(()), "{fault:?}");
    }
}

#[tokio::test]
async fn a_claim_whose_every_reply_is_lost_can_be_made_again_by_the_same_worker() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let bench = Bench::start().await;
        bench.fail("TransactWriteItems", fault, 3);
        let claim = async |owner| {
            let key = invoice("7");
            bench.ledger.claim(&key, owner, LEASE, heard()).await
        };
        let lost = claim("worker-1").await;
        assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
        let other = claim("worker-2").await.unwrap();
        assert!(matches!(other, Claim::Held { .. }), "{other:?}");
        let again = claim("worker-1").await.unwrap();
        assert!(matches!(again, Claim::Ours(_)), "{again:?}");
        bench.proven(&invoice("7")).await;
    }
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_unavailable_and_no_answer_is_no_record() {
    let bench = Bench::start().await;
    bench.claim(&invoice("7"), "worker-1").await;
    bench.fail("GetItem", Fault::CutBefore, 3);
    let error = bench.ledger.record(&invoice("7")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the ledger table could not be reached: no connection"
    );
}
