//! What a record knows of its document and its relatives.

use jiff::Timestamp;
use ledger::{Evidence, Record, State, StepStatus};

use crate::bench::invoice;

fn posted() -> Record {
    let mut record = Record::new(invoice("7"), Timestamp::UNIX_EPOCH);
    for step in ["customer", "sale", "order", "invoice"] {
        record.step_mut(step).status = StepStatus::Done;
    }
    record.cin7.sale_id = Some("d1f7".to_owned());
    record.content = Some("ab12".to_owned());
    record.number = Some("0000042".to_owned());
    record.calls = 3;
    record.posted_at = Some(Timestamp::UNIX_EPOCH);
    record.confirmed_at = Some(Timestamp::UNIX_EPOCH);
    record.adopt_child(&invoice("8"));
    record.enter(State::Confirmed, "");
    record
}

#[test]
fn a_record_that_begins_anew_keeps_its_customer_and_relatives_and_forgets_the_document() {
    let before = posted();
    let mut record = before.clone();
    record.begin_anew();
    let expected = Record {
        generation: 2,
        steps: vec![before.step("customer").unwrap().clone()],
        cin7: Evidence::default(),
        content: None,
        posted_at: None,
        confirmed_at: None,
        ..before
    };
    assert_eq!(record, expected);
    assert!(!record.has_begun());
    record.begin_anew();
    assert_eq!(record.generation, 3);
}

#[test]
fn a_child_is_adopted_once() {
    let mut record = Record::new(invoice("7"), Timestamp::UNIX_EPOCH);
    assert!(record.adopt_child(&invoice("8")));
    assert!(!record.adopt_child(&invoice("8")));
    assert!(record.adopt_child(&invoice("9")));
    assert_eq!(record.children, [invoice("8"), invoice("9")]);
}

#[test]
fn a_record_has_begun_once_its_sale_or_payment_may_stand_and_not_with_its_customer() {
    for (step, status, begun) in [
        ("sale", StepStatus::Intended, true),
        ("payment", StepStatus::Uncertain, true),
        ("payment", StepStatus::Done, true),
        ("sale", StepStatus::Undone, false),
        ("payment", StepStatus::Undone, false),
        ("customer", StepStatus::Done, false),
        ("supplier", StepStatus::Done, false),
        ("purchase", StepStatus::Intended, true),
        ("purchase payment", StepStatus::Done, true),
        ("journal", StepStatus::Uncertain, true),
        ("money operation", StepStatus::Done, true),
    ] {
        let mut record = Record::new(invoice("7"), Timestamp::UNIX_EPOCH);
        record.step_mut(step).status = status;
        assert_eq!(record.has_begun(), begun, "{step} {status:?}");
    }
}
