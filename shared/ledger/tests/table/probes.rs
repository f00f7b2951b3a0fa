//! What is known of a probe: written over what was read, and over nothing else.

use ledger::Error;

use crate::bench::{Bench, acme};

#[tokio::test]
async fn a_probe_is_written_over_the_version_that_was_read() {
    let bench = Bench::start().await;
    assert_eq!(bench.ledger.probe(&acme()).await.unwrap(), None);
    let first = bench.ledger.put_probe(&acme(), "one", 0).await.unwrap();
    let second = bench.ledger.put_probe(&acme(), "two", first).await.unwrap();
    for stale in [0, first] {
        let late = bench.ledger.put_probe(&acme(), "late", stale).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    }
    let read = bench.ledger.probe(&acme()).await.unwrap();
    assert_eq!(read, Some(("two".to_owned(), second)));
}
