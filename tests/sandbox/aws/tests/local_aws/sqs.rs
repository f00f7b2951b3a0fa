//! What standard and FIFO queues share.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use clock::Clock;

use crate::support::{attribute, bodies, code, delete, fifo, receive, send, standard, start};

#[tokio::test]
async fn an_unknown_queue_is_named_as_such() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let url = format!("{}/000000000000/nowhere", aws.sqs_url());
    let error = sqs
        .receive_message()
        .queue_url(url)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_queue_does_not_exist());
}

#[tokio::test]
async fn creating_a_queue_again_gives_its_url_unless_an_attribute_differs() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let first = standard(&sqs, "q").await;
    assert_eq!(standard(&sqs, "q").await, first);
    let other = sqs.create_queue().queue_name("q");
    let other = other
        .attributes(QueueAttributeName::VisibilityTimeout, "7")
        .send()
        .await;
    assert!(
        other
            .unwrap_err()
            .into_service_error()
            .is_queue_name_exists()
    );
    assert_eq!(
        sqs.get_queue_url()
            .queue_name("q")
            .send()
            .await
            .unwrap()
            .queue_url(),
        Some(first.as_str())
    );
    assert_eq!(
        sqs.list_queues().send().await.unwrap().queue_urls(),
        [first]
    );
}

#[tokio::test]
async fn an_attribute_out_of_range_or_unknown_is_refused() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let set = |name: QueueAttributeName, value: &str| {
        sqs.set_queue_attributes()
            .queue_url(&queue)
            .attributes(name, value)
            .send()
    };
    assert_eq!(
        code(set(QueueAttributeName::VisibilityTimeout, "43201").await),
        "InvalidAttributeValue"
    );
    assert_eq!(
        code(set("Colour".into(), "red").await),
        "InvalidAttributeName"
    );
    let fifo_only = set(QueueAttributeName::ContentBasedDeduplication, "true").await;
    assert_eq!(code(fifo_only), "InvalidAttributeName");
}

#[tokio::test]
async fn a_message_keeps_its_attributes_and_their_digests() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let value = || MessageAttributeValue::builder();
    let attributes = HashMap::from([
        (
            "text".to_owned(),
            value()
                .data_type("String")
                .string_value("t")
                .build()
                .unwrap(),
        ),
        (
            "bytes".to_owned(),
            value()
                .data_type("Binary")
                .binary_value(Blob::new([1, 2]))
                .build()
                .unwrap(),
        ),
    ]);
    let request = sqs
        .send_message()
        .queue_url(&queue)
        .message_body("hello world");
    let sent = request
        .set_message_attributes(Some(attributes.clone()))
        .send()
        .await
        .unwrap();
    let received = receive(&sqs, &queue, 1).await.remove(0);
    assert_eq!(received.message_attributes(), Some(&attributes));
    assert_eq!(
        received.md5_of_body(),
        Some("5eb63bbbe01eeed093cb22bb8f5acdc3")
    );
    assert_eq!(sent.md5_of_message_body(), received.md5_of_body());
    assert!(received.md5_of_message_attributes().is_some());
    assert_eq!(
        sent.md5_of_message_attributes(),
        received.md5_of_message_attributes()
    );
}

#[tokio::test]
async fn a_batch_answers_entry_by_entry() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    let entry = |id: &str| {
        SendMessageBatchRequestEntry::builder()
            .id(id)
            .message_body(id)
    };
    let request = sqs.send_message_batch().queue_url(&queue);
    let request = request.entries(entry("a").message_group_id("g").build().unwrap());
    let request = request.entries(entry("b").build().unwrap());
    let sent = request.send().await.unwrap();
    assert_eq!(sent.successful()[0].id(), "a");
    assert_eq!(
        (sent.failed()[0].id(), sent.failed()[0].code()),
        ("b", "MissingParameter")
    );

    let held = receive(&sqs, &queue, 10).await.remove(0);
    let entry = |id: &str| DeleteMessageBatchRequestEntry::builder().id(id);
    let good = entry("x")
        .receipt_handle(held.receipt_handle().unwrap())
        .build()
        .unwrap();
    let bad = entry("y").receipt_handle("nonsense").build().unwrap();
    let request = sqs
        .delete_message_batch()
        .queue_url(&queue)
        .entries(good)
        .entries(bad);
    let deleted = request.send().await.unwrap();
    assert_eq!(deleted.successful()[0].id(), "x");
    assert_eq!(deleted.failed()[0].code(), "ReceiptHandleIsInvalid");
}

