//! Which records a selection means.

use std::time::Duration;

use ledger::{Record, RecordKey, Selection, State};

use crate::bench::{Bench, acme};

async fn store(bench: &Bench, key: &RecordKey, state: State) -> Record {
    let mut record = Record::new(key.clone(), bench.now());
    record.enter(state, "");
    bench
        .ledger
        .commit(&mut record, vec![], "tests")
        .await
        .unwrap();
    record
}

fn key(connection: &str, kind: &str, id: &str) -> RecordKey {
    RecordKey::parse(connection, kind, id).unwrap()
}

/// Five records, one a second, and one of another connection.
async fn some(bench: &Bench) {
    for (connection, kind, id, state) in [
        ("acme", "invoice", "1", State::Attention),
        ("acme", "payment", "2", State::Attention),
        ("other", "invoice", "1", State::Attention),
        ("acme", "invoice", "3", State::Confirmed),
        ("acme", "invoice", "4", State::Attention),
        ("acme", "payment", "5", State::Skipped),
    ] {
        store(bench, &key(connection, kind, id), state).await;
        bench.clock.advance(Duration::from_secs(1));
    }
}

async fn selected(bench: &Bench, selection: Selection, limit: usize) -> Vec<String> {
    let keys = bench.ledger.select(&acme(), &selection, limit).await;
    let ids = keys.unwrap().into_iter().map(|key| key.id.to_string());
    ids.collect()
}

#[tokio::test]
async fn all_records_of_the_connection_are_meant_where_nothing_is_said() {
    let bench = Bench::start().await;
    some(&bench).await;
    let all = selected(&bench, Selection::default(), 100).await;
    assert_eq!(all, ["1", "2", "4", "3", "5"]);
}

#[tokio::test]
async fn records_are_selected_by_state_by_kind_and_by_both() {
    let bench = Bench::start().await;
    some(&bench).await;
    let attention = Selection {
        state: Some(State::Attention),
        ..Selection::default()
    };
    let payments = Selection {
        kind: Some("payment".parse().unwrap()),
        ..Selection::default()
    };
    let both = Selection {
        state: attention.state,
        ..payments.clone()
    };
    assert_eq!(selected(&bench, attention, 100).await, ["1", "2", "4"]);
    assert_eq!(selected(&bench, payments, 100).await, ["2", "5"]);
    assert_eq!(selected(&bench, both, 100).await, ["2"]);
}

#[tokio::test]
async fn since_includes_its_own_instant_and_nothing_before() {
    let bench = Bench::start().await;
    let since = bench.now() + Duration::from_secs(3);
    some(&bench).await;
    let mut selection = Selection {
        since: Some(since),
        ..Selection::default()
    };
    assert_eq!(
        selected(&bench, selection.clone(), 100).await,
        ["4", "3", "5"]
    );
    selection.since = Some(since + Duration::from_millis(1));
    assert_eq!(selected(&bench, selection, 100).await, ["4", "5"]);
}

#[tokio::test]
async fn no_more_are_selected_than_asked_for_across_states_and_kinds() {
    let bench = Bench::start().await;
    some(&bench).await;
    for limit in 0..=5 {
        let found = selected(&bench, Selection::default(), limit).await;
        assert_eq!(found, ["1", "2", "4", "3", "5"][..limit]);
    }
    let payments = Selection {
        kind: Some("payment".parse().unwrap()),
        ..Selection::default()
    };
    assert_eq!(selected(&bench, payments, 1).await, ["2"]);
}

/// DynamoDB reads a megabyte at a time, whatever is taken from it.
#[tokio::test]
async fn a_selection_of_more_than_one_page_is_whole() {
    let bench = Bench::start().await;
    let mut wanted = Vec::new();
    for id in 0..8 {
        let mut record = Record::new(key("acme", "invoice", &id.to_string()), bench.now());
        record.enter(State::Attention, "x".repeat(300 * 1024));
        let written = bench.ledger.commit(&mut record, vec![], "tests").await;
        written.unwrap();
        bench.clock.advance(Duration::from_secs(1));
        wanted.push(id.to_string());
    }
    bench.aws.reset_calls();
    let selection = Selection {
        state: Some(State::Attention),
        ..Selection::default()
    };
    assert_eq!(selected(&bench, selection, 100).await, wanted);
    assert!(bench.aws.calls().len() > 1, "it fitted into one page");
}
