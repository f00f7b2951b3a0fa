//! A worker that dies at any call of a rotation, and the one that comes after it.

use std::time::Duration;

use ledger::Status;
use local_aws::Fault;
use secrecy::ExposeSecret as _;
use vault::Error;

use crate::bench::{Bench, acme};

/// The calls of one rotation: read, open, lease, read again, write ahead, data key, store. FreshBooks
/// is asked between the fifth and the sixth.
const CALLS: usize = 7;
const WRITTEN_AHEAD: usize = 4;
const STORED: usize = 6;

/// Far more calls than a dying worker makes.
const ALL: usize = 300;

/// A bench whose first worker died at `call`: it never left (`applied` is false), or its answer was
/// never seen. Nothing the worker did after that reached anybody.
async fn died_at(call: usize, applied: bool) -> Bench {
    let (bench, _) = Bench::connected().await;
    let last = if applied {
        Fault::CutAfter
    } else {
        Fault::CutBefore
    };
    bench.aws.fail_call(call, last);
    for later in call + 1..call + ALL {
        bench.aws.fail_call(later, Fault::CutBefore);
    }
    let vault = bench.tokens();
    let died = vault.access_token(&acme(), None, "first").await;
    assert!(died.is_err(), "call {call}");
    bench.aws.reset_calls();
    bench.clock.advance(Duration::from_secs(46));
    bench
}

#[tokio::test]
async fn only_a_worker_that_dies_between_freshbooks_answer_and_its_own_write_loses_the_pair() {
    for call in 0..CALLS {
        for applied in [false, true] {
            let bench = died_at(call, applied).await;
            let asked = bench.token_requests();
            let stored = (call, applied) >= (STORED, true);
            let next = bench.tokens().access_token(&acme(), None, "second").await;
            if asked == 1 && !stored {
                let Err(Error::NeedsConsent(sentence)) = next else {
                    panic!("call {call} {applied}: {next:?}");
                };
                assert!(sentence.contains("was cut off"), "{sentence}");
                assert_eq!(bench.status().await, Status::NeedsConsent);
                continue;
            }
            let token = next.unwrap();
            assert!(bench.accepts(&token).await, "call {call} {applied}");
            assert_eq!(bench.status().await, Status::Active);
            assert_eq!(bench.token_requests(), 1, "call {call} {applied}");
            bench.assert_newest_is_stored().await;
        }
    }
}

impl Bench {
    /// A worker without a cache can rotate again what is stored.
    async fn assert_newest_is_stored(&self) {
        let row = self.row("freshbooks").await;
        assert_eq!(row.rotating_since, None);
        self.clock.advance(Duration::from_hours(12));
        let token = self.tokens().access_token(&acme(), None, "third").await;
        assert!(self.accepts(&token.unwrap()).await);
        assert!(self.live().is_some());
    }
}

#[tokio::test]
async fn the_row_says_that_a_rotation_is_under_way_from_just_before_freshbooks_is_asked() {
    for call in 0..CALLS {
        for applied in [false, true] {
            let bench = died_at(call, applied).await;
            let since = bench.row("freshbooks").await.rotating_since;
            let begun = (call, applied) >= (WRITTEN_AHEAD, true);
            let stored = (call, applied) >= (STORED, true);
            assert_eq!(since.is_some(), begun && !stored, "call {call} {applied}");
            assert!(bench.token_requests() == 0 || begun, "call {call}");
        }
    }
}

/// It had said that it would ask, and did not: nothing is lost, and nothing is said to be.
#[tokio::test]
async fn a_worker_that_died_before_it_asked_is_followed_by_one_that_rotates() {
    let bench = died_at(WRITTEN_AHEAD, true).await;
    assert_eq!(bench.token_requests(), 0);
    assert!(bench.row("freshbooks").await.rotating_since.is_some());
    let live = bench.live();
    let next = bench.tokens().access_token(&acme(), None, "second").await;
    assert!(!next.unwrap().expose_secret().is_empty());
    assert_ne!(bench.live(), live);
    assert_eq!(bench.status().await, Status::Active);
    bench.assert_newest_is_stored().await;
}

#[tokio::test]
async fn two_workers_of_which_one_dies_anywhere_end_with_one_newest_pair_or_a_consent() {
    for call in 0..CALLS {
        for applied in [false, true] {
            let bench = died_at(call, applied).await;
            let ask = async |owner| bench.tokens().access_token(&acme(), None, owner).await;
            let (one, other) = tokio::join!(ask("second"), ask("third"));
            match (one, other) {
                (Ok(one), Ok(other)) => {
                    assert_eq!(one.expose_secret(), other.expose_secret());
                    bench.assert_newest_is_stored().await;
                }
                (Err(Error::NeedsConsent(_)), Err(Error::NeedsConsent(_))) => {
                    assert_eq!(bench.status().await, Status::NeedsConsent);
                }
                (one, other) => panic!("call {call} {applied}: {one:?}, {other:?}"),
            }
        }
    }
}
