//! Expenses that become money spent in Cin7.

mod bought;
mod killed;
mod lost;

use cin7_stand_in::{Completion, LedgerStatus, TaskType};
use freshbooks_stand_in::{BillMatches, NewLine};
use ledger::State;

use crate::world::{Setup, World, dec, invoice};

async fn world() -> World {
    World::start_with(Setup::of_money()).await
}

#[tokio::test]
async fn an_expense_becomes_money_spent_and_a_repeat_costs_no_call() {
    let world = world().await;
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    world.assert_stands_at(&key, "").await;
    let operation = world.operation_at(&key);
    assert_eq!(operation.task_type, TaskType::Spend);
    assert_eq!(operation.bank_account, "090");
    assert_eq!(operation.supplier_customer, "Hardware Shop");
    let [line] = operation.lines.as_slice() else {
        panic!("{:?}", operation.lines);
    };
    assert_eq!((line.total, line.tax), (dec("100.00"), dec("13.00")));
    assert_eq!(
        (line.account.as_str(), line.tax_rule.as_str()),
        ("429", "HST 13")
    );
    world.assert_moved(&key, "113.00");
    let record = world.record_at(&key).await;
    assert_eq!(record.total.as_deref(), Some("113.00"));
    assert_eq!(record.cin7.total.as_deref(), Some("113.00"));

    let before = world.cin7_count();
    world.ask_again(&key).await;
    world.work().await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn both_readings_of_what_cin7_leaves_open_book_the_same_expense() {
    let quirks: [fn(&mut Setup); 5] = [
        |setup| setup.cin7.quirks.ledger.money_lines_named_by_the_table = true,
        |setup| setup.cin7.quirks.ledger.money_list_leaves_tax_out = true,
        |setup| {
            setup.settings += "[settings.cin7]\nmoney_completed = true\n";
            setup.cin7.quirks.ledger.money_completion = Completion::AtOnce;
        },
        |setup| {
            setup.settings += "[settings.cin7]\nmoney_completed = true\n";
            setup.cin7.quirks.ledger.money_completion = Completion::AsDraft;
        },
        |setup| {
            setup.settings += "[settings.cin7]\nmoney_completed = true\n";
            setup.cin7.quirks.ledger.money_completion = Completion::Refused;
        },
    ];
    for (number, change) in quirks.into_iter().enumerate() {
        let mut setup = Setup::of_money();
        change(&mut setup);
        let world = World::start_with(setup).await;
        let key = world.key_of("expense", world.spend("100.00"));
        world.look_at(&key).await;
        world
            .assert_stands_at(&key, &format!("quirk {number}"))
            .await;
        world.assert_moved(&key, "113.00");
        world.check().await;
    }
}

#[tokio::test]
async fn a_changed_expense_is_booked_anew_and_a_deleted_one_is_voided() {
    let world = world().await;
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    world.change_expense(id, |form| {
        form.amount = dec("50.00");
        form.tax1 = None;
    });
    world.look_at(&key).await;
    world.assert_moved(&key, "50.00");

    let account = &world.acme().account;
    world.freshbooks.delete_expense(account, id).unwrap();
    world.look_at(&key).await;
    world.assert_at(&key, State::Reversed, &["deleted"]).await;
    let operations = world.operations_at(&key);
    assert!(
        operations
            .iter()
            .all(|it| it.status == LedgerStatus::Voided)
    );

    world.freshbooks.undelete_expense(account, id).unwrap();
    world.look_at(&key).await;
    world.assert_moved(&key, "50.00");
    world.check().await;
}

#[tokio::test]
async fn the_banks_side_of_a_bill_payment_is_not_booked_and_taken_back_once_it_is_matched() {
    for shape in [BillMatches::Ids, BillMatches::Objects] {
        let world = world().await;
        let account = &world.acme().account;
        world
            .freshbooks
            .set_quirks(account, |quirks| quirks.bill_matches = shape);
        let id = world.spend("100.00");
        let key = world.key_of("expense", id);
        world.change_expense(id, |form| form.potential_bill_payment = true);
        world.look_at(&key).await;
        let words = ["would count twice"];
        world.assert_at(&key, State::Skipped, &words).await;
        assert!(world.operations_at(&key).is_empty());

        world.change_expense(id, |form| form.potential_bill_payment = false);
        world.look_at(&key).await;
        world.assert_moved(&key, "113.00");

        world.change_expense(id, |form| form.bill_payment_ids = vec![42]);
        world.look_at(&key).await;
        let words = ["bank's side of a bill payment", "taken back"];
        world.assert_at(&key, State::Reversed, &words).await;
        let operations = world.operations_at(&key);
        assert!(
            operations
                .iter()
                .all(|it| it.status == LedgerStatus::Voided)
        );
        world.check().await;
    }
}

#[tokio::test]
async fn an_expense_that_is_billed_on_counts_once() {
    let world = world().await;
    let client = world.client("Harbour Studio");
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    let line = NewLine {
        expense_id: id,
        ..crate::world::line("Screws", "1", "113.00")
    };
    let invoice = world.send(invoice(client, vec![line])).await;
    world.settle().await;
    world.assert_confirmed(invoice).await;
    let before = world.cin7_count();
    world.look_at(&key).await;
    assert!(world.writes(before).is_empty());
    world.assert_moved(&key, "113.00");
    assert!(world.cin7.purchases(&world.acme().keys).is_empty());
    world.check().await;
}

#[tokio::test]
async fn an_expense_edited_in_cin7_is_left_alone() {
    let world = world().await;
    let id = world.spend("100.00");
    let key = world.key_of("expense", id);
    world.look_at(&key).await;
    let operation = world.operation_at(&key);
    let keys = &world.acme().keys;
    let edited = world
        .cin7
        .change_money_operation(keys, operation.task_id, |operation| {
            operation.lines[0].account = "420".to_owned();
        });
    assert!(edited);
    let before = world.cin7_count();
    world.change_expense(id, |form| form.notes = "Nails".to_owned());
    world.look_at(&key).await;
    let words = [
        "not as it was left",
        "429",
        "420",
        "Nothing was overwritten",
    ];
    world.assert_at(&key, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}
