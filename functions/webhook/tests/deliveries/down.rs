//! When a service is down FreshBooks is told to send again, and nothing is lost.

use local_aws::{Fault, Service};

use crate::bench::{Bench, delivery, genuine};

#[tokio::test]
async fn a_delivery_that_a_service_stands_in_the_way_of_is_to_be_sent_again() {
    for (service, operation) in [
        (Service::Sqs, "SendMessage"),
        (Service::Kms, "Decrypt"),
        (Service::DynamoDb, "GetItem"),
    ] {
        for fault in [
            Fault::CutBefore,
            Fault::Error500NotApplied,
            Fault::ThrottledNotApplied,
        ] {
            let bench = Bench::start().await;
            bench.down(service, operation, fault);
            let (body, signature) = genuine();
            let request = delivery("/freshbooks/acme/invoice", &body, &signature);
            let answer = bench.send(request).await;
            assert_eq!(answer.status(), 503, "{operation} {fault:?}");
            let sentence = std::str::from_utf8(answer.body()).unwrap();
            assert_eq!(sentence, "The delivery could not be stored; send it again.");
            assert!(bench.queued().await.is_empty());

            assert_eq!(bench.deliver(genuine()).await, 200);
            assert_eq!(bench.queued().await.len(), 1);
        }
    }
}

#[tokio::test]
async fn a_queue_whose_reply_is_lost_once_has_one_message() {
    for fault in [Fault::CutAfter, Fault::Error500Applied] {
        let bench = Bench::start().await;
        bench.aws.fail_next(Service::Sqs, "SendMessage", fault);
        assert_eq!(bench.deliver(genuine()).await, 200);
        assert_eq!(bench.queued().await.len(), 1, "{fault:?}");
    }
}

/// The second look at an object that has not changed costs nothing; a lost one would cost the document.
#[tokio::test]
async fn a_queue_whose_every_reply_is_lost_has_the_message_and_gets_it_once_more() {
    let bench = Bench::start().await;
    bench.down(Service::Sqs, "SendMessage", Fault::CutAfter);
    assert_eq!(bench.deliver(genuine()).await, 503);
    assert_eq!(bench.deliver(genuine()).await, 200);
    assert_eq!(bench.queued().await.len(), 2);
}

#[tokio::test]
async fn a_warm_function_works_on_while_the_table_and_the_key_service_are_down() {
    let bench = Bench::start().await;
    assert_eq!(bench.deliver(genuine()).await, 200);
    bench.down(Service::DynamoDb, "GetItem", Fault::CutBefore);
    bench.down(Service::Kms, "Decrypt", Fault::CutBefore);
    assert_eq!(bench.deliver(genuine()).await, 200);
}
