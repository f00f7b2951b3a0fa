//! A record and its audit entries go into the table together.

use std::fmt::Write as _;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::ToSpan as _;
use ledger::audit::{self, Draft};
use ledger::{Error, Evidence, Record, RecordKey, State, StepStatus};
use local_aws::{Call, Service};

use crate::bench::{Bench, TABLE, invoice, text};

/// A record with something in every room.
fn full(bench: &Bench) -> Record {
    let mut record = Record::new(invoice("7"), bench.now());
    record.retry(bench.now() + 60.seconds(), "Cin7 Core did not answer.");
    record.attempts = 2;
    record.number = Some("0000042".to_owned());
    record.total = Some("1130.00".to_owned());
    record.currency = Some("CAD".to_owned());
    record.content = Some("ab12".to_owned());
    record.calls = 3;
    record.generation = 2;
    record.parent = Some(invoice("6"));
    record.adopt_child(&RecordKey::parse("acme", "payment", "8").unwrap());
    let step = record.step_mut("sale");
    step.mark = "FB-lbZ4Kq-7".to_owned();
    step.status = StepStatus::Done;
    step.cin7_id = Some("d1f7".to_owned());
    record.step_mut("order").uncertain_since = Some(bench.now());
    record.cin7 = Evidence {
        sale_id: Some("d1f7".to_owned()),
        order_number: Some("SO-00124".to_owned()),
        task_id: Some("7a5c".to_owned()),
        payment_id: Some("9e01".to_owned()),
        ..Evidence::default()
    };
    record
}

#[tokio::test]
async fn a_record_comes_back_as_it_was_written() {
    let bench = Bench::start().await;
    let mut record = full(&bench);
    bench
        .ledger
        .commit(&mut record, vec![], "tests")
        .await
        .unwrap();
    assert_eq!(bench.proven(&invoice("7")).await.0, record);
}

#[tokio::test]
async fn a_due_time_is_kept_to_the_millisecond_and_never_later_than_asked() {
    let bench = Bench::start().await;
    let asked = bench.now() + 1_999_999.nanoseconds();
    let mut record = Record::new(invoice("7"), bench.now());
    record.retry(asked, "");
    bench
        .ledger
        .commit(&mut record, vec![], "tests")
        .await
        .unwrap();
    let (stored, _) = bench.proven(&invoice("7")).await;
    assert_eq!(stored.due_at, Some(bench.now() + 1.millisecond()));
}

#[tokio::test]
async fn a_record_and_its_entries_are_one_transaction() {
    let bench = Bench::start().await;
    bench.aws.reset_calls();
    let drafts = vec![Draft::new("fetched"), Draft::new("intent")];
    let mut record = full(&bench);
    record.enter(State::Working, "");
    bench
        .ledger
        .commit(&mut record, drafts, "tests")
        .await
        .unwrap();
    let written = Call {
        service: Service::DynamoDb,
        operation: "TransactWriteItems".to_owned(),
    };
    assert_eq!(bench.aws.calls(), [written]);
    assert_eq!(bench.proven(&invoice("7")).await.1.len(), 2);
}

#[tokio::test]
async fn where_an_entry_cannot_be_written_the_record_is_not_either() {
    let bench = Bench::start().await;
    let put = bench.aws.dynamodb().put_item().table_name(TABLE);
    put.item("pk", text(&invoice("7").pk()))
        .item("sk", text("AUDIT#00000002"))
        .send()
        .await
        .unwrap();
    let drafts = vec![Draft::new("fetched"), Draft::new("intent")];
    let refused = bench
        .ledger
        .commit(&mut full(&bench), drafts, "tests")
        .await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    assert_eq!(bench.ledger.record(&invoice("7")).await, Ok(None));
    assert_eq!(bench.items(&invoice("7").pk()).await, 1);
}

