//! How far confirm passes got, and by what a document without a mark is known.

use ledger::{Error, Overseen};

use crate::bench::{Bench, acme, invoice};

#[tokio::test]
async fn how_far_a_pass_got_is_written_over_the_version_that_was_read() {
    let bench = Bench::start().await;
    let ledger = &bench.ledger;
    assert_eq!(ledger.overseen(&acme(), "sales").await.unwrap(), None);
    let mut first = Overseen::new(bench.now());
    let mut late = first.clone();
    let written = ledger.put_overseen(&acme(), "sales", &mut first).await;
    written.unwrap();
    let refused = ledger.put_overseen(&acme(), "sales", &mut late).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let read = ledger.overseen(&acme(), "sales").await.unwrap();
    assert_eq!(read, Some(first));
    assert_eq!(ledger.overseen(&acme(), "journals").await.unwrap(), None);
}

#[tokio::test]
async fn a_handle_names_the_record_it_was_last_given_in_whatever_case() {
    let bench = Bench::start().await;
    let ledger = &bench.ledger;
    for id in ["7", "8"] {
        let put = ledger.put_handle(&invoice(id), "5E00-Ab/INV 77").await;
        put.unwrap();
    }
    let id = acme();
    let found = ledger.record_of_handle(&id, "5e00-aB/inv 77 ").await;
    assert_eq!(found.unwrap(), Some(invoice("8")));
    let found = ledger.record_of_handle(&id, "5e00-ab").await;
    assert_eq!(found.unwrap(), None);
}
