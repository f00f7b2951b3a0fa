//! Several workers and one single-use token.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock as _;
use ledger::Status;
use secrecy::SecretString;
use tokio::task::JoinSet;
use vault::{Error, FreshBooksSecret};

use crate::bench::{Bench, acme, same};
use crate::endpoint::{endpoint, invalid_grant, pair};

#[tokio::test]
async fn workers_that_need_a_token_at_once_rotate_it_once() {
    let (bench, _) = Bench::connected().await;
    let mut workers = JoinSet::new();
    for worker in 0..4 {
        let vault = bench.tokens();
        workers.spawn(async move {
            let owner = format!("worker-{worker}");
            vault.access_token(&acme(), None, &owner).await.unwrap()
        });
    }
    let tokens = workers.join_all().await;
    assert!(tokens.iter().all(|token| same(token, &tokens[0])));
    assert_eq!(bench.token_requests(), 1);
    assert!(bench.accepts(&tokens[0]).await);
}

#[tokio::test]
async fn workers_that_meet_the_same_401_at_once_rotate_once() {
    let (bench, _) = Bench::connected().await;
    let refused = bench.tokens().access_token(&acme(), None, "first").await;
    let refused = refused.unwrap();
    let ask = async |owner| {
        let vault = bench.tokens();
        let token = vault.access_token(&acme(), Some(&refused), owner).await;
        token.unwrap()
    };
    let (one, other) = tokio::join!(ask("one"), ask("two"));
    assert!(same(&one, &other) && !same(&one, &refused));
    assert_eq!(bench.token_requests(), 2);
}

#[tokio::test]
async fn a_spent_token_with_a_newer_pair_stored_gives_the_newer() {
    let (bench, spent) = Bench::connected().await;
    let bench = Arc::new(bench);
    let newer = FreshBooksSecret {
        refresh_token: "refresh-newer".into(),
        access_token: Some((
            "access-newer".into(),
            clock::later(bench.clock.now(), Duration::from_hours(12)),
        )),
        ..spent
    };
    let meanwhile = Arc::clone(&bench);
    let url = endpoint(move |_| {
        let (bench, newer) = (Arc::clone(&meanwhile), newer.clone());
        async move {
            bench.connect(&newer).await.unwrap();
            invalid_grant()
        }
    });
    let token = bench.tokens_at(url.await);
    let token = token.access_token(&acme(), None, "worker").await.unwrap();
    assert!(same(&token, &"access-newer".into()));
    assert_eq!(bench.status().await, Status::Active);
}

#[tokio::test]
async fn a_spent_token_with_nothing_newer_needs_a_new_consent_and_says_so_in_the_connection() {
    let (bench, _) = Bench::connected().await;
    bench.freshbooks.disconnect(&bench.app, &bench.account);
    let vault = bench.tokens();
    let error = vault
        .access_token(&acme(), None, "worker")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NeedsConsent(_)));
    assert!(
        error.to_string().contains("Connect the account again"),
        "{error}"
    );
    assert_eq!(bench.status().await, Status::NeedsConsent);

    bench.connect(&bench.consent()).await.unwrap();
    let token = vault.access_token(&acme(), None, "worker").await.unwrap();
    assert!(bench.accepts(&token).await);
}

/// The other worker cannot rotate: the token it holds is spent. It waits and takes the new pair.
#[tokio::test]
async fn a_worker_whose_lease_ended_while_freshbooks_was_slow_still_stores_the_new_pair() {
    let (bench, _) = Bench::connected().await;
    let bench = Arc::new(bench);
    let meanwhile = Arc::clone(&bench);
    let url = endpoint(move |_| {
        let bench = Arc::clone(&meanwhile);
        async move {
            bench.clock.advance(Duration::from_secs(46));
            let row = bench.ledger.secret(&acme(), "freshbooks").await.unwrap();
            let mut row = row.unwrap();
            let lease = Duration::from_secs(45);
            let ledger = &bench.ledger;
            let taken = ledger
                .lease_secret(&acme(), "freshbooks", &mut row, "other", lease)
                .await;
            assert_eq!(taken, Ok(true));
            pair(&bench, "new")
        }
    });
    let vault = bench.tokens_at(url.await);
    let token = vault.access_token(&acme(), None, "slow").await.unwrap();
    assert!(same(&token, &"access-new".into()));
    let stored = bench.tokens().access_token(&acme(), None, "other").await;
    assert!(same(&stored.unwrap(), &token));
}

#[tokio::test]
async fn the_lease_of_a_worker_that_died_holds_others_up_for_its_length_only() {
    let (bench, _) = Bench::connected().await;
    let row = bench.ledger.secret(&acme(), "freshbooks").await.unwrap();
    let lease = Duration::from_secs(45);
    let ledger = &bench.ledger;
    ledger
        .lease_secret(&acme(), "freshbooks", &mut row.unwrap(), "dead", lease)
        .await
        .unwrap();
    let vault = bench.tokens();
    let ask = async || vault.access_token(&acme(), None, "worker").await;
    let early = ask().await.map(|_: SecretString| ()).unwrap_err();
    insta::assert_snapshot!(early, @"the FreshBooks token could not be refreshed: another worker has been refreshing it for too long");
    let token = ask().await.unwrap();
    assert!(bench.accepts(&token).await);
}

/// The second worker sees only that the token is spent and nothing newer is stored.
#[tokio::test]
async fn a_connection_that_was_stopped_for_a_pair_still_on_its_way_goes_on() {
    let (bench, _) = Bench::connected().await;
    let bench = Arc::new(bench);
    let meanwhile = Arc::clone(&bench);
    let url = endpoint(move |_| {
        let bench = Arc::clone(&meanwhile);
        async move {
            bench.clock.advance(Duration::from_secs(46));
            let refusing = endpoint(|_| async { invalid_grant() }).await;
            let second = bench.tokens_at(refusing);
            let dead = second.access_token(&acme(), None, "second").await;
            assert!(matches!(dead, Err(Error::NeedsConsent(_))));
            assert_eq!(bench.status().await, Status::NeedsConsent);
            pair(&bench, "late")
        }
    });
    let vault = bench.tokens_at(url.await);
    let token = vault.access_token(&acme(), None, "slow").await.unwrap();
    assert!(same(&token, &"access-late".into()));
    let connection = bench.connection().await;
    assert_eq!(
        (connection.status, connection.stopped.as_str()),
        (Status::Active, "")
    );
}

#[tokio::test]
async fn a_dead_token_overwrites_no_pause() {
    let (bench, _) = Bench::connected().await;
    bench.freshbooks.disconnect(&bench.app, &bench.account);
    bench
        .ledger
        .set_status(&acme(), Status::Paused, "Holidays.")
        .await
        .unwrap();
    let vault = bench.tokens();
    let dead = vault.access_token(&acme(), None, "worker").await;
    assert!(matches!(dead, Err(Error::NeedsConsent(_))));
    let connection = bench.connection().await;
    assert_eq!(
        (connection.status, connection.stopped.as_str()),
        (Status::Paused, "Holidays.")
    );
}
