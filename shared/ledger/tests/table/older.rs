//! Items that earlier versions wrote.

use ledger::audit::Draft;
use ledger::{Record, State, StepStatus};

use crate::bench::{Bench, TABLE, invoice, text};

/// What a record, its steps and its evidence did not hold in the first version.
const LATER: [&str; 7] = [
    "generation",
    "parent",
    "children",
    "cin7.task_id",
    "cin7.payment_id",
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
