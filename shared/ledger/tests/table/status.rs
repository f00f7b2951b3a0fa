//! What stops a connection, and what lets it go on.

use ledger::{Error, Refused, Status};
use local_aws::Fault;

use crate::bench::{Bench, acme};

impl Bench {
    /// An active connection with a secret, and the version of the secret.
    async fn working(&self) -> u64 {
        self.connected().await;
        self.sealed("one").await.version
    }

    async fn status(&self) -> (Status, String) {
        let stored = self.ledger.connection(&acme()).await.unwrap().unwrap();
        (stored.status, stored.stopped)
    }

    async fn refuse(&self, version: u64) -> Result<bool, Error> {
        let refused = Refused::Consent(version);
        self.ledger.stop(&acme(), refused, "Refused.").await
    }

    async fn assert_says(&self, status: Status, sentence: &str) {
        assert_eq!(self.status().await, (status, sentence.to_owned()));
    }
}

#[tokio::test]
async fn a_status_is_written_only_where_it_differs() {
    let bench = Bench::start().await;
    bench.working().await;
    let set = async |status, sentence| bench.ledger.set_status(&acme(), status, sentence).await;
    assert_eq!(set(Status::Active, "").await, Ok(false));
    assert_eq!(set(Status::Paused, "Holidays.").await, Ok(true));
    let version = bench
        .ledger
        .connection(&acme())
        .await
        .unwrap()
        .unwrap()
        .version;
    assert_eq!(set(Status::Paused, "Holidays.").await, Ok(false));
    let after = bench.ledger.connection(&acme()).await.unwrap().unwrap();
    assert_eq!(after.version, version);
    assert_eq!(set(Status::Paused, "Stock count.").await, Ok(true));
    bench.assert_says(Status::Paused, "Stock count.").await;
    assert_eq!(set(Status::Active, "never kept").await, Ok(true));
    bench.assert_says(Status::Active, "").await;
}

#[tokio::test]
async fn the_status_of_no_connection_cannot_be_set() {
    let bench = Bench::start().await;
    let set = bench
        .ledger
        .set_status(&acme(), Status::Paused, "Why.")
        .await;
    assert!(matches!(set, Err(Error::Absent(_))));
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(None));
    assert_eq!(bench.refuse(1).await, Ok(false));
}

#[tokio::test]
async fn a_refusal_stops_an_active_connection_once() {
    let bench = Bench::start().await;
    let version = bench.working().await;
    assert_eq!(bench.refuse(version).await, Ok(true));
    bench.assert_says(Status::NeedsConsent, "Refused.").await;
    assert_eq!(bench.refuse(version).await, Ok(false));
}

#[tokio::test]
async fn a_late_refusal_overwrites_no_pause() {
    let bench = Bench::start().await;
    let version = bench.working().await;
    let pause = bench
        .ledger
        .set_status(&acme(), Status::Paused, "Holidays.")
        .await;
    pause.unwrap();
    assert_eq!(bench.refuse(version).await, Ok(false));
    bench.assert_says(Status::Paused, "Holidays.").await;
}

#[tokio::test]
async fn a_late_refusal_of_a_replaced_secret_stops_nothing() {
    let bench = Bench::start().await;
    let refused = bench.working().await;
    let mut row = bench
        .ledger
        .secret(&acme(), "freshbooks")
        .await
        .unwrap()
        .unwrap();
    let replaced = bench
        .ledger
        .put_secret(&acme(), "freshbooks", &mut row)
        .await;
    replaced.unwrap();
    assert_eq!(bench.refuse(refused).await, Ok(false));
    bench.assert_says(Status::Active, "").await;
}

/// The version of one secret says nothing of the other.
#[tokio::test]
async fn each_service_refuses_its_own_secret() {
    let bench = Bench::start().await;
    let version = bench.working().await;
    let keys = Refused::Keys(version);
    assert_eq!(bench.ledger.stop(&acme(), keys, "No.").await, Ok(false));

    let mut cin7 = bench
        .ledger
        .secret(&acme(), "freshbooks")
        .await
        .unwrap()
        .unwrap();
    cin7.version = 0;
    bench
        .ledger
        .put_secret(&acme(), "cin7", &mut cin7)
        .await
        .unwrap();
    let keys = Refused::Keys(cin7.version);
    assert_eq!(bench.ledger.stop(&acme(), keys, "No.").await, Ok(true));
    bench.assert_says(Status::KeysRefused, "No.").await;
}

#[tokio::test]
async fn a_connection_is_resumed_only_from_the_reason_that_is_gone() {
    let bench = Bench::start().await;
    let version = bench.working().await;
    bench.refuse(version).await.unwrap();
    for other in [
        Status::Paused,
        Status::KeysRefused,
        Status::Active,
        Status::Removed,
    ] {
        assert_eq!(bench.ledger.resume(&acme(), other).await, Ok(false));
    }
    bench.assert_says(Status::NeedsConsent, "Refused.").await;
    let resumed = bench.ledger.resume(&acme(), Status::NeedsConsent).await;
    assert_eq!(resumed, Ok(true));
    bench.assert_says(Status::Active, "").await;
}

#[tokio::test]
async fn a_stop_whose_reply_is_lost_is_still_told_as_this_calls_own() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let bench = Bench::start().await;
        let version = bench.working().await;
        bench.fail("TransactWriteItems", fault, 1);
        assert_eq!(bench.refuse(version).await, Ok(true), "{fault:?}");
        bench.assert_says(Status::NeedsConsent, "Refused.").await;
    }
}