#[tokio::test]
async fn a_trail_tells_a_record_from_the_delivery_on() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "process-1").await;
    for (state, what, name, value) in [
        (State::Working, "fetched", "number", "0000042"),
        (State::Working, "intent", "step", "sale"),
        (State::Posted, "outcome", "sale_id", "d1f7"),
    ] {
        record.enter(state, "");
        bench.clock.advance(std::time::Duration::from_millis(1500));
        let draft = Draft::new(what).with(name, value);
        bench
            .ledger
            .commit(&mut record, vec![draft], "process-1")
            .await
            .unwrap();
    }
    let (_, trail) = bench.proven(&invoice("7")).await;
    let mut told = String::new();
    for entry in &trail {
        let (seq, at, what, by) = (entry.seq, entry.at, &entry.what, &entry.by);
        let state = entry.state.unwrap().name();
        writeln!(told, "{seq} {at} {by}, {state}: {what} {:?}", entry.detail).unwrap();
    }
    insta::assert_snapshot!(told, @r#"
    1 2026-01-05T16:00:00Z process-1, working: received {"event": "invoice.create", "found": "queued"}
    2 2026-01-05T16:00:01.5Z process-1, working: fetched {"number": "0000042"}
    3 2026-01-05T16:00:03Z process-1, working: intent {"step": "sale"}
    4 2026-01-05T16:00:04.5Z process-1, posted: outcome {"sale_id": "d1f7"}
    "#);
}

#[tokio::test]
async fn a_trail_that_was_touched_in_the_table_no_longer_verifies() {
    for touched in ["rewritten", "shortened"] {
        let bench = Bench::start().await;
        let mut record = bench.claim(&invoice("7"), "process-1").await;
        let draft = Draft::new("outcome").with("total", "1130.00");
        bench
            .ledger
            .commit(&mut record, vec![draft], "process-1")
            .await
            .unwrap();
        let (pk, sk) = (text(&invoice("7").pk()), text("AUDIT#00000002"));
        let dynamodb = bench.aws.dynamodb();
        if touched == "rewritten" {
            let update = dynamodb.update_item().table_name(TABLE);
            let update = update.key("pk", pk).key("sk", sk);
            update
                .update_expression("SET detail.#total = :total")
                .expression_attribute_names("#total", "total")
                .expression_attribute_values(":total", AttributeValue::S("1.00".to_owned()))
                .send()
                .await
                .unwrap();
        } else {
            let delete = dynamodb.delete_item().table_name(TABLE);
            delete.key("pk", pk).key("sk", sk).send().await.unwrap();
        }
        let record = bench.ledger.record(&invoice("7")).await.unwrap().unwrap();
        let trail = bench.ledger.trail(&invoice("7")).await.unwrap();
        let broken = audit::verify(&record, &trail).unwrap_err();
        assert_eq!(broken.seq, 2, "{touched}: {broken}");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_says_which_item_and_stays_untouched() {
    let bench = Bench::start().await;
    let put = bench.aws.dynamodb().put_item().table_name(TABLE);
    put.item("pk", text(&invoice("7").pk()))
        .item("sk", text("STATE"))
        .item("state", text("no such state"))
        .send()
        .await
        .unwrap();
    let error = bench.ledger.record(&invoice("7")).await.unwrap_err();
    let Error::Corrupt { item, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(item, "REC#acme#invoice#7 STATE");
}

#[tokio::test]
async fn a_state_that_could_not_follow_stands_in_the_trail_and_is_found() {
    let bench = Bench::start().await;
    let mut record = bench.claim(&invoice("7"), "process-1").await;
    for state in [State::Confirmed, State::Skipped] {
        record.enter(state, "");
        let drafts = vec![Draft::new("outcome")];
        let written = bench.ledger.commit(&mut record, drafts, "process-1").await;
        written.unwrap();
    }
    let trail = bench.ledger.trail(&invoice("7")).await.unwrap();
    let broken = audit::verify(&record, &trail).unwrap_err();
    assert_eq!(
        broken.to_string(),
        "the audit trail of acme/invoice/7 does not hold at entry 3: it could not follow the state before"
    );
}
