//! Removing a connection, with whatever may go wrong on the way.

use ledger::audit::Draft;
use ledger::{
    Connection, Consent, ConsentStage, Error, Hook, Link, Overseen, Record, RecordKey, Status,
};
use local_aws::Fault;

use crate::bench::{Bench, acme, invoice};

impl Bench {
    /// A connection with one or more of everything that can stand in its partition, and a neighbour.
    async fn furnished() -> Self {
        let bench = Self::start().await;
        let ledger = &bench.ledger;
        let mut neighbour = Connection::new("acme-2".parse().unwrap());
        ledger.put_connection(&mut neighbour).await.unwrap();
        let mut connection = bench.connected().await;
        ledger.add_settings(&mut connection, "a = 1").await.unwrap();
        bench.sealed("secret").await;
        ledger
            .put_hook(&acme(), "invoice", &mut Hook::default())
            .await
            .unwrap();
        let consent = Consent {
            stage: ConsentStage::Ticket,
            browser: String::new(),
            expires_at: bench.now(),
        };
        ledger
            .put_consent(&acme(), "nonce", &consent)
            .await
            .unwrap();
        ledger.put_book(&acme(), "taxes", "[]").await.unwrap();
        let link = Link {
            cin7_id: "c7".to_owned(),
            name: "Client Co".to_owned(),
            how: "name".to_owned(),
            at: bench.now(),
        };
        // More than one request can delete.
        for id in 0..60 {
            let id = id.to_string();
            ledger
                .put_link(&acme(), "client", &id, &link)
                .await
                .unwrap();
            ledger
                .put_link(&neighbour.id, "client", &id, &link)
                .await
                .unwrap();
        }
        ledger.put_handle(&invoice("7"), "5e00").await.unwrap();
        let mut overseen = Overseen::new(bench.now());
        let written = ledger.put_overseen(&acme(), "sales", &mut overseen).await;
        written.unwrap();
        bench.recorded(invoice("7")).await;
        bench
    }

    async fn recorded(&self, key: RecordKey) {
        let mut record = Record::new(key, self.now());
        let drafts = vec![Draft::new("received")];
        self.ledger
            .commit(&mut record, drafts, "tests")
            .await
            .unwrap();
    }

    async fn assert_removed(&self) {
        let left = self.ledger.connection(&acme()).await.unwrap().unwrap();
        assert_eq!(left.status, Status::Removed);
        assert_eq!(left.stopped, "It was removed on 2026-01-05.");
        // Its description and its settings.
        assert_eq!(self.items("CONN#acme").await, 2);
        let settings = self.ledger.settings(&acme(), 1).await.unwrap();
        assert_eq!(settings.as_deref(), Some("a = 1"));
        self.proven(&invoice("7")).await;
        let neighbour = "acme-2".parse().unwrap();
        assert_eq!(self.ledger.connections().await, Ok(vec![neighbour]));
        assert_eq!(self.items("CONN#acme-2").await, 61);
    }
}

#[tokio::test]
async fn a_removed_connection_leaves_its_story_and_nothing_else() {
    let bench = Bench::furnished().await;
    bench.ledger.remove_connection(&acme()).await.unwrap();
    bench.assert_removed().await;
    bench.ledger.remove_connection(&acme()).await.unwrap();
    bench.assert_removed().await;
}

#[tokio::test]
async fn a_removal_that_died_at_any_call_is_completed_by_the_next_and_listed_until_then() {
    let bench = Bench::furnished().await;
    bench.aws.reset_calls();
    bench.ledger.remove_connection(&acme()).await.unwrap();
    let calls = bench.aws.calls().len();
    assert!(calls > 10, "{calls} calls");
    for call in 0..calls {
        for fault in [Fault::CutBefore, Fault::CutAfter] {
            let bench = Bench::furnished().await;
            bench.aws.reset_calls();
            // The call and both times the SDK repeats it.
            (call..call + 3).for_each(|call| bench.aws.fail_call(call, fault));
            let died = bench.ledger.remove_connection(&acme()).await;
            assert!(
                matches!(died, Err(Error::Unavailable(_))),
                "{call} {died:?}"
            );
            bench.aws.reset_calls();
            let unlisted = call + 1 == calls && fault == Fault::CutAfter;
            let listed = bench.ledger.connections().await.unwrap();
            assert_eq!(listed.contains(&acme()), !unlisted, "{call} {fault:?}");

            bench.ledger.remove_connection(&acme()).await.unwrap();
            bench.assert_removed().await;
        }
    }
}

#[tokio::test]
async fn what_was_removed_is_brought_back_by_no_status_and_no_late_writer() {
    let bench = Bench::furnished().await;
    let mut stale = bench.ledger.connection(&acme()).await.unwrap().unwrap();
    let secret = bench.ledger.secret(&acme(), "freshbooks").await;
    bench.ledger.remove_connection(&acme()).await.unwrap();

    let late = bench.ledger.put_connection(&mut stale).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let mut secret = secret.unwrap().unwrap();
    let late = bench
        .ledger
        .put_secret(&acme(), "freshbooks", &mut secret)
        .await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    for status in [Status::Active, Status::Paused] {
        let set = bench.ledger.set_status(&acme(), status, "Why.").await;
        assert!(matches!(set, Err(Error::Absent(_))), "{set:?}");
        let resumed = bench.ledger.resume(&acme(), status).await;
        assert_eq!(resumed, Ok(false));
    }
    bench.assert_removed().await;
}

#[tokio::test]
async fn a_status_of_removed_removes() {
    let bench = Bench::furnished().await;
    let set = bench
        .ledger
        .set_status(&acme(), Status::Removed, "ignored")
        .await;
    assert_eq!(set, Ok(true));
    bench.assert_removed().await;
}

#[tokio::test]
async fn a_connection_that_never_got_further_than_its_secrets_leaves_nothing() {
    let bench = Bench::start().await;
    bench.sealed("secret").await;
    bench.ledger.remove_connection(&acme()).await.unwrap();
    assert_eq!(bench.items("CONN#acme").await, 0);
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(None));
}

#[tokio::test]
async fn a_removed_connection_can_be_made_anew_under_its_name() {
    let bench = Bench::furnished().await;
    bench.ledger.remove_connection(&acme()).await.unwrap();
    let mut again = bench.ledger.connection(&acme()).await.unwrap().unwrap();
    again.status = Status::Active;
    bench.ledger.put_connection(&mut again).await.unwrap();
    assert_eq!(bench.ledger.connections().await.unwrap().len(), 2);
}
