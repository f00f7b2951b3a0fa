//! What the tests share: an emulator on a clock that stands still, and short ways to use a queue.

use std::path::PathBuf;
use std::sync::Arc;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use clock::ManualClock;
use jiff::Timestamp;
use local_aws::{LocalAws, Options};

pub(crate) fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new(
        "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
    ))
}

pub(crate) async fn start() -> (LocalAws, Arc<ManualClock>) {
    let clock = clock();
    let options = Options {
        clock: clock.clone(),
        ..Options::default()
    };
    (LocalAws::start(options).await.unwrap(), clock)
}

/// A FIFO queue with a visibility timeout of 30 s.
pub(crate) async fn fifo(sqs: &Client, name: &str) -> String {
    let request = sqs.create_queue().queue_name(name);
    let request = request.attributes(QueueAttributeName::FifoQueue, "true");
    let request = request.attributes(QueueAttributeName::ContentBasedDeduplication, "true");
    request.send().await.unwrap().queue_url.unwrap()
}

pub(crate) async fn standard(sqs: &Client, name: &str) -> String {
    sqs.create_queue()
        .queue_name(name)
        .send()
        .await
        .unwrap()
        .queue_url
        .unwrap()
}

pub(crate) async fn send(sqs: &Client, queue: &str, group: &str, body: &str) -> String {
    let request = sqs
        .send_message()
        .queue_url(queue)
        .message_group_id(group)
        .message_body(body);
    request.send().await.unwrap().message_id.unwrap()
}

pub(crate) async fn receive(sqs: &Client, queue: &str, most: i32) -> Vec<Message> {
    let request = sqs
        .receive_message()
        .queue_url(queue)
        .max_number_of_messages(most);
    let request = request.message_system_attribute_names(MessageSystemAttributeName::All);
    request
        .message_attribute_names("All")
        .send()
        .await
        .unwrap()
        .messages
        .unwrap_or_default()
}

pub(crate) async fn delete(sqs: &Client, queue: &str, message: &Message) {
    let request = sqs.delete_message().queue_url(queue);
    request
        .receipt_handle(message.receipt_handle().unwrap())
        .send()
        .await
        .unwrap();
}

pub(crate) async fn attribute(sqs: &Client, queue: &str, name: QueueAttributeName) -> String {
    let request = sqs
        .get_queue_attributes()
        .queue_url(queue)
        .attribute_names(name.clone());
    request
        .send()
        .await
        .unwrap()
        .attributes
        .unwrap()
        .remove(&name)
        .unwrap()
}

pub(crate) fn bodies(messages: &[Message]) -> Vec<&str> {
    messages
        .iter()
        .map(|message| message.body().unwrap())
        .collect()
}

pub(crate) fn system(message: &Message, name: MessageSystemAttributeName) -> &str {
    message.attributes().unwrap()[&name].as_str()
}

/// The code of a service's error.
pub(crate) fn code<T: std::fmt::Debug, E: ProvideErrorMetadata>(result: Result<T, E>) -> String {
    result.err().unwrap().code().unwrap().to_owned()
}

/// A program of `examples/`, which cargo builds beside the tests.
pub(crate) fn example(name: &str) -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let path = this
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples")
        .join(name);
    assert!(
        path.exists(),
        "build it first: cargo build -p local-aws --example {name}"
    );
    path
}
