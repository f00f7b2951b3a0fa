//! Reference books that are larger than one item.

use std::time::Duration;

use ledger::Error;
use local_aws::Fault;

use crate::bench::{Bench, acme};

/// Characters of one, two, three and four bytes; 10 in all.
const MIXED: &str = "aé東🚀";

fn long(bytes: usize) -> String {
    MIXED.repeat(bytes / MIXED.len())
}

impl Bench {
    async fn put_book(&self, name: &str, text: &str) -> Result<(), Error> {
        self.ledger.put_book(&acme(), name, text).await
    }

    async fn book(&self, name: &str) -> Option<String> {
        let book = self.ledger.book(&acme(), name).await.unwrap();
        book.map(|(text, _)| text)
    }
}

#[tokio::test]
async fn a_book_comes_back_with_the_time_it_was_read() {
    let bench = Bench::start().await;
    let read = bench.now();
    bench.put_book("taxes", "[]").await.unwrap();
    bench.clock.advance(Duration::from_hours(1));
    let book = bench.ledger.book(&acme(), "taxes").await;
    assert_eq!(book, Ok(Some(("[]".to_owned(), read))));
    assert_eq!(
        bench.book("tax").await,
        None,
        "the start of a name is no name"
    );
}

#[tokio::test]
async fn a_book_of_any_length_comes_back_whole() {
    // A part holds 307,200 bytes. Shifted by 0 to 3 bytes, the cut falls on every place in a character;
    // the longest is beyond the 1 MB of one page of a query.
    for (offset, bytes) in [
        ("", 0),
        ("", 307_200),
        ("", 307_210),
        ("x", 307_210),
        ("xy", 307_210),
        ("xyz", 307_210),
        ("", 1_500_000),
    ] {
        let bench = Bench::start().await;
        let text = format!("{offset}{}", long(bytes));
        bench.put_book("products", &text).await.unwrap();
        assert!(
            bench.book("products").await.as_deref() == Some(&*text),
            "{bytes} bytes after {offset:?}"
        );
    }
}

#[tokio::test]
async fn a_shorter_reading_replaces_a_longer_one() {
    let bench = Bench::start().await;
    bench.put_book("products", &long(700_000)).await.unwrap();
    bench.clock.advance(Duration::from_secs(1));
    bench.put_book("products", "[]").await.unwrap();
    assert_eq!(bench.book("products").await.as_deref(), Some("[]"));
}

#[tokio::test]
async fn a_reading_that_broke_off_is_no_book_until_it_is_made_again() {
    for (before, fails_at) in [(700_000, 1), (700_000, 2), (0, 1)] {
        let bench = Bench::start().await;
        bench.put_book("products", &long(before)).await.unwrap();
        bench.clock.advance(Duration::from_secs(1));
        bench.aws.reset_calls();
        for attempt in 0..3 {
            bench.aws.fail_call(fails_at + attempt, Fault::CutBefore);
        }
        let text = format!("new{}", long(700_000));
        let cut = bench.put_book("products", &text).await;
        assert!(matches!(cut, Err(Error::Unavailable(_))), "{cut:?}");
        assert_eq!(bench.book("products").await, None, "{before} {fails_at}");

        bench.put_book("products", &text).await.unwrap();
        assert!(bench.book("products").await.as_deref() == Some(&*text));
    }
}

#[tokio::test]
async fn a_book_whose_replies_are_lost_is_stored_all_the_same() {
    let bench = Bench::start().await;
    bench.fail("PutItem", Fault::CutAfter, 2);
    let text = long(700_000);
    bench.put_book("products", &text).await.unwrap();
    assert!(bench.book("products").await.as_deref() == Some(&*text));
}
