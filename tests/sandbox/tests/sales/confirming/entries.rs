//! Journals and money operations, whose lists know no time and may leave tax out.

use cin7_stand_in::{Journal, LedgerStatus};
use ledger::{RecordKey, State};
use reqwest::Method;
use serde_json::{Value, json};

use super::LATER;
use crate::world::{JOURNAL_SETTINGS, SETTINGS, Setup, World, dec};

async fn world_of_journals() -> World {
    World::start_with(Setup {
        settings: format!("{SETTINGS}{JOURNAL_SETTINGS}"),
        ..Setup::default()
    })
    .await
}

impl World {
    /// An entry that crossed and is confirmed, and the id of its record.
    async fn confirmed_journal(&self, amount: &str) -> (RecordKey, Journal) {
        let key = self.entry_key(self.enter_journal(amount));
        self.look_at(&key).await;
        self.assert_at(&key, State::Confirmed, &[]).await;
        let journal = self.journals_at(&key).remove(0);
        (key, journal)
    }

    /// A person changes what a journal's first pair comes to.
    fn change_journal_by_hand(&self, journal: &Journal, change: impl FnOnce(&mut Journal)) {
        let keys = &self.acme().keys;
        assert!(self.cin7.change_journal(keys, journal.task_id, change));
    }

    pub(super) async fn assert_entry_found(&self, key: &RecordKey, words: &[&str]) {
        let id = key.id.as_str().parse().unwrap();
        self.assert_found(key.kind.as_str(), id, words).await;
    }

    pub(super) async fn assert_entry_right_again(&self, key: &RecordKey) {
        let id = key.id.as_str().parse().unwrap();
        self.assert_right_again(key.kind.as_str(), id).await;
    }
}

fn priced(amount: &str) -> impl FnOnce(&mut Journal) {
    move |journal| {
        let line = &mut journal.lines[0];
        (line.amount, line.base_amount) = (dec(amount), dec(amount));
    }
}

#[tokio::test]
async fn journals_are_confirmed_by_one_list_and_cost_one_call_afterwards() {
    let world = world_of_journals().await;
    let keys = ["120.50", "7.00"].map(|amount| world.entry_key(world.enter_journal(amount)));
    for key in &keys {
        world.ask_again(key).await;
    }
    world.settle_all_but_confirm().await;
    let before = world.cin7_count();
    world.confirm().await;
    assert_eq!(world.cin7_calls(before).len(), 1);
    for key in &keys {
        world.assert_at(key, State::Confirmed, &[]).await;
    }
    world.clock.advance(LATER);
    assert_eq!(world.paths_looked_over().await, ["journal"]);
    world.check().await;
}

#[tokio::test]
async fn a_journal_edited_after_it_was_confirmed_is_for_a_person_until_it_is_right_again() {
    let world = world_of_journals().await;
    let (key, journal) = world.confirmed_journal("120.50").await;
    world.change_journal_by_hand(&journal, priced("99.00"));
    let words = ["after it was confirmed", "120.50 USD", "99"];
    world.assert_entry_found(&key, &words).await;

    world.change_journal_by_hand(&journal, priced("120.50"));
    world.assert_entry_right_again(&key).await;
    world.check().await;
}

#[tokio::test]
async fn a_journal_that_lost_its_mark_is_known_by_its_id() {
    let world = world_of_journals().await;
    let (key, journal) = world.confirmed_journal("120.50").await;
    let (other, _) = world.confirmed_journal("5.00").await;
    world.change_journal_by_hand(&journal, |journal| {
        journal.narration = "Rent".to_owned();
        priced("99.00")(journal);
    });
    let words = ["after it was confirmed", "120.50 USD", "99"];
    world.assert_entry_found(&key, &words).await;
    world.assert_at(&other, State::Confirmed, &[]).await;
    world.check().await;
}

#[tokio::test]
async fn a_journal_voided_or_made_a_draft_after_it_was_confirmed_is_for_a_person() {
    for (status, words) in [
        (
            LedgerStatus::Voided,
            "voided in Cin7 after it was confirmed",
        ),
        (LedgerStatus::Draft, "stands as a draft"),
    ] {
        let world = world_of_journals().await;
        let (key, journal) = world.confirmed_journal("120.50").await;
        world.change_journal_by_hand(&journal, |journal| journal.status = status);
        world.assert_entry_found(&key, &[words]).await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_journal_entered_twice_is_doubled_until_one_is_voided() {
    let world = world_of_journals().await;
    let (key, journal) = world.confirmed_journal("120.50").await;
    let double = json!({
        "Status": "COMPLETED", "Currency": "USD", "CurrencyConversionRate": 1,
        "EffectiveDate": "2026-01-05T00:00:00", "Narration": journal.narration, "Notes": "",
        "Lines": journal.lines,
    });
    let double: Value = world.in_cin7(Method::POST, "journal", Some(double)).await;
    let words = ["stands 2 times", &journal.journal_number];
    world.assert_entry_found(&key, &words).await;
    let id = double["Journals"][0]["TaskID"].as_str().unwrap();
    let void = format!("journal?ID={id}&Void=true");
    world.in_cin7(Method::DELETE, &void, None).await;
    world.assert_entry_right_again(&key).await;
    world.check().await;
}

#[tokio::test]
async fn journals_that_did_not_change_cost_no_read_of_the_ledger() {
    let world = world_of_journals().await;
    let reads = async || {
        world.clock.advance(LATER);
        world.look_over().await;
        let before = world.plant.aws().calls().len();
        world.clock.advance(LATER);
        world.look_over().await;
        world.plant.aws().calls().len() - before
    };
    world.confirmed_journal("1.00").await;
    let few = reads().await;
    for amount in ["2.00", "3.00", "4.00", "5.00", "6.00"] {
        world.confirmed_journal(amount).await;
    }
    assert_eq!(reads().await, few);
}

#[tokio::test]
async fn a_list_that_leaves_tax_out_is_asked_for_more_once_and_an_edit_is_noticed_all_the_same() {
    let mut setup = Setup::of_money();
    setup.cin7.quirks.ledger.money_list_leaves_tax_out = true;
    let world = World::start_with(setup).await;
    let key = world.key_of("expense", world.spend("100.00"));
    world.look_at(&key).await;
    world.assert_at(&key, State::Confirmed, &[]).await;
    let record = world.record_at(&key).await;
    assert_eq!(record.cin7.listed.as_deref().map(dec), Some(dec("100")));
    assert_eq!(record.cin7.total.as_deref(), Some("113.00"));
    world.clock.advance(LATER);
    assert_eq!(world.paths_looked_over().await, ["moneyTaskList"]);

    let operation = world.operation_at(&key);
    let keys = &world.acme().keys;
    let priced = |amount: &str| {
        let amount = dec(amount);
        world
            .cin7
            .change_money_operation(keys, operation.task_id, |operation| {
                let line = &mut operation.lines[0];
                (line.price, line.total) = (amount, amount);
            })
    };
    assert!(priced("99.00"));
    let words = ["after it was confirmed", "113.00 USD", "99"];
    world.assert_entry_found(&key, &words).await;
    assert!(priced("100.00"));
    world.assert_entry_right_again(&key).await;
    world.check().await;
}
