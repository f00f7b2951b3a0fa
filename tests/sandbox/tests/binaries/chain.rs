//! The whole way, gateway to confirmation, through nothing but the binaries.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use lambda_http::http::Request;
use ledger::State;
use local_aws::gateway::{self, Route};
use serde_json::{Value, json};

use crate::built;
use crate::business::Business;
use crate::cloud::{Cloud, Function, done_with};

/// The event that API Gateway makes of a genuine delivery.
fn delivered(cloud: &Cloud, business: &Business, id: &str) -> Value {
    let (body, signature) = business.delivery(id);
    let request = Request::post(format!("/freshbooks/{}/invoice", business.name))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("X-FreshBooks-Hmac-SHA256", signature)
        .body(());
    let (parts, ()) = request.unwrap().into_parts();
    let route: Route = "POST /freshbooks/{connection}/{noun}".parse().unwrap();
    let source = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));
    let now = cloud.ledger.clock().now();
    gateway::event(&route, &parts, body.as_bytes(), source, now).unwrap()
}

/// One batch of the queue through the processor; how many messages it had.
async fn process(cloud: &Cloud, processor: &Function) -> usize {
    let handled = cloud.queue.poll_once_json(Duration::ZERO, async |event| {
        processor.0.invoke(&event).await
    });
    handled.await.unwrap()
}

#[tokio::test]
async fn a_delivery_crosses_and_is_confirmed_through_the_three_binaries() {
    let cloud = Cloud::start().await;
    let acme = cloud.services.open("acme");
    cloud.connect(&acme).await;
    built::binary("webhook"); // built before the time is taken
    let began = Instant::now();
    let (webhook, processor, poller) = (
        cloud.webhook().await,
        cloud.processor().await,
        cloud.poller().await,
    );
    let id = cloud.services.invoice(&acme, 98_765);
    let event = delivered(&cloud, &acme, &id).to_string();

    let answer = gateway::response(&webhook.0.invoke(&event).await.unwrap());
    assert_eq!(answer.status(), 200);
    println!("start and first answer: {} ms", began.elapsed().as_millis());
    assert_eq!(process(&cloud, &processor).await, 1);
    let record = cloud.record("acme", "invoice", &id).await.unwrap();
    assert_eq!(record.state, State::Posted, "{}", record.sentence);
    assert_eq!(
        cloud.services.held(&acme, &id),
        [Some("987.65".parse().unwrap())]
    );
    let done = poller.answer(r#"{"task":"confirm"}"#).await;
    assert_eq!(done, done_with(json!({ "confirmed": 1 })));
    let record = cloud.record("acme", "invoice", &id).await.unwrap();
    assert_eq!(record.state, State::Confirmed);

    // The same delivery again: nothing changed, so Cin7 is not called.
    cloud.services.cin7.reset_calls();
    let event = delivered(&cloud, &acme, &id).to_string();
    webhook.answer(&event).await;
    assert_eq!(process(&cloud, &processor).await, 1);
    assert_eq!(cloud.services.cin7.calls(&acme.keys), []);
    assert_eq!(process(&cloud, &processor).await, 0, "the queue is empty");

    for (name, function) in [
        ("webhook", &webhook),
        ("processor", &processor),
        ("poller", &poller),
    ] {
        let peak = function.peak_memory_kb().await.unwrap_or_default();
        println!("{name}: {peak} kB of memory at most");
    }
}
