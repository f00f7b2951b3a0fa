//! The sparse indexes: what is due, what stands in which state, what waits for what.

use std::time::Duration;

use jiff::{Timestamp, ToSpan as _};
use ledger::{Record, RecordKey, State};

use crate::bench::{Bench, TABLE, acme, invoice, text};

impl Bench {
    async fn store(&self, key: RecordKey, change: impl FnOnce(&mut Record)) -> Record {
        let mut record = Record::new(key, self.now());
        change(&mut record);
        self.save(&mut record).await;
        record
    }

    async fn save(&self, record: &mut Record) {
        self.ledger.commit(record, vec![], "tests").await.unwrap();
    }

    async fn due_at(&self, id: &str, at: Timestamp) -> Record {
        self.store(invoice(id), |record| record.retry(at, "later"))
            .await
    }

    async fn due(&self, limit: usize) -> Vec<String> {
        let keys = self.ledger.due(self.now(), limit).await.unwrap();
        keys.into_iter().map(|key| key.id.to_string()).collect()
    }

    async fn in_state(&self, state: State, limit: usize) -> Vec<String> {
        let records = self.ledger.in_state(&acme(), state, limit).await.unwrap();
        let ids = records.into_iter().map(|record| record.key.id.to_string());
        ids.collect()
    }
}

#[tokio::test]
async fn the_longest_due_comes_first_and_no_more_than_asked_for() {
    let bench = Bench::start().await;
    for (id, ago) in [("b", 20), ("d", 5), ("a", 30), ("c", 10)] {
        bench.due_at(id, bench.now() - ago.seconds()).await;
    }
    assert_eq!(bench.due(10).await, ["a", "b", "c", "d"]);
    assert_eq!(bench.due(2).await, ["a", "b"]);
    assert!(bench.due(0).await.is_empty());
}

#[tokio::test]
async fn a_record_is_due_at_its_instant_and_not_a_millisecond_before() {
    let bench = Bench::start().await;
    bench.due_at("7", bench.now() + 1.millisecond()).await;
    assert!(bench.due(10).await.is_empty());
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(bench.due(10).await, ["7"]);
}

#[tokio::test]
async fn times_with_and_without_a_fraction_sort_as_times() {
    let bench = Bench::start().await;
    let whole = bench.now();
    bench.due_at("later", whole + 5.milliseconds()).await;
    bench.due_at("whole", whole).await;
    bench.due_at("latest", whole + 1.second()).await;
    bench.clock.advance(Duration::from_secs(2));
    assert_eq!(bench.due(10).await, ["whole", "later", "latest"]);
}

#[tokio::test]
async fn the_due_list_holds_the_records_of_every_connection() {
    let bench = Bench::start().await;
    for connection in ["acme", "other"] {
        let key = RecordKey::parse(connection, "invoice", "7").unwrap();
        let now = bench.now();
        bench.store(key, |record| record.retry(now, "")).await;
    }
    let mut due = bench.ledger.due(bench.now(), 10).await.unwrap();
    due.sort();
    assert_eq!(
        due.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["acme/invoice/7", "other/invoice/7"]
    );
}

#[tokio::test]
async fn the_next_due_time_is_the_earliest_and_none_when_nothing_is_due() {
    let bench = Bench::start().await;
    assert_eq!(bench.ledger.next_due().await, Ok(None));
    let (soon, later) = (bench.now() + 10.seconds(), bench.now() + 1.hour());
    bench.due_at("late", later).await;
    let mut first = bench.due_at("soon", soon).await;
    assert_eq!(bench.ledger.next_due().await, Ok(Some(soon)));
    first.enter(State::Attention, "");
    bench.save(&mut first).await;
    assert_eq!(bench.ledger.next_due().await, Ok(Some(later)));
}

#[tokio::test]
async fn a_record_that_ends_leaves_the_due_list() {
    let bench = Bench::start().await;
    for state in [
        State::Posted,
        State::Confirmed,
        State::Attention,
        State::Skipped,
        State::Reversed,
    ] {
        let mut record = bench.due_at(state.name(), bench.now()).await;
        assert_eq!(bench.due(10).await, [state.name()]);
        record.enter(state, "");
        bench.save(&mut record).await;
        assert!(bench.due(10).await.is_empty(), "{state:?}");
    }
}

#[tokio::test]
async fn the_list_of_a_state_begins_with_what_stood_still_longest() {
    let bench = Bench::start().await;
    let mut records = Vec::new();
    for id in ["1", "2", "3"] {
        let attention = |record: &mut Record| record.enter(State::Attention, "look");
        records.push(bench.store(invoice(id), attention).await);
        bench.clock.advance(Duration::from_millis(1));
    }
    bench.save(&mut records[0]).await;
    assert_eq!(bench.in_state(State::Attention, 10).await, ["2", "3", "1"]);
    assert_eq!(bench.in_state(State::Attention, 2).await, ["2", "3"]);
}

#[tokio::test]
async fn a_state_is_listed_by_connection_and_without_what_moved_on() {
    let bench = Bench::start().await;
    let mut moved = bench.store(invoice("1"), |_| ()).await;
    bench.store(invoice("2"), |_| ()).await;
    for connection in ["acme-2", "other"] {
        let key = RecordKey::parse(connection, "invoice", "3").unwrap();
        bench.store(key, |_| ()).await;
    }
    moved.enter(State::Posted, "");
    bench.save(&mut moved).await;
    assert_eq!(bench.in_state(State::Queued, 10).await, ["2"]);
    assert_eq!(bench.in_state(State::Posted, 10).await, ["1"]);
}

#[tokio::test]
async fn what_waits_is_found_by_what_it_waits_for_until_it_moves_on() {
    let bench = Bench::start().await;
    let wait = |record: &mut Record| record.wait("settings.taxes", "Add the tax.");
    let mut record = bench.store(invoice("7"), wait).await;
    let waiting = async || {
        let query = bench.aws.dynamodb().query().table_name(TABLE);
        let query = query.index_name(ledger::table::WAITING.name);
        let found = query
            .key_condition_expression("waiting_part = :part")
            .expression_attribute_values(":part", text("acme#settings.taxes"))
            .send()
            .await;
        found.unwrap().count()
    };
    assert_eq!(waiting().await, 1);
    record.enter(State::Queued, "");
    bench.save(&mut record).await;
    assert_eq!(waiting().await, 0);
}

#[tokio::test]
async fn making_the_table_again_changes_nothing() {
    let bench = Bench::start().await;
    bench.due_at("7", bench.now()).await;
    let again = ledger::table::create(&bench.aws.dynamodb(), TABLE).await;
    assert_eq!(again, Ok(()));
    assert_eq!(bench.due(10).await, ["7"]);
}
