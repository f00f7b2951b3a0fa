//! What is not known yet, or not known any more, is asked for again: soon, and not for each knock.

use std::time::Duration;

use freshbooks_stand_in::sign;

use crate::bench::{Bench, FIELDS, NEWER, VERIFIER, delivery};

const OF_PAYMENTS: [(&str, &str); 2] = [("name", "payment.create"), ("object_id", "7")];

impl Bench {
    async fn deliver_payment(&self, verifier: &str) -> u16 {
        let (body, signature) = sign(verifier, &OF_PAYMENTS);
        let request = delivery("/freshbooks/acme/payment", &body, &signature);
        self.send(request).await.status().as_u16()
    }

    fn looks(&self) -> usize {
        let operations = self.operations();
        operations.iter().filter(|name| *name == "GetItem").count()
    }
}

#[tokio::test]
async fn a_callback_that_was_registered_after_somebody_knocked_is_known_within_five_seconds() {
    let bench = Bench::start().await;
    assert_eq!(bench.deliver_payment(NEWER).await, 401);
    bench.put_verifier("payment", VERIFIER).await;
    bench.clock.advance(Duration::from_secs(5));
    assert_eq!(bench.deliver_payment(VERIFIER).await, 200);
}

#[tokio::test]
async fn a_verifier_that_took_the_place_of_another_is_known_within_five_seconds() {
    let bench = Bench::start().await;
    assert_eq!(bench.deliver(sign(VERIFIER, &FIELDS)).await, 200);
    bench.put_verifier("invoice", NEWER).await;
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 401);
    bench.clock.advance(Duration::from_secs(5));
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 200);
    // The one before it was dropped then; once that is read, nothing has to be asked any more.
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 200);
    bench.aws.reset_calls();
    assert_eq!(bench.deliver(sign(NEWER, &FIELDS)).await, 200);
    assert_eq!(bench.looks(), 0);
}

#[tokio::test]
async fn a_stranger_who_keeps_knocking_causes_one_look_in_five_seconds() {
    for known in [false, true] {
        let bench = Bench::start().await;
        let knock = async || match known {
            true => bench.deliver(sign("a guess", &FIELDS)).await,
            false => bench.deliver_payment("a guess").await,
        };
        bench.aws.reset_calls();
        // Each refusal takes 150 ms: these are a little more than ten seconds.
        for _ in 0..70 {
            assert_eq!(knock().await, 401);
        }
        assert_eq!(bench.looks(), 3, "known: {known}");
    }
}
