//! Entries that do not cross, and why.

use cin7_stand_in::{AccountOptions, AttachedAccounting};
use freshbooks_stand_in::ManualDetailType;
use jiff::civil::date;
use ledger::State;

use super::{assert_booked, setup, world};
use crate::world::{SETTINGS, Setup, World};

#[tokio::test]
async fn an_account_that_is_not_mapped_is_waited_for_by_name() {
    let world = World::start_with(Setup {
        settings: SETTINGS.to_owned(),
        ..Setup::default()
    })
    .await;
    let key = world.entry_key(world.enter_journal("10.00"));
    world.look_at(&key).await;
    let words = ["[settings.ledger_accounts]", "waits for an account"];
    world.assert_at(&key, State::Waiting, &words).await;
    let party = world.acme().clone();
    world.connect(&party, &setup().settings).await;
    world.settle().await;
    world.look_at(&key).await;
    assert_booked(&world, &key, "10.00");
    world.check().await;
}

#[tokio::test]
async fn where_cin7_has_no_journals_the_entry_says_so() {
    let mut said = setup();
    said.settings += "[settings.cin7]\njournals = false\n";
    let mut found_out = setup();
    found_out.cin7 = AccountOptions {
        attached_accounting: Some(AttachedAccounting::Xero),
        ..AccountOptions::default()
    };
    for setup in [said, found_out] {
        let world = World::start_with(setup).await;
        let key = world.entry_key(world.enter_journal("10.00"));
        world.look_at(&key).await;
        let words = ["takes no manual journals", "enter it there"];
        world.assert_at(&key, State::Attention, &words).await;
        assert!(world.journals_at(&key).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn an_entry_that_may_be_a_documents_waits_for_a_word_of_its_owner() {
    let world = world().await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.manual_detail_type = ManualDetailType::Null;
    });
    let key = world.entry_key(world.enter_journal("10.00"));
    world.look_at(&key).await;
    let words = ["unclear_journals = true"];
    world.assert_at(&key, State::Waiting, &words).await;
    world.check().await;
}

#[tokio::test]
async fn entries_before_the_start_date_stay_out_and_none_that_never_crossed_is_missed() {
    let world = world().await;
    let mut form = world.journal_form("10.00");
    form.date = Some(date(2025, 12, 31));
    let account = &world.acme().account;
    let id = world.freshbooks.create_journal_entry(account, form);
    let key = world.entry_key(id);
    world.look_at(&key).await;
    world
        .assert_at(&key, State::Skipped, &["before the start date"])
        .await;
    let never = world.key_of("journal_entry", 42);
    world.look_at(&never).await;
    world
        .assert_at(&never, State::Skipped, &["no longer exists"])
        .await;
    assert!(world.cin7.journals(&world.acme().keys).is_empty());
    world.check().await;
}
