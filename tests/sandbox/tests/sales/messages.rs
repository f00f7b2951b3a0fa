//! What stands on the queue and should not.

use ledger::{RecordKey, State};
use sandbox::rows;

use crate::world::{World, plain};

#[tokio::test]
async fn a_message_that_cannot_be_read_is_put_aside_where_people_see_it_and_its_batch_goes_on() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let first = world.send(plain(client, "10.00")).await;
    world.enqueue("acme", "this is no message").await;
    world
        .enqueue("acme", r#"{"v":7,"connection":"acme"}"#)
        .await;
    let second = world.send(plain(client, "20.00")).await;
    world.settle().await;
    world.assert_confirmed(first).await;
    world.assert_confirmed(second).await;

    let all = rows(world.plant.ledger()).await.unwrap();
    let aside: Vec<_> = all
        .iter()
        .filter(|row| row.connection == "unreadable")
        .collect();
    assert_eq!(aside.len(), 2);
    for row in aside {
        assert_eq!(row.state, State::Attention);
        assert!(
            row.sentence.contains("could not be read"),
            "{}",
            row.sentence
        );
    }
    assert_eq!(world.messages("connector.fifo").await, 0);
    world.check().await;
}

#[tokio::test]
async fn a_message_for_an_unknown_connection_is_for_a_person() {
    let world = World::start().await;
    let body = r#"{"v":1,"connection":"ghost","kind":"invoice","id":"7","event":"invoice.create",
        "delivery":"d-1","received_at":"2026-01-05T14:00:00Z"}"#;
    world.enqueue("ghost", body).await;
    world.settle().await;
    let all = rows(world.plant.ledger()).await.unwrap();
    let [record] = all.as_slice() else {
        panic!("{all:?}");
    };
    assert_eq!(
        (record.connection.as_str(), record.state),
        ("ghost", State::Attention)
    );
    assert!(
        record.sentence.contains("no connection ghost"),
        "{}",
        record.sentence
    );
    assert_eq!(world.cin7_count(), 0);
    assert_eq!(world.messages("connector.fifo").await, 0);
    world.check().await;
}

#[tokio::test]
async fn another_kind_of_document_is_skipped_by_name() {
    let world = World::start().await;
    let body = r#"{"v":1,"connection":"acme","kind":"estimate","id":"7","event":"estimate.create",
        "delivery":"d-1","received_at":"2026-01-05T14:00:00Z"}"#;
    world.enqueue("acme", body).await;
    world.settle().await;
    let key = RecordKey::parse("acme", "estimate", "7").unwrap();
    let record = world.plant.ledger().record(&key).await.unwrap().unwrap();
    assert_eq!(record.state, State::Skipped);
    assert!(
        record.sentence.contains("Estimate 7"),
        "{}",
        record.sentence
    );
    world.check().await;
}
