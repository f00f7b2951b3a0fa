//! What was confirmed and changed in Cin7 since: noticed, named as a person's doing, overwritten by nobody,
//! and confirmed again once it is right.

mod bills;
mod bought;
mod cost;
mod entries;
mod in_flight;
mod lists;
mod sales;

use std::time::Duration;

use ledger::State;
use poller::{Done, Task};

use crate::world::World;

/// Longer than a list may show what stood there before a write of our own.
const LATER: Duration = Duration::from_mins(20);

impl World {
    /// What a connection's own schedule asks for; every call of it has to be a read.
    pub(crate) async fn look_over(&self) -> Done {
        let before = self.cin7_count();
        let connection = self.acme().id.parse().unwrap();
        let passed = self
            .plant
            .poll(Task::Poll {
                connection,
                full: false,
            })
            .await;
        let calls = self.cin7_calls(before);
        assert!(calls.iter().all(|call| call.method == "GET"), "{calls:?}");
        passed.unwrap_or(Done {
            failed: 1,
            ..Done::default()
        })
    }

    /// The same, and the paths that it asked for.
    async fn paths_looked_over(&self) -> Vec<String> {
        let before = self.cin7_count();
        self.look_over().await;
        let calls = self.cin7_calls(before).into_iter();
        calls.map(|call| call.path).collect()
    }

    /// Some time later, a pass; the record of a document needs a person and says all of this. The next pass
    /// has nothing to add.
    async fn assert_found(&self, kind: &str, id: i64, words: &[&str]) {
        self.clock.advance(LATER);
        let passed = self.look_over().await;
        self.assert_says_of(kind, id, State::Attention, words).await;
        assert!(passed.attention > 0, "{passed:?}");
        let told = self.told_of(kind, id).await;
        assert_eq!(told.last().unwrap(), "attention");
        self.clock.advance(LATER);
        let passed = self.look_over().await;
        assert_eq!(self.told_of(kind, id).await, told, "{passed:?}");
        assert_eq!((passed.attention, passed.confirmed), (0, 0));
    }

    /// Some time later, a pass, after which the record is confirmed again.
    async fn assert_right_again(&self, kind: &str, id: i64) {
        self.clock.advance(LATER);
        self.look_over().await;
        let record = self.record_of(kind, id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        assert_eq!(record.doubt, None);
        assert_eq!(
            self.told_of(kind, id).await.last().unwrap(),
            "confirmed",
            "without another look"
        );
    }
}
