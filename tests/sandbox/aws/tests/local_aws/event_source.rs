//! The rules of an SQS event source mapping.

use std::error::Error;
use std::sync::Mutex;
use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use local_aws::LocalAws;
use local_aws::event_source::SqsEventSource;

use crate::support::{bodies, fifo, receive, send, start};

type Answer = Result<SqsBatchResponse, Box<dyn Error + Send + Sync>>;

/// Two messages go to a handler; afterwards the visibility timeout passes. What is still there?
async fn left_after(handler: impl AsyncFn(SqsEvent) -> Answer) -> Vec<String> {
    let (aws, clock) = start().await;
    let (sqs, source, queue) = source(&aws).await;
    send(&sqs, &queue, "a", "1").await;
    send(&sqs, &queue, "a", "2").await;
    assert_eq!(source.poll_once(Duration::ZERO, handler).await.unwrap(), 2);
    clock.advance(Duration::from_secs(30));
    bodies(&receive(&sqs, &queue, 10).await)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

async fn source(aws: &LocalAws) -> (aws_sdk_sqs::Client, SqsEventSource, String) {
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    (sqs.clone(), SqsEventSource::new(sqs, &queue, 10), queue)
}

fn failed(ids: impl IntoIterator<Item = String>) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    ids.into_iter().for_each(|id| response.add_failure(id));
    response
}

#[tokio::test]
async fn an_answer_without_failures_deletes_the_batch() {
    assert!(
        left_after(async |_| Ok(SqsBatchResponse::default()))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_message_listed_as_failed_stays_and_the_others_go() {
    let second = async |event: SqsEvent| Ok(failed(event.records[1].message_id.clone()));
    assert_eq!(left_after(second).await, ["2"]);
}

#[tokio::test]
async fn an_unknown_or_empty_id_keeps_the_whole_batch() {
    for id in ["unknown", ""] {
        let left = left_after(async |_| Ok(failed([id.to_owned()]))).await;
        assert_eq!(left, ["1", "2"], "{id:?}");
    }
}

#[tokio::test]
async fn a_handler_that_fails_deletes_nothing() {
    assert_eq!(left_after(async |_| Err("no".into())).await, ["1", "2"]);
}

#[tokio::test]
async fn an_answer_in_json_follows_the_same_rules() {
    let (aws, clock) = start().await;
    let (sqs, source, queue) = source(&aws).await;
    send(&sqs, &queue, "a", "1").await;
    for (answer, taken) in [("not JSON", 1), ("null", 1), ("{}", 0)] {
        let handler = async |_| Ok::<_, String>(answer.to_owned());
        assert_eq!(
            source
                .poll_once_json(Duration::ZERO, handler)
                .await
                .unwrap(),
            taken
        );
        clock.advance(Duration::from_secs(30));
    }
}

#[tokio::test]
async fn an_empty_queue_calls_no_function() {
    let (aws, _) = start().await;
    let (_, source, _) = source(&aws).await;
    let handler = async |_| panic!("called without messages");
    assert_eq!(
        source
            .poll_once(Duration::from_secs(20), handler)
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn the_event_has_every_field_that_lambda_sends() {
    let (aws, _) = start().await;
    let (sqs, source, queue) = source(&aws).await;
    let id = send(&sqs, &queue, "c1", "hello world").await;
    let seen = Mutex::new(None);
    let handler = async |event: SqsEvent| {
        *seen.lock().unwrap() = Some(serde_json::to_value(&event).unwrap());
        Ok(SqsBatchResponse::default())
    };
    source.poll_once(Duration::ZERO, handler).await.unwrap();
    let record = seen.lock().unwrap().take().unwrap()["Records"][0].clone();
    assert_eq!(record["messageId"], id);
    assert_eq!(record["body"], "hello world");
    assert_eq!(record["md5OfBody"], "5eb63bbbe01eeed093cb22bb8f5acdc3");
    assert_eq!(record["eventSource"], "aws:sqs");
    assert_eq!(
        record["eventSourceARN"],
        "arn:aws:sqs:us-east-1:000000000000:q.fifo"
    );
    assert_eq!(record["awsRegion"], "us-east-1");
    assert!(record["receiptHandle"].is_string());
    assert_eq!(record["attributes"]["ApproximateReceiveCount"], "1");
    assert_eq!(record["attributes"]["MessageGroupId"], "c1");
    for name in [
        "SentTimestamp",
        "SequenceNumber",
        "SenderId",
        "MessageDeduplicationId",
        "ApproximateFirstReceiveTimestamp",
    ] {
        assert!(record["attributes"][name].is_string(), "{name}");
    }
}

#[tokio::test]
async fn a_poll_can_run_as_a_task_of_its_own() {
    let (aws, _) = start().await;
    let (sqs, source, queue) = source(&aws).await;
    send(&sqs, &queue, "a", "1").await;
    let task = tokio::spawn(async move {
        let handler = async |_| Ok(SqsBatchResponse::default());
        source.poll_once(Duration::ZERO, handler).await
    });
    assert_eq!(task.await.unwrap().unwrap(), 1);
}
