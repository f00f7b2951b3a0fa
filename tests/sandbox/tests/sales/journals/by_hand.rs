//! A person was at work on a journal in Cin7: nothing of theirs is overwritten.

use cin7_stand_in::{Journal, LedgerStatus};
use ledger::{RecordKey, State};

use super::{assert_booked, standing, world};
use crate::world::{World, dec};

/// An entry of 10.00 that crossed.
async fn crossed(world: &World) -> (i64, RecordKey) {
    let id = world.enter_journal("10.00");
    let key = world.entry_key(id);
    world.look_at(&key).await;
    assert_booked(world, &key, "10.00");
    (id, key)
}

fn by_hand(world: &World, key: &RecordKey, change: impl FnOnce(&mut Journal)) {
    let id = standing(world, key).task_id;
    let keys = &world.acme().keys;
    assert!(world.cin7.change_journal(keys, id, change));
}

#[tokio::test]
async fn a_journal_edited_in_cin7_is_left_alone_when_its_entry_changes_or_goes() {
    for deleted in [false, true] {
        let world = world().await;
        let (id, key) = crossed(&world).await;
        by_hand(&world, &key, |journal| {
            for line in &mut journal.lines {
                line.amount = dec("11.00");
                line.base_amount = dec("11.00");
            }
        });
        let before = world.cin7_count();
        if deleted {
            world.delete_journal_entry(id);
        } else {
            world.change_journal_entry(id, "12.00");
        }
        world.look_at(&key).await;
        let words = ["not as it was left", "10", "11"];
        world.assert_at(&key, State::Attention, &words).await;
        assert!(world.writes(before).is_empty());
        assert_booked(&world, &key, "11.00");
        world.check().await;
    }
}

#[tokio::test]
async fn a_journal_that_a_person_made_what_it_should_be_is_believed() {
    let world = world().await;
    let (id, key) = crossed(&world).await;
    by_hand(&world, &key, |journal| {
        for line in &mut journal.lines {
            line.amount = dec("12.00");
            line.base_amount = dec("12.00");
        }
    });
    world.change_journal_entry(id, "12.00");
    let before = world.cin7_count();
    world.look_at(&key).await;
    world.assert_stands_at(&key, "").await;
    assert!(world.writes(before).is_empty());

    // From then on it is as it was left.
    world.change_journal_entry(id, "13.00");
    world.look_at(&key).await;
    assert_booked(&world, &key, "13.00");
    world.check().await;
}

#[tokio::test]
async fn a_journal_voided_in_cin7_is_not_written_again() {
    let world = world().await;
    let (id, key) = crossed(&world).await;
    by_hand(&world, &key, |journal| {
        journal.status = LedgerStatus::Voided;
        journal.lines.clear();
    });
    let before = world.cin7_count();
    world.change_journal_entry(id, "12.00");
    world.look_at(&key).await;
    let words = ["voided in Cin7", "Nothing was overwritten"];
    world.assert_at(&key, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());

    // Deleted in FreshBooks as well, there is nothing to do.
    world.delete_journal_entry(id);
    world.look_at(&key).await;
    world.assert_at(&key, State::Reversed, &[]).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}
