//! Items that earlier versions wrote.

use aws_sdk_dynamodb::types::AttributeValue;
use ledger::audit::Draft;
use ledger::{Connection, Error, Hook, HookState, Record, State, Status, StepStatus};

use crate::bench::{Bench, TABLE, acme, invoice, text};

/// What a record, its steps and its evidence did not hold in the first version.
const LATER: [&str; 9] = [
    "generation",
    "parent",
    "children",
    "cin7.task_id",
    "cin7.payment_id",
    "cin7.listed",
    "doubt",
    "steps[0].looks",
    "steps[0].writes",
];

/// Takes out of a stored record what came later; returns the item that is left, as text.
async fn as_the_first_version_wrote_it(bench: &Bench) -> String {
    let dynamodb = bench.aws.dynamodb();
    let update = dynamodb.update_item().table_name(TABLE);
    let update = update
        .key("pk", text(&invoice("7").pk()))
        .key("sk", text("STATE"))
        .update_expression(format!("REMOVE {}", LATER.join(", ")))
        .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew);
    let left = update.send().await.unwrap().attributes;
    format!("{:?}", left.unwrap())
}

#[tokio::test]
async fn a_record_of_the_first_version_reads_as_its_first_document_without_relatives() {
    let bench = Bench::start().await;
    let mut record = Record::new(invoice("7"), bench.now());
    record.step_mut("sale").status = StepStatus::Uncertain;
    record.cin7.sale_id = Some("d1f7".to_owned());
    record.enter(State::Working, "");
    let drafts = vec![Draft::new("received")];
    let written = bench.ledger.commit(&mut record, drafts, "tests").await;
    written.unwrap();

    let left = as_the_first_version_wrote_it(&bench).await;
    for path in LATER {
        let name = path.rsplit('.').next().unwrap();
        assert!(!left.contains(&format!("{name:?}")), "{name} in {left}");
    }
    let (stored, _) = bench.proven(&invoice("7")).await;
    assert_eq!((stored.generation, stored.steps[0].writes), (1, 0));
    assert_eq!(stored, record, "what is left out is what a new record has");
}

/// Puts an item as it stands: numbers are written as they are, everything else as text.
async fn put_as_it_was(bench: &Bench, sk: &str, fields: &[(&str, &str)]) {
    let mut put = bench.aws.dynamodb().put_item().table_name(TABLE);
    put = put.item("pk", text("CONN#acme")).item("sk", text(sk));
    for (name, value) in fields {
        let value = match value.parse::<u64>() {
            Ok(_) => AttributeValue::N((*value).to_owned()),
            Err(_) if *value == "null" => AttributeValue::Null(true),
            Err(_) => text(value),
        };
        put = put.item(*name, value);
    }
    put.send().await.unwrap();
}

#[tokio::test]
async fn a_connection_of_the_first_version_reads_as_one_of_which_less_is_known() {
    let bench = Bench::start().await;
    let fields = [
        ("id", "acme"),
        ("status", "paused"),
        ("account_id", "lbZ4Kq"),
        ("business_uuid", ""),
        ("settings_version", "3"),
        ("version", "7"),
    ];
    put_as_it_was(&bench, "META", &fields).await;
    let expected = Connection {
        status: Status::Paused,
        account_id: "lbZ4Kq".to_owned(),
        settings_version: 3,
        version: 7,
        ..Connection::new(acme())
    };
    assert_eq!(bench.ledger.connection(&acme()).await, Ok(Some(expected)));
    let changed = bench
        .ledger
        .set_status(&acme(), Status::Paused, "")
        .await
        .unwrap();
    assert!(changed, "it has a sentence from now on, if an empty one");
}

#[tokio::test]
async fn a_secret_of_the_first_version_reads_as_one_that_nobody_rotates() {
    let bench = Bench::start().await;
    let fields = [
        ("sealed", "envelope"),
        ("key_id", "key"),
        ("seed", "seed"),
        ("version", "4"),
        ("lease", "null"),
        ("updated_at", "2026-01-05T15:00:00Z"),
    ];
    put_as_it_was(&bench, "SECRET#freshbooks", &fields).await;
    let row = bench.ledger.secret(&acme(), "freshbooks").await;
    let row = row.unwrap().unwrap();
    assert_eq!(
        (row.version, row.rotating_since, row.renewed_at),
        (4, None, None)
    );
}

#[tokio::test]
async fn a_callback_of_the_first_version_was_given_by_a_person_and_can_be_written() {
    let bench = Bench::start().await;
    let fields = [("current", "new"), ("seed", "seed"), ("previous", "null")];
    put_as_it_was(&bench, "HOOK#invoice", &fields).await;
    let ledger = &bench.ledger;
    let mut hook = ledger.hook(&acme(), "invoice").await.unwrap().unwrap();
    let expected = Hook {
        current: Some("new".to_owned()),
        seed: "seed".to_owned(),
        state: HookState::Given,
        ..Hook::default()
    };
    assert_eq!(hook, expected);

    let mut stale = hook.clone();
    hook.uri = "https://connector.example/acme/invoice".to_owned();
    ledger
        .put_hook(&acme(), "invoice", &mut hook)
        .await
        .unwrap();
    let late = ledger.put_hook(&acme(), "invoice", &mut stale).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(ledger.hook(&acme(), "invoice").await, Ok(Some(hook)));
}
