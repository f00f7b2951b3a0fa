//! Who is not known here cannot learn what is.

use std::time::Duration;

use clock::Clock as _;

use crate::bench::{Bench, delivery, genuine};

#[tokio::test]
async fn a_bad_signature_and_whatever_is_unknown_look_alike_and_end_at_the_same_instant() {
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let forged = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let overlong = format!("/freshbooks/{}/invoice", "x".repeat(65));
    let mut seen = Vec::new();
    // Twice: with cold caches and with warm ones.
    for _ in 0..2 {
        for (path, signature) in [
            ("/freshbooks/acme/invoice", forged),
            ("/freshbooks/nobody/invoice", forged),
            ("/freshbooks/nobody/invoice", &*signature),
            ("/freshbooks/acme/payment", &*signature),
            ("/freshbooks/acme/no%20noun", &*signature),
            ("/freshbooks/acme%23META/invoice", &*signature),
            (&*overlong, &*signature),
        ] {
            let arrived = bench.clock.now();
            let answer = bench.send(delivery(path, &body, signature)).await;
            let took = clock::until(arrived, bench.clock.now());
            assert_eq!(answer.status(), 401, "{path}");
            assert_eq!(took, Duration::from_millis(150), "{path}");
            seen.push(format!("{answer:?}"));
        }
    }
    assert!(seen.iter().all(|answer| *answer == seen[0]), "{seen:#?}");
    assert!(bench.queued().await.is_empty());
}

#[tokio::test]
async fn an_unknown_connection_is_looked_up_like_a_known_one() {
    let bench = Bench::start().await;
    let (body, signature) = genuine();
    let mut costs = Vec::new();
    for path in ["/freshbooks/acme/invoice", "/freshbooks/nobody/invoice"] {
        for _ in 0..2 {
            bench.aws.reset_calls();
            bench.send(delivery(path, &body, &signature[1..])).await;
            costs.push(bench.operations());
        }
    }
    assert_eq!(costs[0], ["GetItem", "Decrypt"]);
    assert_eq!(costs[2], ["GetItem"]);
    assert!(costs[1].is_empty() && costs[3].is_empty(), "{costs:?}");
}
