//! Sealed secrets: one writer at a time, and what a lost reply looks like.

use std::time::Duration;

use ledger::{Error, Ledger, SecretRow};
use local_aws::Fault;

use crate::bench::{Bench, acme};

const NAME: &str = "freshbooks";
const LEASE: Duration = Duration::from_secs(45);

impl Bench {
    pub(crate) async fn sealed(&self, sealed: &str) -> SecretRow {
        let mut row = SecretRow {
            sealed: sealed.to_owned(),
            key_id: "key".to_owned(),
            seed: "seed".to_owned(),
            version: 0,
            lease: None,
            updated_at: self.now(),
            rotating_since: None,
            renewed_at: None,
        };
        self.ledger
            .put_secret(&acme(), NAME, &mut row)
            .await
            .unwrap();
        row
    }

    async fn secret(&self) -> SecretRow {
        self.ledger.secret(&acme(), NAME).await.unwrap().unwrap()
    }
}

async fn lease(ledger: &Ledger, row: &mut SecretRow, owner: &str) -> Result<bool, Error> {
    ledger.lease_secret(&acme(), NAME, row, owner, LEASE).await
}

#[tokio::test]
async fn a_secret_row_comes_back_and_names_when_it_was_written() {
    let bench = Bench::start().await;
    assert_eq!(bench.ledger.secret(&acme(), NAME).await, Ok(None));
    let mut row = bench.sealed("one").await;
    bench.clock.advance(Duration::from_secs(1));
    row.sealed = "two".to_owned();
    bench
        .ledger
        .put_secret(&acme(), NAME, &mut row)
        .await
        .unwrap();
    assert_eq!(bench.secret().await, row);
    assert_eq!((row.version, row.updated_at), (2, bench.now()));
}

#[tokio::test]
async fn of_two_writes_to_one_version_of_a_secret_the_second_is_refused() {
    let bench = Bench::start().await;
    let mut one = bench.sealed("old").await;
    let mut other = one.clone();
    one.sealed = "new".to_owned();
    bench
        .ledger
        .put_secret(&acme(), NAME, &mut one)
        .await
        .unwrap();
    other.sealed = "stale".to_owned();
    let late = bench.ledger.put_secret(&acme(), NAME, &mut other).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(bench.secret().await.sealed, "new");
}

#[tokio::test]
async fn a_lease_keeps_others_out_until_it_ends_and_then_fences_its_holder() {
    let bench = Bench::start().await;
    let mut ours = bench.sealed("old").await;
    assert_eq!(lease(&bench.ledger, &mut ours, "one").await, Ok(true));
    assert_eq!(lease(&bench.ledger, &mut ours, "one").await, Ok(true));

    let mut theirs = bench.secret().await;
    assert_eq!(lease(&bench.ledger, &mut theirs, "two").await, Ok(false));
    bench.clock.advance(LEASE);
    assert_eq!(lease(&bench.ledger, &mut theirs, "two").await, Ok(true));

    ours.sealed = "stale".to_owned();
    let late = bench.ledger.put_secret(&acme(), NAME, &mut ours).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(bench.secret().await, theirs);
}

#[tokio::test]
async fn of_two_workers_that_ask_for_the_lease_at_once_one_has_to_read_again() {
    let bench = Bench::start().await;
    let (mut one, mut other) = (bench.sealed("old").await, bench.secret().await);
    assert_eq!(lease(&bench.ledger, &mut one, "one").await, Ok(true));
    let late = lease(&bench.ledger, &mut other, "two").await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
}

/// A plain conditional put has no token of its own: after a lost reply the SDK's second attempt
/// meets what the first one wrote. Whoever sees a conflict reads again and may find its own write.
#[tokio::test]
async fn a_write_whose_reply_is_lost_reads_as_a_conflict_and_is_stored() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let bench = Bench::start().await;
        let mut row = bench.sealed("old").await;
        row.sealed = "new".to_owned();
        bench.fail("PutItem", fault, 1);
        let lost = bench.ledger.put_secret(&acme(), NAME, &mut row).await;
        assert!(matches!(lost, Err(Error::Conflict(_))), "{lost:?}");
        assert_eq!(row.version, 1, "what was not confirmed is not believed");
        assert_eq!(bench.secret().await.sealed, "new");
    }
}

#[tokio::test]
async fn a_lease_whose_reply_is_lost_is_still_its_owners() {
    let bench = Bench::start().await;
    let mut row = bench.sealed("old").await;
    bench.fail("PutItem", Fault::CutAfter, 1);
    let lost = lease(&bench.ledger, &mut row, "one").await;
    assert!(matches!(lost, Err(Error::Conflict(_))), "{lost:?}");
    let mut row = bench.secret().await;
    assert_eq!(lease(&bench.ledger, &mut row, "two").await, Ok(false));
    assert_eq!(lease(&bench.ledger, &mut row, "one").await, Ok(true));
}

#[tokio::test]
async fn all_secrets_of_a_connection_are_listed_with_their_names() {
    let bench = Bench::start().await;
    let freshbooks = bench.sealed("one").await;
    let mut cin7 = SecretRow {
        version: 0,
        ..freshbooks.clone()
    };
    let put = bench.ledger.put_secret(&acme(), "cin7", &mut cin7).await;
    put.unwrap();
    let named = |name: &str, row| (name.to_owned(), row);
    assert_eq!(
        bench.ledger.secrets(&acme()).await,
        Ok(vec![named("cin7", cin7), named(NAME, freshbooks)])
    );
    let other = "other".parse().unwrap();
    assert_eq!(bench.ledger.secrets(&other).await, Ok(Vec::new()));
}
