//! Journal entries that people make in FreshBooks, as journals in Cin7.

mod by_hand;
mod held;
mod lost;

use cin7_stand_in::{Completion, Journal, LedgerStatus};
use freshbooks_stand_in::{JournalListShape, Journals, RemovedPostings};
use ledger::{RecordKey, State};

use crate::world::{JOURNAL_SETTINGS, SETTINGS, Setup, World, dec};

fn setup() -> Setup {
    Setup {
        settings: format!("{SETTINGS}{JOURNAL_SETTINGS}"),
        ..Setup::default()
    }
}

async fn world() -> World {
    World::start_with(setup()).await
}

/// The one journal of a record that counts.
#[track_caller]
fn standing(world: &World, key: &RecordKey) -> Journal {
    let mut journals = world.journals_at(key);
    journals.retain(|journal| journal.status != LedgerStatus::Voided);
    assert_eq!(journals.len(), 1, "journals of {key}");
    journals.remove(0)
}

/// Fails unless the entry stands once, booked, with this amount.
#[track_caller]
fn assert_booked(world: &World, key: &RecordKey, amount: &str) {
    let journal = standing(world, key);
    assert_eq!(journal.status, LedgerStatus::Completed);
    let [line] = journal.lines.as_slice() else {
        panic!("{:?}", journal.lines);
    };
    assert_eq!((line.debit.as_str(), line.credit.as_str()), ("429", "090"));
    assert_eq!((line.amount, line.base_amount), (dec(amount), dec(amount)));
}

#[tokio::test]
async fn an_entry_becomes_one_journal_of_either_list_and_a_repeat_costs_no_call() {
    for (served, shape) in [
        (Journals::Details, JournalListShape::Named),
        (Journals::Entries, JournalListShape::Named),
        (Journals::Entries, JournalListShape::Wrapped),
    ] {
        let world = world().await;
        world.serve_journals(served);
        let account = &world.acme().account;
        world
            .freshbooks
            .set_quirks(account, |quirks| quirks.journal_list_shape = shape);
        let id = world.enter_journal("120.50");
        let key = match served {
            Journals::Entries => world.entry_uuid_key(id),
            _ => world.entry_key(id),
        };
        let before = world.cin7_count();
        world.look_at(&key).await;
        world.assert_stands_at(&key, "").await;
        assert_eq!(world.writes(before), ["POST journal", "PUT journal"]);
        assert_booked(&world, &key, "120.50");
        let record = world.record_at(&key).await;
        for total in [&record.total, &record.cin7.total] {
            assert_eq!(total.as_deref().map(dec), Some(dec("120.50")));
        }
        assert_eq!(record.number.as_deref(), Some("Rent"));

        let written = world.cin7_count();
        world.ask_again(&key).await;
        world.work().await;
        assert!(world.writes(written).is_empty());
        world.check().await;
    }
}

#[tokio::test]
async fn a_journal_that_may_be_posted_completed_costs_one_write_where_cin7_takes_it() {
    for (completion, writes) in [
        (Completion::AtOnce, vec!["POST journal"]),
        (Completion::AsDraft, vec!["POST journal", "PUT journal"]),
        (
            Completion::Refused,
            vec!["POST journal", "POST journal", "PUT journal"],
        ),
    ] {
        let mut setup = setup();
        setup.settings += "[settings.cin7]\njournals_completed = true\n";
        setup.cin7.quirks.ledger.journal_completion = completion;
        let world = World::start_with(setup).await;
        let key = world.entry_key(world.enter_journal("75.00"));
        let before = world.cin7_count();
        world.look_at(&key).await;
        assert_eq!(world.writes(before), writes, "{completion:?}");
        assert_booked(&world, &key, "75.00");
        world.check().await;
    }
}

#[tokio::test]
async fn a_changed_entry_takes_the_place_of_the_one_before() {
    let world = world().await;
    let id = world.enter_journal("10.00");
    let key = world.entry_key(id);
    world.look_at(&key).await;
    for amount in ["12.00", "10.00"] {
        world.change_journal_entry(id, amount);
        let before = world.cin7_count();
        world.look_at(&key).await;
        world.assert_stands_at(&key, amount).await;
        let writes = ["DELETE journal", "POST journal", "PUT journal"];
        assert_eq!(world.writes(before), writes);
        assert_booked(&world, &key, amount);
    }
    assert_eq!(world.record_at(&key).await.generation, 3);
    world.check().await;
}

#[tokio::test]
async fn an_entry_that_is_no_longer_in_its_list_is_voided() {
    for served in [Journals::Details, Journals::Entries] {
        let world = world().await;
        world.serve_journals(served);
        let id = world.enter_journal("10.00");
        let other = world.enter_journal("20.00");
        let key_of = |id| match served {
            Journals::Entries => world.entry_uuid_key(id),
            _ => world.entry_key(id),
        };
        let key = key_of(id);
        world.look_at(&key).await;
        world.look_at(&key_of(other)).await;
        world.delete_journal_entry(id);
        world.look_at(&key).await;
        let words = ["deleted in FreshBooks", "journal JR-", "taken back"];
        world.assert_at(&key, State::Reversed, &words).await;
        let journals = world.journals_at(&key);
        assert!(journals.iter().all(|it| it.status == LedgerStatus::Voided));
        assert_booked(&world, &key_of(other), "20.00");
        world.check().await;
    }
}

#[tokio::test]
async fn an_entry_that_freshbooks_reverses_stands_with_its_opposite() {
    let world = world().await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.removed_postings = RemovedPostings::Reversed;
    });
    let id = world.enter_journal("10.00");
    let key = world.entry_key(id);
    world.look_at(&key).await;
    world.delete_journal_entry(id);
    world.look_at(&key).await;
    assert_booked(&world, &key, "10.00");
    let opposite = world.key_of("journal_entry", 500_000 + id * 2 + 1);
    world.look_at(&opposite).await;
    let [line] = standing(&world, &opposite).lines.try_into().unwrap();
    assert_eq!((line.debit.as_str(), line.credit.as_str()), ("090", "429"));
    assert_eq!(line.amount, dec("10.00"));
    world.check().await;
}

#[tokio::test]
async fn a_connection_stays_with_the_list_that_it_began_with() {
    let world = world().await;
    let id = world.enter_journal("10.00");
    world.look_at(&world.entry_key(id)).await;
    // The same entry has another id in the other list.
    world.look_at(&world.entry_uuid_key(id)).await;
    assert_booked(&world, &world.entry_key(id), "10.00");
    assert!(world.journals_at(&world.entry_uuid_key(id)).is_empty());
    assert_eq!(world.cin7.journals(&world.acme().keys).len(), 1);
    world.check().await;
}
