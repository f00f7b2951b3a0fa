//! The token's life: refreshed early, once, stored before it is used, and never given out refused.

use std::time::Duration;

use clock::Clock as _;
use local_aws::Service;
use secrecy::SecretString;
use vault::TokenVault;

use crate::bench::{Bench, acme, same};

const LIFE: Duration = Duration::from_hours(12);

async fn token(vault: &TokenVault, owner: &str) -> SecretString {
    vault.access_token(&acme(), None, owner).await.unwrap()
}

#[tokio::test]
async fn the_first_use_rotates_the_token_and_the_next_costs_nothing() {
    let (bench, _) = Bench::connected().await;
    let vault = bench.tokens();
    let first = token(&vault, "worker").await;
    assert!(bench.accepts(&first).await);
    bench.aws.reset_calls();
    let again = token(&vault, "worker").await;
    assert!(same(&first, &again));
    assert!(bench.aws.calls().is_empty());
    assert_eq!(bench.token_requests(), 1);
}

#[tokio::test]
async fn another_worker_opens_the_stored_token_and_asks_freshbooks_nothing() {
    let (bench, _) = Bench::connected().await;
    let first = token(&bench.tokens(), "one").await;
    bench.aws.reset_calls();
    let theirs = token(&bench.tokens(), "two").await;
    assert!(same(&first, &theirs));
    assert_eq!(bench.operations(Service::DynamoDb), ["GetItem"]);
    assert_eq!(bench.operations(Service::Kms), ["Decrypt"]);
    assert_eq!(bench.token_requests(), 1);
}

#[tokio::test]
async fn a_token_is_refreshed_when_five_minutes_of_it_are_left() {
    let (bench, _) = Bench::connected().await;
    let first = token(&bench.tokens(), "worker").await;
    bench.clock.advance(LIFE - Duration::from_secs(301));
    assert!(same(&first, &token(&bench.tokens(), "worker").await));
    bench.clock.advance(Duration::from_secs(1));
    let second = token(&bench.tokens(), "worker").await;
    assert!(!same(&first, &second));
    assert!(bench.accepts(&second).await);
}

#[tokio::test]
async fn the_stored_refresh_token_is_always_the_live_one() {
    let (bench, _) = Bench::connected().await;
    for rotation in 1..=4 {
        // A new vault each time: only what is stored carries over.
        let fresh = token(&bench.tokens(), "worker").await;
        assert!(bench.accepts(&fresh).await);
        assert_eq!(bench.token_requests(), rotation);
        bench.clock.advance(LIFE);
    }
}

#[tokio::test]
async fn a_refused_token_is_never_given_again() {
    let (bench, _) = Bench::connected().await;
    let (one, other) = (bench.tokens(), bench.tokens());
    let first = token(&one, "one").await;
    assert!(same(&first, &token(&other, "two").await));

    let second = one
        .access_token(&acme(), Some(&first), "one")
        .await
        .unwrap();
    assert!(!same(&first, &second));
    assert!(same(&second, &token(&one, "one").await));

    // The other worker still has it cached; told of the refusal it takes the new one that is stored.
    let theirs = other.access_token(&acme(), Some(&first), "two").await;
    assert!(same(&second, &theirs.unwrap()));
    assert_eq!(bench.token_requests(), 2);
}

#[tokio::test]
async fn the_new_pair_is_stored_before_it_is_given_out() {
    let (bench, _) = Bench::connected().await;
    let given = token(&bench.tokens(), "worker").await;
    // Whoever dies now, at the first use of the token, leaves it in the table.
    let stored = token(&bench.tokens(), "another").await;
    assert!(same(&given, &stored));
    // The lease, a second look, what is about to happen; then pair and lease given back in one write.
    let calls = bench.operations(Service::DynamoDb);
    let expected = ["GetItem", "PutItem", "GetItem", "PutItem", "PutItem"];
    assert_eq!(calls[..5], expected);
    let row = bench.row("freshbooks").await;
    assert_eq!((row.lease, row.rotating_since), (None, None));
    assert_eq!(row.renewed_at, Some(bench.clock.now()));
}

#[tokio::test]
async fn a_quiet_connection_is_rotated_once_a_week() {
    let (bench, _) = Bench::connected().await;
    let keep = async || {
        let vault = bench.tokens();
        vault
            .keep_alive(&acme(), "poller", TokenVault::KEEP_ALIVE)
            .await
    };
    assert_eq!(keep().await, Ok(false), "a new consent is young");
    bench
        .clock
        .advance(TokenVault::KEEP_ALIVE - Duration::from_secs(1));
    assert_eq!(keep().await, Ok(false));
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(keep().await, Ok(true));
    assert_eq!(keep().await, Ok(false));
    assert_eq!(bench.token_requests(), 1);
    let kept = token(&bench.tokens(), "worker").await;
    assert!(bench.accepts(&kept).await);
    assert_eq!(bench.token_requests(), 1);
}

#[tokio::test]
async fn wrapping_a_secret_again_does_not_make_it_young() {
    let (bench, _) = Bench::connected().await;
    bench.clock.advance(TokenVault::KEEP_ALIVE);
    let mut row = bench.row("freshbooks").await;
    bench
        .ledger
        .put_secret(&acme(), "freshbooks", &mut row)
        .await
        .unwrap();
    let vault = bench.tokens();
    let kept = vault
        .keep_alive(&acme(), "poller", TokenVault::KEEP_ALIVE)
        .await;
    assert_eq!(kept, Ok(true));
}
