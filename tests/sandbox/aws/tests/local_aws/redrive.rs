//! Dead-letter queues.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{MessageSystemAttributeName as Attribute, QueueAttributeName};
use serde_json::json;

use crate::support::{attribute, bodies, code, fifo, receive, send, standard, start, system};

/// A FIFO queue whose messages go to a second one after two receives.
async fn pair(sqs: &Client) -> (String, String) {
    let (queue, dead) = (fifo(sqs, "q.fifo").await, fifo(sqs, "dead.fifo").await);
    let arn = attribute(sqs, &dead, QueueAttributeName::QueueArn).await;
    let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": 2 }).to_string();
    let request = sqs.set_queue_attributes().queue_url(&queue);
    request
        .attributes(QueueAttributeName::RedrivePolicy, policy)
        .send()
        .await
        .unwrap();
    (queue, dead)
}

#[tokio::test]
async fn a_message_received_too_often_moves_aside_and_the_next_of_its_group_follows() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let (queue, dead) = pair(&sqs).await;
    let id = send(&sqs, &queue, "a", "poison").await;
    send(&sqs, &queue, "a", "fine").await;
    for _ in 0..2 {
        assert_eq!(bodies(&receive(&sqs, &queue, 1).await), ["poison"]);
        clock.advance(Duration::from_secs(30));
    }
    assert_eq!(bodies(&receive(&sqs, &queue, 1).await), ["fine"]);

    let buried = receive(&sqs, &dead, 10).await;
    assert_eq!(bodies(&buried), ["poison"]);
    assert_eq!(buried[0].message_id(), Some(id.as_str()));
    assert_eq!(system(&buried[0], Attribute::MessageGroupId), "a");
    assert_eq!(
        system(&buried[0], Attribute::DeadLetterQueueSourceArn),
        attribute(&sqs, &queue, QueueAttributeName::QueueArn).await
    );
}

#[tokio::test]
async fn a_move_task_returns_messages_to_their_source_as_new_ones() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let (queue, dead) = pair(&sqs).await;
    let id = send(&sqs, &queue, "a", "poison").await;
    for _ in 0..3 {
        receive(&sqs, &queue, 1).await;
        clock.advance(Duration::from_secs(30));
    }
    let arn = attribute(&sqs, &dead, QueueAttributeName::QueueArn).await;
    sqs.start_message_move_task()
        .source_arn(&arn)
        .send()
        .await
        .unwrap();

    assert!(receive(&sqs, &dead, 10).await.is_empty());
    let back = receive(&sqs, &queue, 10).await;
    assert_eq!(bodies(&back), ["poison"]);
    assert_eq!(system(&back[0], Attribute::ApproximateReceiveCount), "1");
    assert_ne!(back[0].message_id(), Some(id.as_str()));

    let tasks = sqs
        .list_message_move_tasks()
        .source_arn(&arn)
        .send()
        .await
        .unwrap();
    let task = &tasks.results()[0];
    assert_eq!(task.status(), Some("COMPLETED"));
    assert_eq!(task.approximate_number_of_messages_moved(), 1);
}

#[tokio::test]
async fn a_move_task_needs_a_dead_letter_queue_that_exists() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let (queue, _) = pair(&sqs).await;
    let arn = attribute(&sqs, &queue, QueueAttributeName::QueueArn).await;
    let task = sqs.start_message_move_task();
    assert_eq!(
        code(task.clone().source_arn(&arn).send().await),
        "InvalidParameterValue"
    );
    let nowhere = task
        .source_arn("arn:aws:sqs:us-east-1:000000000000:nowhere")
        .send()
        .await;
    assert_eq!(code(nowhere), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_dead_letter_queue_names_its_sources() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let (queue, dead) = pair(&sqs).await;
    let sources = sqs
        .list_dead_letter_source_queues()
        .queue_url(&dead)
        .send()
        .await
        .unwrap();
    assert_eq!(sources.queue_urls(), [queue]);
}

#[tokio::test]
async fn a_fifo_queue_cannot_bury_into_a_standard_one() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let (queue, dead) = (fifo(&sqs, "q.fifo").await, standard(&sqs, "dead").await);
    let arn = attribute(&sqs, &dead, QueueAttributeName::QueueArn).await;
    let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": "2" }).to_string();
    let request = sqs.set_queue_attributes().queue_url(&queue);
    let set = request
        .attributes(QueueAttributeName::RedrivePolicy, policy)
        .send()
        .await;
    assert_eq!(code(set), "InvalidParameterValue");
}
