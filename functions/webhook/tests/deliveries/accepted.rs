//! Genuine deliveries, and what each costs.

use std::time::Duration;

use clock::Clock as _;
use freshbooks_stand_in::sign;
use serde_json::{Value, json};

use crate::bench::{Bench, FIELDS, FORM, NEWER, VERIFIER, acme, delivery, event, genuine};

#[tokio::test]
async fn a_genuine_delivery_is_queued_and_answered_with_an_empty_200() {
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let request = delivery("/freshbooks/acme/invoice", &body, &signature);
    let answer = bench.send(request).await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (200, 0));
    let queued = bench.queued().await;
    assert_eq!(queued.len(), 1);
    assert_eq!(queued[0].key.to_string(), "acme/invoice/1234567");
    assert_eq!(queued[0].event, "invoice.create");
    assert_eq!(queued[0].received_at, bench.clock.now());
}

#[tokio::test]
async fn a_warm_delivery_costs_one_call_and_no_waiting() {
    let bench = Bench::start().await;
    let start = bench.clock.now();
    assert_eq!(bench.deliver(genuine()).await, 200);
    assert_eq!(bench.operations(), ["GetItem", "Decrypt", "SendMessage"]);
    bench.aws.reset_calls();
    assert_eq!(bench.deliver(genuine()).await, 200);
    assert_eq!(bench.operations(), ["SendMessage"]);
    assert_eq!(bench.clock.now(), start);
}

#[tokio::test]
async fn two_identical_deliveries_are_two_messages_under_ids_of_their_own() {
    let bench = Bench::start().await;
    for _ in 0..2 {
        assert_eq!(bench.deliver(genuine()).await, 200);
    }
    let queued = bench.queued().await;
    assert_eq!(queued.len(), 2);
    assert_eq!(queued[0].key, queued[1].key);
    assert_ne!(queued[0].delivery, queued[1].delivery);
}

#[tokio::test]
async fn the_sample_event_is_accepted_under_the_gateways_own_request_id() {
    let bench = Bench::start().await;
    let sample = include_str!("../../../../events/webhook-invoice-create.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    assert_eq!(bench.invoke(&sample).await.status(), 200);
    let queued = bench.queued().await;
    assert_eq!(queued.len(), 1);
    assert_eq!(queued[0].key.to_string(), "acme/invoice/1234567");
    assert_eq!(queued[0].delivery, "WfX3PhZ2oAMEJhA=");
}

#[tokio::test]
async fn a_body_is_the_same_in_base64_and_as_text() {
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let request = delivery("/freshbooks/acme/invoice", &body, &signature);
    let mut event = event(request, bench.clock.now());
    assert_eq!(event["isBase64Encoded"], true);
    assert_eq!(bench.invoke(&event).await.status(), 200);
    event["isBase64Encoded"] = json!(false);
    event["body"] = json!(body);
    event["requestContext"]["requestId"] = json!("another");
    assert_eq!(bench.invoke(&event).await.status(), 200);
    assert_eq!(bench.queued().await.len(), 2);
}

#[tokio::test]
async fn the_content_type_may_name_a_charset_in_any_case() {
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    for kind in [
        "application/x-www-form-urlencoded; charset=utf-8",
        &FORM.to_uppercase(),
    ] {
        let mut request = delivery("/freshbooks/acme/invoice", &body, &signature);
        let headers = request.headers_mut();
        headers.insert("content-type", kind.parse().unwrap());
        assert_eq!(bench.send(request).await.status(), 200, "{kind}");
    }
}

#[tokio::test]
async fn a_genuine_body_of_64_kib_is_taken() {
    let bench = Bench::start().await;
    let padding = "x".repeat(64 * 1024 - sign(VERIFIER, &[FIELDS[0], FIELDS[1]]).0.len() - 6);
    let (body, signature) = sign(VERIFIER, &[FIELDS[0], FIELDS[1], ("note", &padding)]);
    assert_eq!(body.len(), 64 * 1024);
    assert_eq!(bench.deliver((body, signature)).await, 200);
}

#[tokio::test]
async fn each_callback_has_a_verifier_of_its_own() {
    let bench = Bench::start().await;
    bench.put_verifier("payment", NEWER).await;
    let fields = [("name", "payment.create"), ("object_id", "9")];
    for (verifier, status) in [(NEWER, 200), (VERIFIER, 401)] {
        let (body, signature) = sign(verifier, &fields);
        let request = delivery("/freshbooks/acme/payment", &body, &signature);
        assert_eq!(bench.send(request).await.status(), status);
    }
    let queued = bench.queued().await;
    assert_eq!(queued.len(), 1);
    assert_eq!(queued[0].key.to_string(), "acme/payment/9");
}

#[tokio::test]
async fn after_a_rotation_the_old_verifier_is_accepted_until_the_new_one_has_signed() {
    let bench = Bench::start().await;
    assert_eq!(bench.deliver(genuine()).await, 200);
    bench.put_verifier("invoice", NEWER).await;
    // A warm function does not know it yet; FreshBooks sends what was refused again.
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 401);
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(bench.deliver(sign(VERIFIER, &FIELDS)).await, 200);
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 200);
    // From here on it is refused, and no delivery writes anything.
    assert_eq!(bench.deliver(sign(VERIFIER, &FIELDS)).await, 401);
    bench.aws.reset_calls();
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 200);
    assert_eq!(bench.operations(), ["SendMessage"]);
    assert_eq!(bench.queued().await.len(), 4);
    assert_eq!(bench.ledger.hook(&acme(), "payment").await, Ok(None));
}
