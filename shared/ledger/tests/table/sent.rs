//! The request that is about to be sent is kept with the intent to send it.

use ledger::audit::Draft;
use ledger::{Error, Sent};
use local_aws::{Call, Fault, Service};

use crate::bench::{Bench, invoice};

const REQUEST: &str = r#"{"Status":"AUTHORISED","Lines":[{"Price":49.90}]}"#;

fn order(request: &str) -> Sent<'_> {
    let step = "order";
    Sent { step, request }
}

async fn kept(bench: &Bench, step: &str) -> Option<String> {
    bench.ledger.sent(&invoice("7"), step).await.unwrap()
}

#[tokio::test]
async fn a_request_comes_back_to_the_letter_under_its_own_step() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "worker-1").await;
    assert_eq!(kept(&bench, "order").await, None);
    let drafts = vec![Draft::new("intent")];
    bench
        .ledger
        .commit_sending(&mut record, drafts, "worker-1", order(REQUEST))
        .await
        .unwrap();
    assert_eq!(kept(&bench, "order").await.as_deref(), Some(REQUEST));
    assert_eq!(kept(&bench, "invoice").await, None);
    let (stored, trail) = bench.proven(&invoice("7")).await;
    assert_eq!((stored, trail.len()), (record, 2));
}

#[tokio::test]
async fn what_is_sent_again_for_a_step_takes_the_place_of_what_was_sent_before() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "worker-1").await;
    for request in [REQUEST, "{}"] {
        bench
            .ledger
            .commit_sending(&mut record, vec![], "worker-1", order(request))
            .await
            .unwrap();
        assert_eq!(kept(&bench, "order").await.as_deref(), Some(request));
    }
}

#[tokio::test]
async fn a_request_is_kept_in_the_transaction_of_its_intent_and_not_where_that_conflicts() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "worker-1").await;
    let mut stale = record.clone();
    let drafts = || vec![Draft::new("intent")];
    bench.aws.reset_calls();
    bench
        .ledger
        .commit_sending(&mut record, drafts(), "worker-1", order(REQUEST))
        .await
        .unwrap();
    let written = Call {
        service: Service::DynamoDb,
        operation: "TransactWriteItems".to_owned(),
    };
    assert_eq!(bench.aws.calls(), [written]);
    let late = bench
        .ledger
        .commit_sending(&mut stale, drafts(), "worker-2", order("{}"))
        .await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(kept(&bench, "order").await.as_deref(), Some(REQUEST));
}

#[tokio::test]
async fn a_request_and_its_intent_are_both_there_or_neither_under_any_fault() {
    for fault in [
        Fault::ThrottledNotApplied,
        Fault::Error500Applied,
        Fault::CutBefore,
        Fault::CutAfter,
    ] {
        let bench = Bench::start().await;
        let mut record = bench.claim(&invoice("7"), "worker-1").await;
        bench.fail("TransactWriteItems", fault, 3);
        let drafts = vec![Draft::new("intent")];
        let lost = bench
            .ledger
            .commit_sending(&mut record, drafts, "worker-1", order(REQUEST))
            .await;
        assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
        bench.aws.reset_calls();
        let (_, trail) = bench.proven(&invoice("7")).await;
        let request = kept(&bench, "order").await;
        assert_eq!(request.is_some(), trail.len() == 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_request_longer_than_300_kib_is_cut_between_letters_and_one_of_300_kib_is_whole() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "worker-1").await;
    let longest = 300 * 1024;
    for (request, length) in [
        ("x".repeat(longest), longest),
        ("x".repeat(longest + 1), longest),
        (format!("x{}", "é".repeat(longest)), longest - 1),
    ] {
        bench
            .ledger
            .commit_sending(&mut record, vec![], "worker-1", order(&request))
            .await
            .unwrap();
        let kept = kept(&bench, "order").await.unwrap();
        assert_eq!(kept.len(), length);
        assert!(request.starts_with(&kept));
    }
}
