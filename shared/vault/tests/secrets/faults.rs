//! Lost replies and services that are down, on both sides of the token.

use std::time::Duration;

use freshbooks_stand_in::{Fault as Trouble, Matcher};
use ledger::Status;
use local_aws::{Fault, Service};
use secrecy::SecretString;
use vault::{Error, FreshBooksSecret, TokenVault};

use crate::bench::{Bench, acme, same};

/// The calls of one rotation, by their place in the log.
const LEASE: usize = 2;
const AHEAD: usize = 4;
const STORE: usize = 6;

async fn ask(vault: &TokenVault) -> Result<SecretString, Error> {
    vault.access_token(&acme(), None, "worker").await
}

impl Bench {
    fn trouble(&self, trouble: Trouble) {
        let token = Matcher::new("POST", "/auth/oauth/token");
        self.freshbooks.fail(token, trouble);
    }

    /// The pair in the table is the live one: a worker without a cache rotates it again.
    async fn assert_survived(&self) {
        self.clock.advance(Duration::from_hours(12));
        let token = ask(&self.tokens()).await.unwrap();
        assert!(self.accepts(&token).await);
        assert_eq!(self.status().await, Status::Active);
    }
}

#[tokio::test]
async fn a_rotation_is_seven_calls_in_this_order() {
    let (bench, _) = Bench::connected().await;
    ask(&bench.tokens()).await.unwrap();
    let calls: Vec<String> = bench
        .aws
        .calls()
        .into_iter()
        .map(|call| call.operation)
        .collect();
    // LEASE, AHEAD and STORE above are places in this list.
    assert_eq!(
        calls,
        [
            "GetItem",
            "Decrypt",
            "PutItem",
            "GetItem",
            "PutItem",
            "GenerateDataKey",
            "PutItem"
        ]
    );
}

#[tokio::test]
async fn the_lost_reply_of_a_rotation_is_told_and_the_next_try_settles_it() {
    let (bench, _) = Bench::connected().await;
    bench.trouble(Trouble::LostAfter);
    let vault = bench.tokens();
    let lost = ask(&vault).await.unwrap_err();
    assert!(matches!(lost, Error::Token(_)));
    for told in ["its answer is lost", "may be spent"] {
        assert!(lost.to_string().contains(told), "{lost}");
    }
    assert_eq!(bench.status().await, Status::Active);

    // FreshBooks rotated and nobody knows the new pair: only a person can help, and is asked to.
    let settled = ask(&vault).await.unwrap_err();
    assert!(matches!(settled, Error::NeedsConsent(_)), "{settled}");
    assert_eq!(bench.status().await, Status::NeedsConsent);
    let stopped = bench.connection().await.stopped;
    assert_eq!(stopped, settled.to_string());
    insta::assert_snapshot!(stopped, @"FreshBooks no longer accepts the stored refresh token: invalid_grant; The provided authorization grant is invalid, expired, revoked, or was used before. Connect the account again. A refresh begun at 2026-01-05T16:00:00Z was cut off before its new tokens were stored: they are probably lost.");
}

#[tokio::test]
async fn a_request_lost_on_its_way_costs_one_more_try() {
    for trouble in [
        Trouble::LostBefore,
        Trouble::Status500,
        Trouble::Status503,
        Trouble::Html200,
        Trouble::Throttled429(Duration::from_secs(1)),
    ] {
        let (bench, _) = Bench::connected().await;
        bench.trouble(trouble);
        let failed = ask(&bench.tokens()).await;
        assert!(matches!(failed, Err(Error::Token(_))), "{trouble:?}");
        let may_be_spent = failed.unwrap_err().to_string().contains("may be spent");
        let since = bench.row("freshbooks").await.rotating_since;
        assert_eq!(since.is_some(), may_be_spent, "{trouble:?}");
        // The lease was given back: another worker need not wait for it.
        let other = bench.tokens();
        let token = other.access_token(&acme(), None, "other").await.unwrap();
        assert!(bench.accepts(&token).await, "{trouble:?}");
    }
}

#[tokio::test]
async fn an_app_that_freshbooks_refuses_is_named_and_the_token_stays_good() {
    let (bench, secret) = Bench::connected().await;
    let mistyped = FreshBooksSecret {
        client_secret: "mistyped".into(),
        refresh_token: bench.consent().refresh_token,
        ..secret
    };
    bench.connect(&mistyped).await.unwrap();
    let refused = ask(&bench.tokens()).await.unwrap_err();
    insta::assert_snapshot!(refused, @"the FreshBooks token could not be refreshed: FreshBooks refuses the app (HTTP 401): unauthenticated; This action requires authentication to continue. Check the app's client id, client secret and redirect address.");
    assert_eq!(bench.status().await, Status::Active);
}

#[tokio::test]
async fn the_lost_reply_of_storing_the_pair_loses_nothing() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        // With 1 the SDK's second attempt meets its first; with 3 the vault's own second try does.
        for attempts in [1, 3] {
            let (bench, _) = Bench::connected().await;
            for attempt in 0..attempts {
                bench.aws.fail_call(STORE + attempt, fault);
            }
            let token = ask(&bench.tokens()).await.unwrap();
            assert!(bench.accepts(&token).await);
            assert_eq!(bench.token_requests(), 1, "{fault:?} x{attempts}");
            bench.assert_survived().await;
        }
    }
}

#[tokio::test]
async fn the_lost_reply_of_taking_the_lease_or_writing_ahead_costs_another_look() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        for call in [LEASE, AHEAD] {
            let (bench, _) = Bench::connected().await;
            bench.aws.fail_call(call, fault);
            let token = ask(&bench.tokens()).await.unwrap();
            assert!(bench.accepts(&token).await);
            assert_eq!(bench.token_requests(), 1);
            assert_eq!(bench.row("freshbooks").await.rotating_since, None);
            bench.assert_survived().await;
        }
    }
}

#[tokio::test]
async fn a_table_or_key_service_that_is_down_for_a_while_loses_no_pair() {
    for (service, operation, first) in [
        (Service::DynamoDb, "PutItem", STORE),
        (Service::Kms, "GenerateDataKey", STORE - 1),
    ] {
        let (bench, _) = Bench::connected().await;
        // Four tries of three attempts each fail; the fifth and last is served.
        for attempt in 0..12 {
            bench.aws.fail_call(first + attempt, Fault::CutBefore);
        }
        let token = ask(&bench.tokens()).await.unwrap();
        assert!(bench.accepts(&token).await);
        let tried = bench.operations(service);
        let tried = tried.iter().filter(|name| *name == operation).count();
        assert!(tried >= 13, "{tried} times {operation}");
        bench.assert_survived().await;
    }
}

#[tokio::test]
async fn a_pair_that_could_not_be_stored_is_not_given_out() {
    let (bench, secret) = Bench::connected().await;
    for attempt in 0..15 {
        bench.aws.fail_call(STORE + attempt, Fault::CutBefore);
    }
    let lost = ask(&bench.tokens()).await;
    assert!(matches!(
        lost,
        Err(Error::Ledger(ledger::Error::Unavailable(_)))
    ));
    // This is the gap that remains: FreshBooks rotated, and the new pair is in no store.
    bench.aws.reset_calls();
    bench.clock.advance(Duration::from_secs(45));
    let next = ask(&bench.tokens()).await;
    assert!(matches!(next, Err(Error::NeedsConsent(_))));
    assert!(!same(&bench.live().unwrap().into(), &secret.refresh_token));
}
