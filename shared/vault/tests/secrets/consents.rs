//! A person consents while workers go about their work: the consent wins, and nobody fails for it.

use std::sync::Arc;
use std::time::Duration;

use clock::{Clock as _, later};
use ledger::Status;
use local_aws::{Fault, Service};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use vault::{Error, FreshBooksSecret, Vault};

use crate::bench::{Bench, acme, new_key, same};
use crate::endpoint::{endpoint, invalid_grant, pair};

impl Bench {
    /// What a consent gives: both tokens.
    fn new_consent(&self, old: &FreshBooksSecret) -> FreshBooksSecret {
        let ends = later(self.clock.now(), Duration::from_hours(12));
        FreshBooksSecret {
            refresh_token: "refresh-consent".into(),
            access_token: Some(("access-consent".into(), ends)),
            ..old.clone()
        }
    }

    async fn replace(&self, secret: &FreshBooksSecret) -> Result<(), Error> {
        self.vault.replace_freshbooks(&acme(), secret).await
    }
}

/// What a worker gets whose request FreshBooks answers with `answer`, after a consent came in between.
async fn with_a_consent_in_between(
    consent: impl Fn(&FreshBooksSecret) -> FreshBooksSecret,
    answer: impl Fn(&Bench, &Value) -> (u16, Value) + Clone + Send + Sync + 'static,
) -> (Arc<Bench>, Result<SecretString, Error>) {
    let (bench, old) = Bench::connected().await;
    let bench = Arc::new(bench);
    let (meanwhile, consent) = (Arc::clone(&bench), consent(&bench.new_consent(&old)));
    let url = endpoint(move |grant: Value| {
        let (bench, consent, answer) = (meanwhile.clone(), consent.clone(), answer.clone());
        async move {
            if grant["refresh_token"] != "refresh-consent" {
                bench.replace(&consent).await.unwrap();
            }
            answer(&bench, &grant)
        }
    });
    let vault = bench.tokens_at(url.await);
    let token = vault.access_token(&acme(), None, "worker").await;
    (bench, token)
}

#[tokio::test]
async fn a_worker_whose_pair_is_older_than_a_consent_goes_on_with_the_consents() {
    let (bench, token) =
        with_a_consent_in_between(FreshBooksSecret::clone, |bench, _| pair(bench, "older")).await;
    assert!(same(&token.unwrap(), &"access-consent".into()));
    let row = bench.row("freshbooks").await;
    assert_eq!((row.lease, row.rotating_since), (None, None));
    // What the next rotation sends is the consent's own refresh token.
    bench.clock.advance(Duration::from_hours(12));
    let url = endpoint(|grant: Value| async move {
        assert_eq!(grant["refresh_token"], "refresh-consent");
        invalid_grant()
    });
    let vault = bench.tokens_at(url.await);
    assert!(vault.access_token(&acme(), None, "worker").await.is_err());
}

#[tokio::test]
async fn a_consent_without_an_access_token_is_rotated_by_the_worker_it_surprised() {
    let without = |consent: &FreshBooksSecret| FreshBooksSecret {
        access_token: None,
        ..consent.clone()
    };
    let (_, token) = with_a_consent_in_between(without, |bench, grant| {
        let newer = grant["refresh_token"] == "refresh-consent";
        pair(bench, if newer { "newer" } else { "older" })
    })
    .await;
    assert!(same(&token.unwrap(), &"access-newer".into()));
}

#[tokio::test]
async fn a_token_that_a_consent_ended_while_it_was_sent_stops_nothing() {
    let (bench, token) =
        with_a_consent_in_between(FreshBooksSecret::clone, |_, _| invalid_grant()).await;
    assert!(same(&token.unwrap(), &"access-consent".into()));
    assert_eq!(bench.status().await, Status::Active);
}

#[tokio::test]
async fn a_consent_replaces_what_is_stored_under_anybodys_lease_and_forgets_what_was_cut_off() {
    let (bench, old) = Bench::connected().await;
    let mut row = bench.row("freshbooks").await;
    row.rotating_since = Some(bench.clock.now());
    let lease = Duration::from_secs(45);
    let leased = bench
        .ledger
        .lease_secret(&acme(), "freshbooks", &mut row, "other", lease)
        .await;
    assert_eq!(leased, Ok(true));
    bench.replace(&bench.new_consent(&old)).await.unwrap();
    let vault = bench.tokens();
    let token = vault.access_token(&acme(), None, "worker").await.unwrap();
    assert_eq!(token.expose_secret(), "access-consent");
    let row = bench.row("freshbooks").await;
    assert_eq!((row.lease, row.rotating_since), (None, None));
}

/// Had it been written again, the spent refresh token of the consent would be back.
#[tokio::test]
async fn a_consent_stored_twice_does_not_undo_what_was_rotated_since() {
    let (bench, _) = Bench::connected().await;
    let consent = bench.consent();
    bench
        .aws
        .fail_next(Service::DynamoDb, "PutItem", Fault::CutAfter);
    bench.replace(&consent).await.unwrap();
    let vault = bench.tokens();
    vault.access_token(&acme(), None, "worker").await.unwrap();
    let rotated = bench.row("freshbooks").await;
    bench.replace(&consent).await.unwrap();
    assert_eq!(bench.row("freshbooks").await, rotated);
}

/// The row changes under the worker, and it still holds the spent pair: the new one must not be
/// taken for superseded.
#[tokio::test]
async fn a_secret_wrapped_again_during_its_rotation_loses_no_pair() {
    let (bench, _) = Bench::connected().await;
    new_key(&bench.aws, "alias/newer").await;
    let bench = Arc::new(bench);
    let meanwhile = Arc::clone(&bench);
    let url = endpoint(move |_| {
        let bench = Arc::clone(&meanwhile);
        async move {
            let newer = Vault::new(bench.ledger.clone(), bench.aws.kms(), "alias/newer");
            assert_eq!(newer.rewrap(&acme()).await, Ok(1));
            pair(&bench, "new")
        }
    });
    let vault = bench.tokens_at(url.await);
    let token = vault.access_token(&acme(), None, "worker").await.unwrap();
    assert!(same(&token, &"access-new".into()));
    let stored = bench.tokens().access_token(&acme(), None, "other").await;
    assert!(same(&stored.unwrap(), &token));
}
