//! A table of its own for each test, on a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use clock::{Clock as _, ManualClock};
use jiff::Timestamp;
use ledger::audit::{self, Draft, Entry};
use ledger::{Claim, ConnectionId, Ledger, Record, RecordKey};
use local_aws::{Fault, LocalAws, Options, Service};

pub(crate) const TABLE: &str = "ledger";
pub(crate) const LEASE: Duration = Duration::from_secs(60);

pub(crate) struct Bench {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ledger: Ledger,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let start: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let aws = LocalAws::start(options).await.unwrap();
        ledger::table::create(&aws.dynamodb(), TABLE).await.unwrap();
        let ledger = Ledger::new(aws.dynamodb(), TABLE, clock.clone());
        Self { aws, clock, ledger }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Another worker's handle on the same table.
    pub(crate) fn other_worker(&self) -> Ledger {
        Ledger::new(self.aws.dynamodb(), TABLE, self.clock.clone())
    }

    /// Fails the next `times` attempts of `operation`; the SDK makes three of each call.
    pub(crate) fn fail(&self, operation: &str, fault: Fault, times: usize) {
        for _ in 0..times {
            self.aws.fail_next(Service::DynamoDb, operation, fault);
        }
    }

    /// Claims the record for `owner`, which must succeed.
    pub(crate) async fn claim(&self, key: &RecordKey, owner: &str) -> Record {
        match self.ledger.claim(key, owner, LEASE, heard()).await.unwrap() {
            Claim::Ours(record) => *record,
            Claim::Held { until } => panic!("{key} is held until {until}"),
        }
    }

    /// The record as stored, with its trail, which must verify.
    pub(crate) async fn proven(&self, key: &RecordKey) -> (Record, Vec<Entry>) {
        let record = self.ledger.record(key).await.unwrap().unwrap();
        let trail = self.ledger.trail(key).await.unwrap();
        assert_eq!(audit::verify(&record, &trail), Ok(()));
        (record, trail)
    }

    /// How many items stand under a partition key.
    pub(crate) async fn items(&self, pk: &str) -> usize {
        let query = self.aws.dynamodb().query().table_name(TABLE);
        let mut items = query
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
            .into_paginator()
            .items()
            .send();
        let mut count = 0;
        while items.next().await.transpose().unwrap().is_some() {
            count += 1;
        }
        count
    }
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub(crate) fn heard() -> Draft {
    Draft::new("received").with("event", "invoice.create")
}

pub(crate) fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}

pub(crate) fn invoice(id: &str) -> RecordKey {
    RecordKey::parse("acme", "invoice", id).unwrap()
}
