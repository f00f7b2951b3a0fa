//! The rate limit.

use std::time::Duration;

use cin7_stand_in::{AccountOptions, Limit, LimitAnswer};
use reqwest::Method;

use crate::bench::{Bench, CUSTOMER};

async fn with_limit(calls: usize, answer: LimitAnswer) -> Bench {
    let limit = Limit {
        calls,
        answer,
        ..Limit::default()
    };
    Bench::start_with(AccountOptions {
        limit,
        ..AccountOptions::default()
    })
    .await
}

#[tokio::test]
async fn the_61st_call_in_a_minute_is_refused_and_the_window_rolls() {
    let bench = Bench::start().await;
    for call in 0..60 {
        assert_eq!(bench.get("me").await.status, 200);
        if call < 59 {
            bench.clock.advance(Duration::from_secs(1));
        }
    }
    assert_eq!(bench.get("me").await.status, 429);
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(bench.get("me").await.status, 200);
    assert_eq!(bench.get("me").await.status, 429);
}

#[tokio::test]
async fn each_key_of_an_account_has_its_own_window() {
    let bench = with_limit(1, LimitAnswer::Json429).await;
    let second = bench.stand_in.new_key(&bench.keys).unwrap();
    assert_eq!(bench.get("me").await.status, 200);
    assert_eq!(bench.get("me").await.status, 429);
    let answer = bench
        .send_with(&second, Method::GET, "me", "")
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn only_refusals_carry_the_limits_headers_and_the_wait_is_no_number() {
    let bench = with_limit(1, LimitAnswer::Json429).await;
    let served = bench.get("me").await;
    let refused = bench.get("me").await;
    assert!(
        !served
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("x-ratelimit"))
    );
    assert!(!served.headers.contains_key("retry-after"));
    assert_eq!(refused.headers["retry-after"], "60 Seconds");
    assert_eq!(refused.headers["x-ratelimit-remaining"], "0");
}

#[tokio::test]
async fn a_refusal_comes_as_429_or_503_or_400_and_always_with_the_sentence() {
    for (answer, status) in [
        (LimitAnswer::Json429, 429),
        (LimitAnswer::Text503, 503),
        (LimitAnswer::Json400, 400),
    ] {
        let refused = with_limit(0, answer).await.get("me").await;
        assert_eq!(refused.status, status);
        assert!(
            refused.text.contains("60 calls per 60 seconds API limit."),
            "{}",
            refused.text
        );
    }
}

#[tokio::test]
async fn a_refused_call_does_nothing() {
    let bench = with_limit(0, LimitAnswer::Json429).await;
    bench.post("customer", CUSTOMER).await;
    assert!(bench.stand_in.customers(&bench.keys).is_empty());
}

#[tokio::test]
async fn refused_calls_count_only_where_the_quirk_says_so() {
    for (counts, status) in [(false, 200), (true, 429)] {
        let bench = with_limit(1, LimitAnswer::Json429).await;
        bench.stand_in.change_account(&bench.keys, |account| {
            account.quirks.refused_calls_count = counts;
        });
        bench.get("me").await;
        bench.clock.advance(Duration::from_secs(30));
        bench.get("me").await;
        bench.clock.advance(Duration::from_secs(30));
        assert_eq!(bench.get("me").await.status, status);
    }
}

#[tokio::test]
async fn the_fullest_window_is_found_across_the_edges_of_minutes() {
    let bench = Bench::start().await;
    for pause in [0, 50, 5, 4, 1, 61] {
        bench.clock.advance(Duration::from_secs(pause));
        bench.get("me").await;
    }
    // The calls at 50, 55, 59 and 60 s; the one at 0 s is just out of the window.
    assert_eq!(bench.stand_in.max_calls_in_any_window(&bench.keys), 4);
}
