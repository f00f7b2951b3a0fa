//! The rules of a FIFO queue.

use std::time::Duration;

use aws_sdk_sqs::types::MessageSystemAttributeName as Attribute;

use crate::support::{bodies, code, delete, fifo, receive, send, start, system};

#[tokio::test]
async fn a_group_gives_nothing_while_one_of_its_messages_is_in_flight() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    send(&sqs, &queue, "a", "a1").await;
    send(&sqs, &queue, "a", "a2").await;

    let first = receive(&sqs, &queue, 1).await;
    assert_eq!(bodies(&first), ["a1"]);
    assert!(receive(&sqs, &queue, 10).await.is_empty());

    delete(&sqs, &queue, &first[0]).await;
    assert_eq!(bodies(&receive(&sqs, &queue, 10).await), ["a2"]);
}

#[tokio::test]
async fn another_group_flows_while_one_is_in_flight() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    for (group, body) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
        send(&sqs, &queue, group, body).await;
    }
    assert_eq!(bodies(&receive(&sqs, &queue, 1).await), ["a1"]);
    assert_eq!(bodies(&receive(&sqs, &queue, 10).await), ["b1"]);
}

#[tokio::test]
async fn one_receive_brings_several_messages_of_a_group_in_order_before_those_of_the_next() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    for (group, body) in [
        ("a", "a1"),
        ("b", "b1"),
        ("a", "a2"),
        ("b", "b2"),
        ("a", "a3"),
    ] {
        send(&sqs, &queue, group, body).await;
    }
    assert_eq!(
        bodies(&receive(&sqs, &queue, 4).await),
        ["a1", "a2", "a3", "b1"]
    );
}

#[tokio::test]
async fn the_whole_batch_has_to_be_released_before_its_group_goes_on() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    for body in ["1", "2", "3"] {
        send(&sqs, &queue, "a", body).await;
    }
    let batch = receive(&sqs, &queue, 2).await;
    delete(&sqs, &queue, &batch[0]).await;
    assert!(receive(&sqs, &queue, 10).await.is_empty());
    delete(&sqs, &queue, &batch[1]).await;
    assert_eq!(bodies(&receive(&sqs, &queue, 10).await), ["3"]);
}

#[tokio::test]
async fn after_a_visibility_timeout_the_messages_come_again_in_the_same_order() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    for body in ["1", "2", "3"] {
        send(&sqs, &queue, "a", body).await;
    }
    receive(&sqs, &queue, 2).await;
    clock.advance(Duration::from_secs(29));
    assert!(receive(&sqs, &queue, 10).await.is_empty());
    clock.advance(Duration::from_secs(1));
    assert_eq!(bodies(&receive(&sqs, &queue, 10).await), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_message_handed_back_comes_again_before_its_successors() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    send(&sqs, &queue, "a", "1").await;
    send(&sqs, &queue, "a", "2").await;
    let held = receive(&sqs, &queue, 1).await;
    let back = sqs
        .change_message_visibility()
        .queue_url(&queue)
        .visibility_timeout(0);
    back.receipt_handle(held[0].receipt_handle().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(bodies(&receive(&sqs, &queue, 10).await), ["1", "2"]);
}

#[tokio::test]
async fn every_receive_counts_by_one_and_the_first_one_is_remembered() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    send(&sqs, &queue, "a", "1").await;
    for expected in ["1", "2", "3"] {
        let message = receive(&sqs, &queue, 1).await.remove(0);
        assert_eq!(
            system(&message, Attribute::ApproximateReceiveCount),
            expected
        );
        assert_eq!(
            system(&message, Attribute::ApproximateFirstReceiveTimestamp),
            "1772442000000"
        );
        assert_eq!(system(&message, Attribute::SentTimestamp), "1772442000000");
        assert_eq!(system(&message, Attribute::MessageGroupId), "a");
        clock.advance(Duration::from_secs(30));
    }
}

#[tokio::test]
async fn the_same_content_within_five_minutes_is_accepted_and_dropped() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    let first = send(&sqs, &queue, "a", "same").await;
    let held = receive(&sqs, &queue, 1).await;
    delete(&sqs, &queue, &held[0]).await;

    clock.advance(Duration::from_secs(299));
    assert_eq!(send(&sqs, &queue, "a", "same").await, first);
    assert!(
        receive(&sqs, &queue, 10).await.is_empty(),
        "a duplicate even after its deletion"
    );

    clock.advance(Duration::from_secs(1));
    assert_ne!(send(&sqs, &queue, "a", "same").await, first);
    assert_eq!(receive(&sqs, &queue, 10).await.len(), 1);
}

#[tokio::test]
async fn an_explicit_deduplication_id_goes_before_the_content() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    for (id, body) in [("x", "same"), ("y", "same"), ("y", "other")] {
        let request = sqs.send_message().queue_url(&queue).message_group_id("a");
        let request = request.message_deduplication_id(id).message_body(body);
        request.send().await.unwrap();
    }
    let received = receive(&sqs, &queue, 10).await;
    assert_eq!(bodies(&received), ["same", "same"]);
    assert_eq!(system(&received[1], Attribute::MessageDeduplicationId), "y");
    assert!(
        system(&received[0], Attribute::SequenceNumber)
            < system(&received[1], Attribute::SequenceNumber)
    );
}

#[tokio::test]
async fn a_receipt_handle_dies_with_its_visibility_timeout() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    send(&sqs, &queue, "a", "1").await;
    let held = receive(&sqs, &queue, 1).await.remove(0);
    clock.advance(Duration::from_secs(30));
    let late = sqs.delete_message().queue_url(&queue);
    let late = late
        .receipt_handle(held.receipt_handle().unwrap())
        .send()
        .await;
    assert_eq!(code(late), "InvalidParameterValue");
    assert_eq!(bodies(&receive(&sqs, &queue, 1).await), ["1"]);
}

#[tokio::test]
async fn a_message_without_group_or_with_a_delay_of_its_own_is_refused() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    let send = || sqs.send_message().queue_url(&queue).message_body("1");
    assert_eq!(code(send().send().await), "MissingParameter");
    let delayed = send().message_group_id("a").delay_seconds(5).send().await;
    assert_eq!(code(delayed), "InvalidParameterValue");
}

#[tokio::test]
async fn a_queue_without_content_deduplication_demands_an_id() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let request = sqs.create_queue().queue_name("plain.fifo");
    let request = request.attributes(aws_sdk_sqs::types::QueueAttributeName::FifoQueue, "true");
    let queue = request.send().await.unwrap().queue_url.unwrap();
    let sent = sqs
        .send_message()
        .queue_url(&queue)
        .message_group_id("a")
        .message_body("1");
    assert_eq!(code(sent.send().await), "InvalidParameterValue");
}
