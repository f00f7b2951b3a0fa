//! Tie-outs as they were last made, however long their text; and all records of a connection, which one
//! is made from.

use std::collections::BTreeSet;
use std::time::Duration;

use ledger::{Record, RecordKey, State};

use crate::bench::{Bench, acme, invoice};

#[tokio::test]
async fn the_last_tie_out_of_a_month_is_kept_whole_whatever_its_length() {
    let bench = Bench::start().await;
    let ledger = &bench.ledger;
    assert_eq!(ledger.tie_out(&acme(), "2026-01").await.unwrap(), None);
    assert_eq!(ledger.tied_out_at(&acme(), "2026-01").await.unwrap(), None);
    for text in ["é".repeat(400_000), "short".to_owned()] {
        bench.clock.advance(Duration::from_secs(1));
        let stored = ledger.put_tie_out(&acme(), "2026-01", &text).await;
        stored.unwrap();
        let read = ledger.tie_out(&acme(), "2026-01").await.unwrap();
        assert_eq!(read, Some((text, bench.now())));
        let at = ledger.tied_out_at(&acme(), "2026-01").await.unwrap();
        assert_eq!(at, Some(bench.now()));
    }
    assert_eq!(ledger.tie_out(&acme(), "2026-02").await.unwrap(), None);
}

#[tokio::test]
async fn every_record_of_a_connection_is_handed_on_in_whatever_state_and_of_no_other() {
    let bench = Bench::start().await;
    let mut expected = BTreeSet::new();
    for (number, state) in State::ALL.into_iter().enumerate() {
        let mut record = Record::new(invoice(&number.to_string()), bench.now());
        record.state = State::Working;
        bench
            .ledger
            .commit(&mut record, vec![], "tests")
            .await
            .unwrap();
        record.state = state;
        bench
            .ledger
            .commit(&mut record, vec![], "tests")
            .await
            .unwrap();
        expected.insert(record.key);
    }
    let others = RecordKey::parse("other", "invoice", "1").unwrap();
    let mut others = Record::new(others, bench.now());
    bench
        .ledger
        .commit(&mut others, vec![], "tests")
        .await
        .unwrap();
    let mut found = BTreeSet::new();
    let connection = acme();
    let all = bench.ledger.each_record(&connection, |record| {
        found.insert(record.key);
    });
    all.await.unwrap();
    assert_eq!(found, expected);
}
