//! What the queue gets, and what becomes of it.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::types::{Message as Received, MessageSystemAttributeName, QueueAttributeName};
use clock::{Clock as _, ManualClock};
use freshbooks::webhook::{Delivery, Verified, Verifier};
use freshbooks_stand_in::sign;
use jiff::Timestamp;
use ledger::{ConnectionId, RecordKey};
use local_aws::{Fault, LocalAws, Options, Service};
use queue::{Error, Message, Queue};

struct Bench {
    aws: LocalAws,
    clock: Arc<ManualClock>,
    queue: Queue,
    url: String,
}

impl Bench {
    async fn start() -> Self {
        let start: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let aws = LocalAws::start(options).await.unwrap();
        // As the template declares it.
        let create = aws.sqs().create_queue().queue_name("connector.fifo");
        let made = create
            .attributes(QueueAttributeName::FifoQueue, "true")
            .attributes(QueueAttributeName::DeduplicationScope, "messageGroup")
            .attributes(QueueAttributeName::FifoThroughputLimit, "perMessageGroupId")
            .send()
            .await;
        let url = made.unwrap().queue_url.unwrap();
        let queue = Queue::new(aws.sqs(), &url);
        Self {
            aws,
            clock,
            queue,
            url,
        }
    }

    async fn deliver(&self, connection: &str, request: &str) -> Result<Message, Error> {
        let connection: ConnectionId = connection.parse().unwrap();
        let now = self.clock.now();
        self.queue
            .send_delivery(&connection, &delivery(), request, now)
            .await
    }

    async fn look(&self, request: &str) -> Result<(), Error> {
        let key = RecordKey::parse("acme", "invoice", "7").unwrap();
        let now = self.clock.now();
        self.queue.send_look(&key, "due", request, now).await
    }

    /// What a consumer is given at most at once.
    async fn receive(&self) -> Vec<Received> {
        let receive = self.aws.sqs().receive_message().queue_url(&self.url);
        let receive = receive.message_system_attribute_names(MessageSystemAttributeName::All);
        let received = receive.max_number_of_messages(10).send().await.unwrap();
        received.messages.unwrap_or_default()
    }

    fn fail_sends(&self, fault: Fault, times: usize) {
        for _ in 0..times {
            self.aws.fail_next(Service::Sqs, "SendMessage", fault);
        }
    }
}

fn delivery() -> Delivery<Verified> {
    let fields = [("name", "invoice.create"), ("object_id", "1234567")];
    let (body, signature) = sign("a verifier", &fields);
    let delivery = Delivery::parse(body.as_bytes(), Some(&signature)).unwrap();
    delivery
        .verify(&[Verifier::new("a verifier".to_owned())])
        .unwrap()
}

fn attribute(message: &Received, name: MessageSystemAttributeName) -> &str {
    message.attributes().unwrap()[&name].as_str()
}

#[tokio::test]
async fn a_delivery_becomes_a_message_that_says_where_to_look_and_nothing_more() {
    let bench = Bench::start().await;
    let sent = bench.deliver("acme", "WfX3PhZ2oAMEJhA=").await.unwrap();
    let [message] = &bench.receive().await[..] else {
        unreachable!("there is one message");
    };
    let body = message.body().unwrap();
    insta::assert_snapshot!(body, @r#"{"v":1,"connection":"acme","kind":"invoice","id":"1234567","event":"invoice.create","delivery":"WfX3PhZ2oAMEJhA=","received_at":"2026-01-05T16:00:00Z"}"#);
    assert_eq!(Message::parse(body), Ok(sent));
    let group = attribute(message, MessageSystemAttributeName::MessageGroupId);
    assert_eq!(group, "acme");
    let id = attribute(message, MessageSystemAttributeName::MessageDeduplicationId);
    assert_eq!(id, "WfX3PhZ2oAMEJhA=");
}

#[tokio::test]
async fn a_look_of_our_own_says_why() {
    let bench = Bench::start().await;
    bench.look("invoice-due-7-3").await.unwrap();
    let received = bench.receive().await;
    insta::assert_snapshot!(received[0].body().unwrap(), @r#"{"v":1,"connection":"acme","kind":"invoice","id":"7","event":"due","delivery":"invoice-due-7-3","received_at":"2026-01-05T16:00:00Z"}"#);
}

#[tokio::test]
async fn two_identical_deliveries_are_two_messages() {
    let bench = Bench::start().await;
    bench.deliver("acme", "request-1").await.unwrap();
    bench.deliver("acme", "request-2").await.unwrap();
    assert_eq!(bench.receive().await.len(), 2);
}

#[tokio::test]
async fn one_request_is_one_message_however_often_it_is_sent() {
    let bench = Bench::start().await;
    bench.fail_sends(Fault::CutAfter, 1);
    bench.deliver("acme", "request-1").await.unwrap();
    bench.deliver("acme", "request-1").await.unwrap();
    assert_eq!(bench.receive().await.len(), 1);
}

#[tokio::test]
async fn the_same_request_of_another_connection_is_another_message() {
    let bench = Bench::start().await;
    bench.deliver("acme", "invoice-due-7-3").await.unwrap();
    bench.deliver("other", "invoice-due-7-3").await.unwrap();
    assert_eq!(bench.receive().await.len(), 2);
}

#[tokio::test]
async fn a_connection_has_one_worker_at_a_time_and_holds_up_no_other() {
    let bench = Bench::start().await;
    bench.deliver("acme", "request-1").await.unwrap();
    assert_eq!(bench.receive().await.len(), 1);
    bench.deliver("acme", "request-2").await.unwrap();
    bench.deliver("other", "request-3").await.unwrap();
    let received = bench.receive().await;
    let groups: Vec<&str> = received
        .iter()
        .map(|message| attribute(message, MessageSystemAttributeName::MessageGroupId))
        .collect();
    assert_eq!(groups, ["other"]);

    // When the first worker does not come back, its message does, before the second.
    bench.clock.advance(Duration::from_secs(30));
    let again = bench.receive().await;
    let requests: Vec<String> = again
        .iter()
        .filter_map(|message| Message::parse(message.body()?).ok())
        .filter(|message| message.key.connection.as_str() == "acme")
        .map(|message| message.delivery)
        .collect();
    assert_eq!(requests, ["request-1", "request-2"]);
}

#[tokio::test]
async fn a_request_id_that_sqs_would_refuse_is_cut_to_what_it_takes() {
    let bench = Bench::start().await;
    let long = format!("é {}", "x".repeat(200));
    bench.look(&long).await.unwrap();
    let received = bench.receive().await;
    let id = attribute(
        &received[0],
        MessageSystemAttributeName::MessageDeduplicationId,
    );
    assert_eq!(id, "x".repeat(128));
}

#[tokio::test]
async fn a_queue_that_is_down_is_named_and_has_taken_nothing() {
    let bench = Bench::start().await;
    bench.fail_sends(Fault::CutBefore, 3);
    let error = bench.deliver("acme", "request-1").await.unwrap_err();
    insta::assert_snapshot!(error, @"the queue did not take the message: no answer");
    bench.fail_sends(Fault::ThrottledNotApplied, 3);
    let error = bench.deliver("acme", "request-1").await.unwrap_err();
    insta::assert_snapshot!(error, @"the queue did not take the message: RequestThrottled");
    assert!(bench.receive().await.is_empty());
}

#[tokio::test]
async fn without_a_request_id_nothing_is_queued() {
    let bench = Bench::start().await;
    let error = bench.deliver("acme", "").await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)), "{error}");
    assert!(bench.receive().await.is_empty());
}
