//! The limit: ours asked before each call, Cin7's passed on to everybody.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cin7::{Error, Limiter, NotNow, Permit};

use crate::canned::{Canned, Cin7, failed, json};

const COMPANY: &str = r#"{"Company":"Example","Currency":"USD"}"#;

/// Permits a number of calls and records the cool-downs.
#[derive(Debug)]
struct Allowance {
    left: Mutex<u32>,
    cool_downs: Mutex<Vec<Duration>>,
}

impl Allowance {
    fn of(left: u32) -> Arc<Self> {
        Arc::new(Self {
            left: Mutex::new(left),
            cool_downs: Mutex::default(),
        })
    }

    fn cool_downs(&self) -> Vec<Duration> {
        self.cool_downs.lock().unwrap().clone()
    }
}

impl Limiter for Allowance {
    fn take(&self) -> Permit<'_> {
        let mut left = self.left.lock().unwrap();
        let permit = left.checked_sub(1).ok_or(NotNow {
            wait: Duration::from_secs(7),
        });
        *left = left.saturating_sub(1);
        Box::pin(async move { permit.map(|_| ()) })
    }

    fn cool_down(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.cool_downs.lock().unwrap().push(wait);
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_call_that_our_own_limiter_forbids_is_not_made() {
    let cin7 = Cin7::answering([json(COMPANY), json(COMPANY)]).await;
    let limiter = Allowance::of(1);
    let reader = cin7.reader_paced_by(limiter.clone());
    assert!(reader.company().await.is_ok());
    let throttled = Error::Throttled {
        wait: Duration::from_secs(7),
    };
    assert_eq!(reader.company().await, Err(throttled));
    assert_eq!(cin7.asked().len(), 1);
    assert!(
        limiter.cool_downs().is_empty(),
        "only Cin7's own refusal is news to the others"
    );
}

#[tokio::test]
async fn a_refusal_for_the_limit_cools_everybody_down_for_as_long_as_cin7_says() {
    let words = "You have reached 60 calls per 60 seconds API limit.";
    let refusal = Canned {
        headers: vec![("retry-after", "45 Seconds")],
        ..failed(503, words)
    };
    let cin7 = Cin7::answering([refusal]).await;
    let limiter = Allowance::of(1);
    let wait = Duration::from_secs(45);
    let answered = cin7.reader_paced_by(limiter.clone()).company().await;
    assert_eq!(answered, Err(Error::Throttled { wait }));
    assert_eq!(limiter.cool_downs(), [wait]);
}

#[tokio::test]
async fn other_failures_cool_nobody_down() {
    let cin7 = Cin7::answering([failed(503, "")]).await;
    let limiter = Allowance::of(1);
    let answered = cin7.reader_paced_by(limiter.clone()).company().await;
    assert!(matches!(answered, Err(Error::Transient(_))));
    assert!(limiter.cool_downs().is_empty());
}
