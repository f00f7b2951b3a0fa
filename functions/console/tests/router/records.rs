//! Records, their trails, and looking at them again.

use aws_sdk_dynamodb::types::AttributeValue;
use ledger::State;
use serde_json::{Value, json};

use crate::bench::{ALICE, Bench};

#[tokio::test]
async fn records_are_listed_by_state_and_kind_as_many_as_asked_for() {
    let bench = Bench::start().await;
    bench.acme().await;
    for id in ["1", "2", "3"] {
        bench.record("invoice", id, State::Attention).await;
    }
    bench.record("payment", "4", State::Posted).await;
    let ids = async |query: &str| {
        let answer = bench
            .get(&format!("/connections/acme/records{query}"))
            .await;
        let records = answer["records"].as_array().unwrap().clone();
        let ids = records
            .iter()
            .map(|record| record["id"].as_str().unwrap().to_owned());
        (
            ids.collect::<Vec<_>>().join(" "),
            answer["more"].as_bool().unwrap(),
        )
    };
    assert_eq!(ids("").await, ("1 2 3 4".to_owned(), false));
    assert_eq!(ids("?state=posted").await, ("4".to_owned(), false));
    assert_eq!(ids("?kind=invoice&limit=2").await, ("1 2".to_owned(), true));
    assert_eq!(
        ids("?kind=invoice&limit=3").await,
        ("1 2 3".to_owned(), false)
    );
    assert_eq!(
        ids("?since=2026-01-06T00:00:00Z").await,
        (String::new(), false)
    );
}

#[tokio::test]
async fn a_record_is_shown_with_its_trail_which_holds() {
    let bench = Bench::start().await;
    bench.acme().await;
    bench.record("invoice", "7", State::Attention).await;
    let record = bench.get("/connections/acme/records/invoice/7").await;
    assert_eq!(record["sentence"], "The tax \"<HST>\" has no rule.");
    let trail = bench.get("/connections/acme/records/invoice/7/audit").await;
    assert_eq!(trail["entries"][0]["what"], "received");
    let verdict = bench
        .get("/connections/acme/records/invoice/7/verify")
        .await;
    assert_eq!(
        (&verdict["holds"], &verdict["entries"]),
        (&json!(true), &json!(2)),
        "{verdict}"
    );
}

#[tokio::test]
async fn a_trail_that_was_tampered_with_does_not_hold_and_still_is_an_answer() {
    let bench = Bench::start().await;
    bench.acme().await;
    let key = bench.record("invoice", "7", State::Attention).await;
    for (attribute, value) in [("by", "somebody else"), ("at", "2026-01-05T16:00:00.000Z")] {
        bench
            .aws
            .dynamodb()
            .update_item()
            .table_name("ledger")
            .key("pk", AttributeValue::S(key.pk()))
            .key("sk", AttributeValue::S("AUDIT#00000001".to_owned()))
            .update_expression("SET #attribute = :value")
            .expression_attribute_names("#attribute", attribute)
            .expression_attribute_values(":value", AttributeValue::S(value.to_owned()))
            .send()
            .await
            .unwrap();
        let verdict = bench
            .get("/connections/acme/records/invoice/7/verify")
            .await;
        assert_eq!(verdict["holds"], false, "{verdict}");
        assert!(
            verdict["sentence"]
                .as_str()
                .unwrap()
                .contains("does not hold"),
            "{verdict}"
        );
    }
}

#[tokio::test]
async fn a_replay_makes_records_due_and_the_trail_keeps_who_the_gateway_says_asked() {
    let bench = Bench::start().await;
    bench.acme().await;
    let key = bench.record("invoice", "7", State::Attention).await;
    bench.record("payment", "8", State::Waiting).await;
    let one = json!({ "kind": "invoice", "id": "7", "why": " the tax rule was added " });
    let (status, answer) = bench.ask("POST", "/connections/acme/replay", one).await;
    assert_eq!((status, &answer["replayed"]), (200, &json!(1)), "{answer}");
    assert_eq!(
        answer["sentence"],
        "1 record is due now; the next sweep queues it, within a minute."
    );
    let entry = bench.ledger.trail(&key).await.unwrap().pop().unwrap();
    assert_eq!(
        (entry.by.as_str(), entry.detail["why"].as_str()),
        (ALICE, "the tax rule was added")
    );
    assert!(
        bench
            .ledger
            .record(&key)
            .await
            .unwrap()
            .unwrap()
            .due_at
            .is_some()
    );
    let set = json!({ "state": "waiting", "since": "2026-01-01T00:00:00Z", "why": "x" });
    let (_, answer) = bench.ask("POST", "/connections/acme/replay", set).await;
    assert_eq!(answer["replayed"], 1);
    let unknown = json!({ "kind": "invoice", "id": "9", "why": "x" });
    assert_eq!(
        bench
            .ask("POST", "/connections/acme/replay", unknown)
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn the_trail_of_a_removed_connection_can_still_be_read() {
    let bench = Bench::start().await;
    bench.acme().await;
    bench.record("invoice", "7", State::Confirmed).await;
    assert_eq!(
        bench
            .ask("DELETE", "/connections/acme", Value::Null)
            .await
            .0,
        200
    );
    let listed = bench.get("/connections/acme/records").await;
    assert_eq!(listed["records"][0]["id"], "7");
    assert_eq!(
        bench
            .get("/connections/acme/records/invoice/7/verify")
            .await["holds"],
        true
    );
    let replay = json!({ "why": "x" });
    assert_eq!(
        bench
            .ask("POST", "/connections/acme/replay", replay)
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn a_ledger_out_of_reach_is_503_and_says_so() {
    let bench = Bench::start().await;
    bench.acme().await;
    for _ in 0..3 {
        let fault = local_aws::Fault::Error500NotApplied;
        bench
            .aws
            .fail_next(local_aws::Service::DynamoDb, "GetItem", fault);
    }
    let (status, answer) = bench.ask("GET", "/connections/acme", Value::Null).await;
    assert_eq!(status, 503, "{answer}");
}
