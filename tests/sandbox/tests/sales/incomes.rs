//! Other income as money received in Cin7, and credit notes, which are left to a person.

use cin7_stand_in::{LedgerStatus, TaskType};
use freshbooks_stand_in::{CreditType, IncomeTax, NewCreditNote};
use ledger::State;

use crate::world::{Setup, World, dec, line};

async fn world() -> World {
    World::start_with(Setup::of_money()).await
}

#[tokio::test]
async fn other_income_becomes_money_received_and_a_change_is_booked_anew() {
    let world = world().await;
    let id = world.earn("40.00");
    let key = world.key_of("other_income", id);
    world.look_at(&key).await;
    world.assert_stands_at(&key, "").await;
    let operation = world.operation_at(&key);
    assert_eq!(operation.task_type, TaskType::Receive);
    assert_eq!(operation.bank_account, "090");
    assert_eq!(operation.lines[0].account, "260");
    world.assert_moved(&key, "40.00");

    world.change_income(id, |form| form.amount = dec("45.50"));
    world.look_at(&key).await;
    world.assert_moved(&key, "45.50");
    let before = world.cin7_count();
    world.look_at(&key).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn deleted_other_income_is_voided_whether_it_is_hidden_or_gone() {
    for for_good in [false, true] {
        let world = world().await;
        let account = &world.acme().account;
        world.freshbooks.set_quirks(account, |quirks| {
            quirks.deletes_other_income_for_good = for_good;
        });
        let id = world.earn("40.00");
        let key = world.key_of("other_income", id);
        world.look_at(&key).await;
        world.freshbooks.delete_other_income(account, id).unwrap();
        world.look_at(&key).await;
        let words = ["deleted in FreshBooks", "taken back"];
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
async fn taxes_of_other_income_wait_for_a_word_of_the_owner_and_are_read_as_it_says() {
    for (reading, amount) in [("percent", "13"), ("money", "4.60")] {
        let world = world().await;
        let id = world.earn("40.00");
        world.change_income(id, |form| {
            form.taxes = vec![IncomeTax {
                name: "HST".to_owned(),
                amount: amount.to_owned(),
            }];
        });
        let key = world.key_of("other_income", id);
        world.look_at(&key).await;
        let words = ["settings.other_income", "percentage or money"];
        world.assert_at(&key, State::Waiting, &words).await;
        let said = format!(
            "{}[settings.other_income]\ntaxes = \"{reading}\"\n",
            Setup::of_money().settings
        );
        let party = world.acme().clone();
        world.connect(&party, &said).await;
        world.look_at(&key).await;
        let operation = world.operation_at(&key);
        assert_eq!(operation.lines[0].total, dec("35.40"), "{reading}");
        assert_eq!(operation.lines[0].tax, dec("4.60"), "{reading}");
        world.assert_moved(&key, "40.00");
        world.check().await;
    }
}

#[tokio::test]
async fn a_credit_note_is_seen_with_its_amount_and_left_to_a_person() {
    let world = world().await;
    let client_id = world.client("Harbour Studio");
    let account = &world.acme().account;
    for (credit_type, words) in [
        (CreditType::Goodwill, "stands on one"),
        (CreditType::Overpayment, "paid without an invoice"),
    ] {
        let note = NewCreditNote {
            client_id,
            number: "CR-1".to_owned(),
            credit_type,
            is_draft: true,
            lines: vec![line("Consulting", "1", "25.00")],
            ..NewCreditNote::default()
        };
        let id = world.freshbooks.create_credit_note(account, note);
        let key = world.key_of("credit_note", id);
        world.look_at(&key).await;
        world.assert_at(&key, State::Waiting, &["is a draft"]).await;

        let issued = world
            .freshbooks
            .update_credit_note(account, id, |note| note.is_draft = false);
        issued.unwrap();
        world.look_at(&key).await;
        let words = ["Credit note CR-1 of 25.00 USD", words, "by hand"];
        world.assert_at(&key, State::Attention, &words).await;
        let record = world.record_at(&key).await;
        assert_eq!(record.total.as_deref(), Some("25.00"));

        world.freshbooks.delete_credit_note(account, id).unwrap();
        world.look_at(&key).await;
        world.assert_at(&key, State::Skipped, &["deleted"]).await;
    }
    assert!(world.cin7_calls(0).is_empty(), "Cin7 is not asked");
    world.check().await;
}
