//! The call log, and each fault at a call.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use local_aws::{Call, Fault, LocalAws, Options, Service};

use crate::dynamodb::{is_there, table, text};
use crate::support::{fifo, receive, send, start};

/// A table, and a put into it that meets the fault.
async fn about_to_put(fault: Fault) -> (LocalAws, PutItemFluentBuilder) {
    let (aws, _) = start().await;
    let dynamodb = aws.dynamodb();
    table(&dynamodb).await;
    aws.reset_calls();
    aws.fail_call(0, fault);
    let put = dynamodb.put_item().table_name("table");
    (aws, put.item("pk", text("a")))
}

/// One put under a fault: what the SDK's retries made of it, and how many attempts arrived.
async fn put_under(fault: Fault) -> (LocalAws, bool, usize) {
    let (aws, put) = about_to_put(fault).await;
    let succeeded = put
        .condition_expression("attribute_not_exists(pk)")
        .send()
        .await
        .is_ok();
    let attempts = aws.calls().len();
    (aws, succeeded, attempts)
}

#[tokio::test]
async fn a_fault_before_the_work_is_healed_by_the_sdk() {
    for fault in [
        Fault::ThrottledNotApplied,
        Fault::Error500NotApplied,
        Fault::CutBefore,
    ] {
        let (aws, succeeded, attempts) = put_under(fault).await;
        assert_eq!((succeeded, attempts), (true, 2), "{fault:?}");
        assert!(is_there(&aws.dynamodb(), "a").await);
    }
}

#[tokio::test]
async fn a_fault_after_the_work_makes_the_sdk_do_it_twice() {
    for fault in [Fault::Error500Applied, Fault::CutAfter] {
        let (aws, succeeded, attempts) = put_under(fault).await;
        // The second attempt meets the item that the first one wrote.
        assert_eq!((succeeded, attempts), (false, 2), "{fault:?}");
        assert!(is_there(&aws.dynamodb(), "a").await);
    }
}

#[tokio::test]
async fn calls_are_logged_in_order_across_the_services() {
    let (aws, _) = start().await;
    aws.kms().list_aliases().send().await.unwrap();
    fifo(&aws.sqs(), "q.fifo").await;
    aws.dynamodb().list_tables().send().await.unwrap();
    let call = |service, operation: &str| Call {
        service,
        operation: operation.to_owned(),
    };
    assert_eq!(
        aws.calls(),
        [
            call(Service::Kms, "ListAliases"),
            call(Service::Sqs, "CreateQueue"),
            call(Service::DynamoDb, "ListTables"),
        ]
    );
    aws.reset_calls();
    assert!(aws.calls().is_empty());
}

#[tokio::test]
async fn a_fault_waits_for_the_operation_it_names() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    aws.reset_calls();
    aws.fail_next(Service::Sqs, "SendMessage", Fault::CutAfter);
    assert!(receive(&sqs, &queue, 1).await.is_empty());
    send(&sqs, &queue, "a", "1").await;
    // Sent twice, stored once: the second attempt is a duplicate of the first.
    assert_eq!(aws.calls().len(), 3);
    assert_eq!(receive(&sqs, &queue, 10).await.len(), 1);
}

#[tokio::test]
async fn a_fault_that_outlasts_the_retries_reaches_the_caller() {
    let (aws, _) = start().await;
    for call in 0..10 {
        aws.fail_call(call, Fault::CutBefore);
    }
    let error = aws.kms().list_aliases().send().await.unwrap_err();
    assert!(
        matches!(error, aws_sdk_kms::error::SdkError::DispatchFailure(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_failed_condition_and_a_conflict_reach_the_caller_at_once_under_their_own_names() {
    for (fault, name) in [
        (
            Fault::ConditionFailedNotApplied,
            "ConditionalCheckFailedException",
        ),
        (Fault::ConflictNotApplied, "TransactionConflictException"),
    ] {
        let (aws, put) = about_to_put(fault).await;
        let error = put.send().await.unwrap_err();
        assert_eq!(error.code(), Some(name), "{fault:?}");
        assert_eq!(aws.calls().len(), 1, "{fault:?}");
        assert!(!is_there(&aws.dynamodb(), "a").await, "{fault:?}");
    }
}

#[tokio::test]
async fn a_call_that_hangs_says_so_and_its_caller_can_be_dropped_before_or_after_the_work() {
    for (fault, applied) in [(Fault::HangBefore, false), (Fault::HangAfter, true)] {
        let (aws, _) = start().await;
        let dynamodb = aws.dynamodb();
        table(&dynamodb).await;
        aws.reset_calls();
        aws.fail_call(0, fault);
        let put = dynamodb
            .put_item()
            .table_name("table")
            .item("pk", text("a"));
        tokio::select! {
            answered = put.send() => panic!("{fault:?} was answered: {answered:?}"),
            () = aws.hanging() => {}
        }
        assert_eq!(is_there(&dynamodb, "a").await, applied, "{fault:?}");
    }
}

#[tokio::test]
async fn who_follows_every_call_decides_what_befalls_it() {
    let (aws, _) = start().await;
    aws.decide(|call| (call.operation == "ListAliases").then_some(Fault::ConflictNotApplied));
    assert!(aws.kms().list_aliases().send().await.is_err());
    aws.dynamodb().list_tables().send().await.unwrap();
}

#[tokio::test]
async fn sixty_four_emulators_run_side_by_side() {
    let mut all = Vec::new();
    for _ in 0..64 {
        all.push(LocalAws::start(Options::default()).await.unwrap());
    }
    for aws in &all {
        table(&aws.dynamodb()).await;
    }
}