#[tokio::test]
async fn a_batch_is_refused_whole_for_repeated_ids_or_none() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let entry = || {
        SendMessageBatchRequestEntry::builder()
            .id("a")
            .message_body("1")
            .build()
            .unwrap()
    };
    let request = sqs.send_message_batch().queue_url(&queue);
    let twice = request
        .clone()
        .entries(entry())
        .entries(entry())
        .send()
        .await;
    assert!(
        twice
            .unwrap_err()
            .into_service_error()
            .is_batch_entry_ids_not_distinct()
    );
    let empty = request.set_entries(Some(vec![])).send().await;
    assert!(
        empty
            .unwrap_err()
            .into_service_error()
            .is_empty_batch_request()
    );
}

#[tokio::test]
async fn a_message_too_long_or_with_a_control_character_is_refused() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let send = |body: String| {
        sqs.send_message()
            .queue_url(&queue)
            .message_body(body)
            .send()
    };
    assert_eq!(
        code(send("x".repeat(1_048_577)).await),
        "InvalidParameterValue"
    );
    send("x".repeat(1_048_576)).await.unwrap();
    let control = send("\u{1}".to_owned())
        .await
        .unwrap_err()
        .into_service_error();
    assert!(control.is_invalid_message_contents());
}

#[tokio::test]
async fn a_long_poll_ends_empty_at_its_end_on_the_clock_it_was_given() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let before = clock.now();
    let polled = sqs
        .receive_message()
        .queue_url(&queue)
        .wait_time_seconds(20)
        .send()
        .await
        .unwrap();
    assert!(polled.messages().is_empty());
    assert_eq!(clock.now().duration_since(before).as_secs(), 20);
}

#[tokio::test]
async fn a_long_poll_returns_a_message_the_moment_it_becomes_visible() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    let delayed = sqs
        .send_message()
        .queue_url(&queue)
        .message_body("1")
        .delay_seconds(7);
    delayed.send().await.unwrap();
    let before = clock.now();
    let polled = sqs
        .receive_message()
        .queue_url(&queue)
        .wait_time_seconds(20)
        .send()
        .await
        .unwrap();
    assert_eq!(bodies(polled.messages()), ["1"]);
    assert_eq!(clock.now().duration_since(before).as_secs(), 7);
}

#[tokio::test]
async fn a_long_poll_returns_a_message_that_is_sent_meanwhile() {
    let aws = local_aws::LocalAws::start(local_aws::Options::default())
        .await
        .unwrap();
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    let poll = sqs
        .receive_message()
        .queue_url(&queue)
        .wait_time_seconds(20)
        .send();
    let (polled, _) = tokio::join!(poll, send(&sqs, &queue, "a", "1"));
    assert_eq!(bodies(polled.unwrap().messages()), ["1"]);
}

#[tokio::test]
async fn the_counts_tell_visible_held_and_delayed_messages_apart() {
    let (aws, _) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    for delay in [0, 0, 0, 60] {
        let request = sqs
            .send_message()
            .queue_url(&queue)
            .message_body("1")
            .delay_seconds(delay);
        request.send().await.unwrap();
    }
    let held = receive(&sqs, &queue, 2).await;
    delete(&sqs, &queue, &held[0]).await;
    for name in [
        QueueAttributeName::ApproximateNumberOfMessages,
        QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName::ApproximateNumberOfMessagesDelayed,
    ] {
        assert_eq!(attribute(&sqs, &queue, name.clone()).await, "1", "{name}");
    }
    sqs.purge_queue().queue_url(&queue).send().await.unwrap();
    let visible = attribute(
        &sqs,
        &queue,
        QueueAttributeName::ApproximateNumberOfMessages,
    )
    .await;
    assert_eq!(visible, "0");
}

#[tokio::test]
async fn a_visibility_timeout_can_be_extended_while_the_message_is_held_only() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    sqs.send_message()
        .queue_url(&queue)
        .message_body("1")
        .send()
        .await
        .unwrap();
    let held = receive(&sqs, &queue, 1).await.remove(0);
    let extend = sqs
        .change_message_visibility()
        .queue_url(&queue)
        .visibility_timeout(60);
    let extend = extend.receipt_handle(held.receipt_handle().unwrap());
    extend.clone().send().await.unwrap();
    clock.advance(Duration::from_secs(59));
    assert!(receive(&sqs, &queue, 1).await.is_empty());
    clock.advance(Duration::from_secs(1));
    assert!(
        extend
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .is_message_not_inflight()
    );
}

#[tokio::test]
async fn a_message_past_its_retention_is_gone() {
    let (aws, clock) = start().await;
    let sqs = aws.sqs();
    let queue = standard(&sqs, "q").await;
    sqs.send_message()
        .queue_url(&queue)
        .message_body("1")
        .send()
        .await
        .unwrap();
    clock.advance(Duration::from_hours(4 * 24 + 1));
    assert!(receive(&sqs, &queue, 1).await.is_empty());
}
