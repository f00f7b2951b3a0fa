//! The same connection file, read again at every start.

use std::time::Duration;

use local_aws::{Fault, Service};
use secrecy::SecretString;
use vault::Error;

use crate::bench::{Bench, acme};

impl Bench {
    async fn token(&self) -> Result<SecretString, Error> {
        self.tokens().access_token(&acme(), None, "worker").await
    }
}

#[tokio::test]
async fn a_restart_with_the_same_file_does_not_bring_the_spent_refresh_token_back() {
    let (bench, file) = Bench::connected().await;
    bench.token().await.unwrap();
    let before = bench.ledger.secret(&acme(), "freshbooks").await;
    bench.aws.reset_calls();
    bench.connect(&file).await.unwrap();
    assert_eq!(bench.operations(Service::DynamoDb), ["GetItem"]);
    assert_eq!(bench.ledger.secret(&acme(), "freshbooks").await, before);

    bench.clock.advance(Duration::from_hours(12));
    let token = bench.token().await.unwrap();
    assert!(bench.accepts(&token).await);
}

#[tokio::test]
async fn a_file_with_a_new_consent_replaces_what_was_stored() {
    let (bench, _) = Bench::connected().await;
    bench.token().await.unwrap();
    // The new consent ends every earlier token of this person and app.
    bench.connect(&bench.consent()).await.unwrap();
    let token = bench.token().await.unwrap();
    assert!(bench.accepts(&token).await);
}

#[tokio::test]
async fn a_start_whose_write_was_stored_and_not_confirmed_finds_its_own_write() {
    let bench = Bench::start().await;
    let file = bench.consent();
    bench
        .aws
        .fail_next(Service::DynamoDb, "PutItem", Fault::CutAfter);
    bench.connect(&file).await.unwrap();
    let token = bench.token().await.unwrap();
    assert!(bench.accepts(&token).await);
}
