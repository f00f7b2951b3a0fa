//! Connections, the versions of their settings, and links.

use ledger::{Connection, Error, Link, PollSchedule, Status};
use local_aws::Fault;

use crate::bench::{Bench, LEASE, acme};

fn connection() -> Connection {
    Connection {
        account_id: "lbZ4Kq".to_owned(),
        ..Connection::new(acme())
    }
}

impl Bench {
    pub(crate) async fn connected(&self) -> Connection {
        let mut connection = connection();
        self.ledger.put_connection(&mut connection).await.unwrap();
        connection
    }
}

#[tokio::test]
async fn a_connection_comes_back_and_stands_in_the_list() {
    let bench = Bench::start().await;
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(None));
    let stored = bench.connected().await;
    assert_eq!(stored.version, 1);
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(Some(stored)));
    assert_eq!(bench.ledger.connections().await, Ok(vec![acme()]));
}

#[tokio::test]
async fn of_two_changes_to_one_version_of_a_connection_the_second_is_refused() {
    let bench = Bench::start().await;
    let (mut one, mut other) = (bench.connected().await, connection());
    other.version = 1;
    one.status = Status::Paused;
    bench.ledger.put_connection(&mut one).await.unwrap();
    let late = bench.ledger.put_connection(&mut other).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(Some(one)));
}

#[tokio::test]
async fn a_changed_status_fences_whoever_read_the_connection_before() {
    let bench = Bench::start().await;
    let mut stale = bench.connected().await;
    bench
        .ledger
        .set_status(&acme(), Status::NeedsConsent, "Connect it again.")
        .await
        .unwrap();
    let late = bench.ledger.put_connection(&mut stale).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let stored = bench.ledger.connection(&acme()).await.unwrap().unwrap();
    assert_eq!(stored.status, Status::NeedsConsent);
    assert_eq!(stored.account_id, "lbZ4Kq");
}

#[tokio::test]
async fn what_is_known_of_a_connection_comes_back_with_the_time_it_was_first_stored() {
    let bench = Bench::start().await;
    let mut connection = Connection {
        scopes: vec!["user:invoices:read".to_owned()],
        schedule: Some(PollSchedule {
            expression: "rate(15 minutes)".to_owned(),
            time_zone: "America/Toronto".to_owned(),
        }),
        ..connection()
    };
    bench.ledger.put_connection(&mut connection).await.unwrap();
    let first = bench.now();
    bench.clock.advance(LEASE);
    bench.ledger.put_connection(&mut connection).await.unwrap();
    assert_eq!(connection.created_at, Some(first));
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(Some(connection)));
}

#[tokio::test]
async fn a_connection_written_as_active_keeps_no_reason_for_standing_still() {
    let bench = Bench::start().await;
    let mut connection = bench.connected().await;
    let ledger = &bench.ledger;
    let paused = ledger
        .set_status(&acme(), Status::Paused, "Holidays.")
        .await;
    assert_eq!(paused, Ok(true));
    connection = ledger.connection(&connection.id).await.unwrap().unwrap();
    connection.status = Status::Active;
    ledger.put_connection(&mut connection).await.unwrap();
    assert_eq!(connection.stopped, "");
    assert_eq!(ledger.connection(&acme()).await, Ok(Some(connection)));
}

#[tokio::test]
async fn every_version_of_the_settings_stays_as_it_was() {
    let bench = Bench::start().await;
    let mut connection = bench.connected().await;
    for document in ["a = 1", "a = 2", "a = 3"] {
        bench
            .ledger
            .add_settings(&mut connection, document)
            .await
            .unwrap();
    }
    assert_eq!(connection.settings_version, 3);
    for (version, document) in [(1, "a = 1"), (2, "a = 2"), (3, "a = 3")] {
        let stored = bench.ledger.settings(&acme(), version).await.unwrap();
        assert_eq!(stored.as_deref(), Some(document));
    }
    assert_eq!(bench.ledger.settings(&acme(), 4).await, Ok(None));
}

#[tokio::test]
async fn of_two_new_settings_at_once_one_is_refused_and_no_version_is_overwritten() {
    let bench = Bench::start().await;
    let mut one = bench.connected().await;
    let mut other = one.clone();
    bench.ledger.add_settings(&mut one, "a = 1").await.unwrap();
    let late = bench.ledger.add_settings(&mut other, "a = 2").await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let stored = bench.ledger.connection(&acme()).await.unwrap().unwrap();
    assert_eq!(stored.settings_version, 1);
    let first = bench.ledger.settings(&acme(), 1).await.unwrap();
    assert_eq!(first.as_deref(), Some("a = 1"));
}

#[tokio::test]
async fn settings_that_a_dead_worker_left_half_stored_do_not_stand_in_the_way() {
    for next in ["a = 1", "a = 2"] {
        let bench = Bench::start().await;
        let mut connection = bench.connected().await;
        bench.aws.reset_calls();
        // Call 0 stores the document; 1 to 3 are the attempts at the connection.
        for call in 1..4 {
            bench.aws.fail_call(call, Fault::CutBefore);
        }
        let cut = bench.ledger.add_settings(&mut connection, "a = 1").await;
        assert!(matches!(cut, Err(Error::Unavailable(_))), "{cut:?}");
        assert_eq!(connection.settings_version, 0);

        bench
            .ledger
            .add_settings(&mut connection, next)
            .await
            .unwrap();
        let version = connection.settings_version;
        let stored = bench.ledger.settings(&acme(), version).await.unwrap();
        assert_eq!(stored.as_deref(), Some(next));
        let first = bench.ledger.settings(&acme(), 1).await.unwrap();
        assert_eq!(first.as_deref(), Some("a = 1"), "a version never changes");
    }
}

#[tokio::test]
async fn a_link_comes_back_under_its_own_kind_and_id() {
    let bench = Bench::start().await;
    let link = Link {
        cin7_id: "c7".to_owned(),
        name: "Client Co".to_owned(),
        how: "name".to_owned(),
        at: bench.now(),
    };
    let ledger = &bench.ledger;
    ledger
        .put_link(&acme(), "client", "1", &link)
        .await
        .unwrap();
    assert_eq!(ledger.link(&acme(), "client", "1").await, Ok(Some(link)));
    for (kind, id) in [("client", "11"), ("vendor", "1")] {
        assert_eq!(ledger.link(&acme(), kind, id).await, Ok(None));
    }
}
