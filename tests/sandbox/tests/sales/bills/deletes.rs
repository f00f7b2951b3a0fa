//! Bills deleted in FreshBooks after they crossed, and brought back.

use std::time::Duration;

use cin7_stand_in::Matcher;
use freshbooks_stand_in::DeletedById;
use ledger::State;

use crate::stories::{LAG, LOST, SORTS};
use crate::world::{Setup, World};

impl World {
    fn delete_bill(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.delete_bill(account, id).unwrap();
    }

    fn undelete_bill(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.undelete_bill(account, id).unwrap();
    }

    /// Fails unless the bill is reversed and no purchase of it stands.
    async fn assert_bill_taken_back(&self, id: i64) {
        let words = ["taken back in Cin7"];
        self.assert_bill_says(id, State::Reversed, &words).await;
        assert!(self.purchases(id).iter().all(|purchase| purchase.voided));
    }
}

#[tokio::test]
async fn a_deleted_bill_is_voided_and_its_purchase_named() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let number = world.standing_purchase(id).order_number;
    let before = world.cin7_count();
    world.delete_bill(id);
    world.tell_bill(id).await;
    assert_eq!(world.writes(before), ["DELETE advanced-purchase"]);
    world.assert_bill_taken_back(id).await;
    let words = ["deleted", number.as_str()];
    world.assert_bill_says(id, State::Reversed, &words).await;

    let before = world.cin7_count();
    world.tell_bill(id).await;
    assert_eq!(world.cin7_count(), before, "a repeat costs nothing");
    world.check().await;
}

#[tokio::test]
async fn a_bill_deleted_before_it_crossed_is_skipped() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "10.00");
    world.delete_bill(id);
    world.tell_bill(id).await;
    world
        .assert_bill_says(id, State::Skipped, &["deleted"])
        .await;
    assert_eq!(world.cin7_count(), 0);
    world.check().await;
}

#[tokio::test]
async fn an_undeleted_bill_becomes_a_new_purchase_under_the_next_mark() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    for generation in 2..4 {
        world.delete_bill(id);
        world.tell_bill(id).await;
        world.assert_bill_taken_back(id).await;
        world.undelete_bill(id);
        world.tell_bill(id).await;
        world.assert_bill_stands(id).await;
        let note = world.standing_purchase(id).header.note;
        let mark = format!("{}:{generation}\n", world.bill_mark(id));
        assert!(note.starts_with(&mark), "{note}");
    }
    assert_eq!(world.purchases(id).len(), 3);
    world.check().await;
}

#[tokio::test]
async fn a_bill_that_is_gone_is_voided_only_where_its_deletion_was_announced() {
    for announced in [true, false] {
        let world = World::start_with(Setup::buying()).await;
        let id = world.crossed_bill("200.00").await;
        let account = &world.acme().account;
        world.freshbooks.set_quirks(account, |quirks| {
            quirks.deleted_by_id = DeletedById::Errno1011;
        });
        world.delete_bill(id);
        let event = if announced {
            "bill.delete"
        } else {
            "bill.update"
        };
        world.announce_bill(id, event).await;
        world.settle_all_but_confirm().await;
        if announced {
            world.assert_bill_taken_back(id).await;
        } else {
            let words = ["no longer exists", "no deletion was announced"];
            world.assert_bill_says(id, State::Attention, &words).await;
            assert!(!world.standing_purchase(id).voided);
        }
        world.check().await;
    }
}

#[tokio::test]
async fn whatever_befalls_voiding_the_purchase_of_a_deleted_bill_it_is_voided_once() {
    for (faults, lag) in [(SORTS, Duration::ZERO), (LOST, LAG)] {
        let mut setup = Setup::buying();
        setup.cin7.lag = lag;
        let world = World::start_with(setup).await;
        for (number, fault) in faults.into_iter().enumerate() {
            let vendor = world.vendor(&format!("Vendor {number}"));
            let id = world.plain_bill(vendor, "20.00");
            world.tell_bill(id).await;
            world.assert_bill_stands(id).await;
            world.clock.advance(Duration::from_mins(5));
            let void = Matcher::new("DELETE", "advanced-purchase");
            world.cin7.fail(void, fault);
            world.delete_bill(id);
            world.tell_bill(id).await;
            world.assert_bill_taken_back(id).await;
        }
        world.check().await;
    }
}

#[tokio::test]
async fn a_deleted_bill_whose_purchase_a_person_edited_is_left_for_a_person() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.crossed_bill("200.00").await;
    let purchase = world.standing_purchase(id);
    world
        .cin7
        .change_purchase(&world.acme().keys, purchase.id, |purchase| {
            purchase.header.note += " agreed by telephone";
        });
    let before = world.cin7_count();
    world.delete_bill(id);
    world.tell_bill(id).await;
    let words = [
        purchase.order_number.as_str(),
        "its header was changed",
        "Nothing was voided",
    ];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}
