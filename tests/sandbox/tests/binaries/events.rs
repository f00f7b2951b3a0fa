//! Each sample event, through the binary it is for.

use ledger::State;
use serde_json::{Value, json};

use crate::business::Business;
use crate::cloud::{Cloud, done_with};

/// The verifiers under which the sample webhooks are signed, of vectors 1 and 3 of
/// docs/freshbooks-api.md: each callback has its own.
const OF_INVOICES: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";
const OF_PAYMENTS: &str = "Nq4TzR8cYw2LmKx7Vb1JhGf5Dp9Ss3AeU";

macro_rules! event {
    ($name:literal) => {
        include_str!(concat!("../../../../events/", $name, ".json"))
    };
}

/// A cloud with the connection of the sample events.
async fn cloud() -> (Cloud, Business) {
    let cloud = Cloud::start().await;
    let acme = Business {
        verifier: OF_INVOICES.to_owned(),
        payment_verifier: OF_PAYMENTS.to_owned(),
        ..cloud.services.open("acme")
    };
    cloud.connect(&acme).await;
    (cloud, acme)
}

/// Sends a webhook; kind, id and event of the one message that it put on the queue.
async fn queued(event: &str) -> [String; 3] {
    let (cloud, _) = cloud().await;
    let webhook = cloud.webhook().await;
    let answer = webhook.answer(event).await;
    assert_eq!(answer["statusCode"], 200);
    let messages = cloud.messages().await;
    let [message] = messages.as_slice() else {
        panic!("not one message: {messages:?}");
    };
    assert_eq!(message["connection"], "acme");
    ["kind", "id", "event"].map(|name| message[name].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_genuine_webhook_is_answered_200_and_puts_one_message_on_the_queue() {
    assert_eq!(
        queued(event!("webhook-invoice-create")).await,
        ["invoice", "1234567", "invoice.create"]
    );
}

#[tokio::test]
async fn a_genuine_webhook_of_a_payment_is_answered_200_and_puts_one_message_on_the_queue() {
    assert_eq!(
        queued(event!("webhook-payment-create")).await,
        ["payment", "1234569", "payment.create"]
    );
}

#[tokio::test]
async fn a_forged_webhook_is_answered_401_and_puts_nothing_on_the_queue() {
    let (cloud, _) = cloud().await;
    let webhook = cloud.webhook().await;
    let answer = webhook.answer(event!("webhook-forged")).await;
    assert_eq!(answer["statusCode"], 401);
    assert_eq!(cloud.messages().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_batch_ends_in_states_that_people_see_and_no_message_fails() {
    let (cloud, _) = cloud().await;
    let processor = cloud.processor().await;
    let answer = processor.answer(event!("processor-batch")).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    for id in ["1234567", "1234568"] {
        let record = cloud.record("acme", "invoice", id).await.unwrap();
        // The stand-in has no such invoice, and FreshBooks may not show yet what it announces.
        assert_eq!(record.state, State::Retrying, "{}", record.sentence);
        assert_eq!(
            record.sentence,
            format!("Invoice {id} is not there in FreshBooks. It is looked for again.")
        );
        assert!(record.due_at.is_some() && record.lease.is_none());
    }
}

#[tokio::test]
async fn a_message_that_cannot_be_read_is_put_aside_and_the_good_one_beside_it_crosses() {
    let (cloud, acme) = cloud().await;
    let id = cloud.services.invoice(&acme, 5500);
    let event = event!("processor-unreadable").replace("1234567", &id);
    let processor = cloud.processor().await;
    let answer = processor.answer(&event).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    let good = cloud.record("acme", "invoice", &id).await.unwrap();
    assert_eq!(good.state, State::Posted, "{}", good.sentence);
    assert_eq!(
        cloud.services.held(&acme, &id),
        [Some("55.00".parse().unwrap())]
    );
    let bad = "5fb1c0de-0000-4000-8000-000000000002";
    let aside = cloud.record("unreadable", "message", bad).await.unwrap();
    assert_eq!(aside.state, State::Attention);
    assert!(aside.sentence.contains(bad), "{}", aside.sentence);
}

#[tokio::test]
async fn the_tasks_of_the_schedules_are_answered_with_what_was_done() {
    let (cloud, _) = cloud().await;
    let poller = cloud.poller().await;
    let nothing = done_with(json!({}));
    assert_eq!(poller.answer(event!("poller-sweep")).await, nothing);
    assert_eq!(poller.answer(event!("poller-confirm")).await, nothing);
    assert_eq!(poller.answer(event!("poller-backfill")).await, nothing);
    assert_eq!(poller.answer(event!("poller-poll")).await, nothing);
    // Its verifiers came from a file, so no callback of it is registered unasked.
    let kept = done_with(json!({ "kept": 1 }));
    assert_eq!(poller.answer(event!("poller-keep")).await, kept);
    // The running month; in the first days of a month the one before as well.
    let tied = poller.answer(event!("poller-tie_out")).await;
    assert!([json!(1), json!(2)].contains(&tied["tied"]), "{tied}");
}

#[tokio::test]
async fn a_replay_queues_its_record_again_and_the_trail_says_by_whom_and_why() {
    let (cloud, _) = cloud().await;
    let processor = cloud.processor().await;
    processor.answer(event!("processor-batch")).await;
    let poller = cloud.poller().await;
    let done = poller.answer(event!("poller-replay")).await;
    assert_eq!(done, done_with(json!({ "queued": 1, "replayed": 1 })));
    let messages = cloud.messages().await;
    let [message] = messages.as_slice() else {
        panic!("not one message: {messages:?}");
    };
    assert_eq!(message["id"], "1234567");
    let record = cloud.record("acme", "invoice", "1234567").await.unwrap();
    let trail = cloud.ledger.trail(&record.key).await.unwrap();
    let asked: Vec<_> = trail
        .iter()
        .filter(|entry| entry.what == "replayed")
        .map(|entry| serde_json::to_string(entry).unwrap())
        .collect();
    let [asked] = asked.as_slice() else {
        panic!("{trail:?}");
    };
    for word in ["Dana Reyes", "The product is back in Cin7."] {
        assert!(asked.contains(word), "{asked}");
    }
}
