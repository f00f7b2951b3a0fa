//! Faults.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use clock::Clock;
use jiff::ToSpan;
use reqwest::Method;

use crate::bench::{Answer, Bench, CUSTOMER};

fn customers(bench: &Bench) -> usize {
    bench.stand_in.customers(&bench.keys).len()
}

async fn post_with(fault: Fault) -> (Bench, reqwest::Result<Answer>) {
    let bench = Bench::start().await;
    bench.stand_in.fail(Matcher::new("POST", "customer"), fault);
    let answer = bench.send(Method::POST, "customer", CUSTOMER).await;
    (bench, answer)
}

#[tokio::test]
async fn a_call_lost_before_is_cut_and_does_nothing() {
    let (bench, answer) = post_with(Fault::LostBefore).await;
    assert!(answer.unwrap_err().is_request());
    assert_eq!(customers(&bench), 0);
    let calls = bench.stand_in.calls(&bench.keys);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].status, None);
}

#[tokio::test]
async fn a_call_lost_after_is_cut_and_has_been_carried_out() {
    let (bench, answer) = post_with(Fault::LostAfter).await;
    assert!(answer.unwrap_err().is_request());
    assert_eq!(customers(&bench), 1);
    assert_eq!(bench.get("customer").await.at("/Total"), "1");
}

#[tokio::test]
async fn a_failed_answer_comes_with_or_without_the_call_carried_out() {
    for applied in [false, true] {
        for (fault, status) in [
            (Fault::Status500 { applied }, 500),
            (Fault::Plain503 { applied }, 503),
            (Fault::Html200 { applied }, 200),
            (Fault::TruncatedJson { applied }, 200),
        ] {
            let (bench, answer) = post_with(fault).await;
            let answer = answer.unwrap();
            assert_eq!(answer.status, status, "{fault:?}");
            assert_eq!(customers(&bench), usize::from(applied), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_truncated_answer_is_no_json() {
    let (_bench, answer) = post_with(Fault::TruncatedJson { applied: true }).await;
    let text = answer.unwrap().text;
    assert!(text.starts_with(r#"{"Total":1"#), "{text}");
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());
}

#[tokio::test]
async fn a_plain_503_does_not_speak_of_the_limit() {
    let (_bench, answer) = post_with(Fault::Plain503 { applied: false }).await;
    assert!(!answer.unwrap().text.contains("limit"));
}

#[tokio::test]
async fn refusals_come_in_every_shape_and_do_nothing() {
    for (fault, status, text) in [
        (Fault::Limit429, 429, "API limit."),
        (Fault::Limit503Text, 503, "API limit."),
        (Fault::Limit400Text, 400, "API limit."),
        (Fault::Unauthorized403, 403, "Incorrect credentials!"),
        (Fault::Error200, 200, "ErrorCode"),
    ] {
        let (bench, answer) = post_with(fault).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status, status);
        assert!(answer.text.contains(text), "{}", answer.text);
        assert_eq!(customers(&bench), 0);
    }
}

#[tokio::test]
async fn a_slow_answer_takes_its_time_on_the_stand_ins_clock() {
    let bench = Bench::start().await;
    let before = bench.clock.now();
    bench
        .stand_in
        .fail(Matcher::any(), Fault::Slow(Duration::from_secs(45)));
    assert_eq!(bench.get("me").await.status, 200);
    assert_eq!(bench.clock.now(), before + 45.seconds());
}

#[tokio::test]
async fn a_fault_can_be_for_the_nth_call_or_the_next_few() {
    let bench = Bench::start().await;
    bench
        .stand_in
        .fail(Matcher::new("get", "ME").nth(2), Fault::Limit429);
    bench.stand_in.fail(
        Matcher::new("GET", "customer").next(2),
        Fault::Unauthorized403,
    );
    let mut statuses = Vec::new();
    for path in ["me", "customer", "me", "customer", "me", "customer"] {
        statuses.push(bench.get(path).await.status);
    }
    assert_eq!(statuses, [200, 403, 429, 403, 200, 200]);
}

#[tokio::test]
async fn a_fault_can_be_scheduled_by_the_number_of_the_call() {
    let bench = Bench::start().await;
    bench.get("me").await;
    bench.stand_in.reset_calls();
    bench.stand_in.fail_call(2, Fault::Limit429);
    assert_eq!(bench.get("me").await.status, 200);
    assert_eq!(bench.get("me").await.status, 429);
    assert_eq!(bench.get("me").await.status, 200);
}

#[tokio::test]
async fn faults_still_to_come_can_be_switched_off() {
    let bench = Bench::start().await;
    bench
        .stand_in
        .fail(Matcher::any().every(), Fault::LostBefore);
    bench.stand_in.clear_faults();
    assert_eq!(bench.get("me").await.status, 200);
}

#[tokio::test]
async fn a_refused_call_is_not_carried_out() {
    let (bench, answer) = post_with(Fault::Refused400).await;
    assert_eq!(answer.unwrap().status, 400);
    assert_eq!(customers(&bench), 0);
}

#[tokio::test]
async fn a_call_that_hangs_says_so_and_its_caller_can_be_dropped_before_or_after_the_work() {
    for applied in [false, true] {
        let bench = Bench::start().await;
        let fault = Fault::Hang { applied };
        bench.stand_in.fail(Matcher::new("POST", "customer"), fault);
        tokio::select! {
            answer = bench.send(Method::POST, "customer", CUSTOMER) => panic!("{answer:?}"),
            () = bench.stand_in.hanging() => {}
        }
        assert_eq!(customers(&bench), usize::from(applied));
    }
}

#[tokio::test]
async fn who_follows_every_call_decides_what_befalls_it() {
    let bench = Bench::start().await;
    bench
        .stand_in
        .decide(|call| (call.path == "me").then_some(Fault::Limit429));
    assert_eq!(bench.get("me").await.status, 429);
    assert_eq!(bench.get("customer").await.status, 200);
}
