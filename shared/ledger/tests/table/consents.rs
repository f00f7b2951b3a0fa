//! Begun consents: each serves once, and not for long.

use std::time::Duration;

use clock::later;
use ledger::{Consent, ConsentStage, Error};

use crate::bench::{Bench, TABLE, acme};

const LIFE: Duration = Duration::from_secs(600);

impl Bench {
    async fn begun(&self, nonce: &str) -> Consent {
        let consent = Consent {
            stage: ConsentStage::State,
            browser: "digest of the browser's mark".to_owned(),
            expires_at: later(self.now(), LIFE),
        };
        let put = self.ledger.put_consent(&acme(), nonce, &consent).await;
        put.unwrap();
        consent
    }

    async fn take(&self, nonce: &str) -> Option<Consent> {
        let taken = self.ledger.take_consent(&acme(), nonce, self.now()).await;
        taken.unwrap()
    }
}

#[tokio::test]
async fn a_consent_is_taken_once() {
    let bench = Bench::start().await;
    let consent = bench.begun("one").await;
    bench.begun("two").await;
    assert_eq!(bench.take("one").await, Some(consent));
    assert_eq!(bench.take("one").await, None);
    assert_eq!(bench.items("CONN#acme").await, 1);
}

#[tokio::test]
async fn of_two_that_take_a_consent_at_once_one_gets_it() {
    let bench = Bench::start().await;
    bench.begun("one").await;
    let (one, other) = tokio::join!(bench.take("one"), bench.take("one"));
    assert!(one.is_some() != other.is_some());
}

#[tokio::test]
async fn a_consent_of_another_connection_or_nonce_is_none() {
    let bench = Bench::start().await;
    bench.begun("one").await;
    let other = "other".parse().unwrap();
    let theirs = bench.ledger.take_consent(&other, "one", bench.now()).await;
    assert_eq!(theirs, Ok(None));
    assert_eq!(bench.take("on").await, None);
    assert!(bench.take("one").await.is_some());
}

#[tokio::test]
async fn an_expired_consent_counts_as_none_and_is_gone() {
    let bench = Bench::start().await;
    bench.begun("one").await;
    bench.clock.advance(LIFE);
    assert_eq!(bench.take("one").await, None);
    assert_eq!(bench.items("CONN#acme").await, 0);
}

#[tokio::test]
async fn a_nonce_serves_one_consent_only() {
    let bench = Bench::start().await;
    let consent = bench.begun("one").await;
    let again = bench.ledger.put_consent(&acme(), "one", &consent).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[tokio::test]
async fn the_table_can_drop_a_consent_that_nobody_took() {
    let bench = Bench::start().await;
    bench.begun("one").await;
    let item = bench.aws.dynamodb().scan().table_name(TABLE).send().await;
    let item = item.unwrap().items.unwrap().remove(0);
    let seconds = later(bench.now(), LIFE).as_second().to_string();
    assert_eq!(item[ledger::table::TIME_TO_LIVE].as_n(), Ok(&seconds));
}
