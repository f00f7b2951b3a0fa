//! Lists: filters that work, filters that are ignored, and pages.

use std::time::Duration;

use freshbooks::{Listed, Shown, Wanted};
use freshbooks_stand_in::{NewCreditNote, NewLine, NewOtherIncome};
use money::Decimal;

use super::office::Office;

#[tokio::test]
async fn a_list_is_read_to_its_last_page() {
    let office = Office::open().await;
    for _ in 0..101 {
        office.spend();
    }
    let listing = office
        .api
        .expenses(&office.token, office.id(), Wanted::Standing)
        .await
        .unwrap();
    assert_eq!((listing.rows.len(), listing.unasked), (101, 0));
    assert!(listing.unreadable.is_empty());
}

#[tokio::test]
async fn changes_are_found_and_what_is_older_is_not_asked_for() {
    let mut office = Office::open().await;
    let old = office.spend();
    office.clock.advance(Duration::from_hours(24 * 10));
    office.sign_in().await;
    let new = office.spend();
    let since = Wanted::ChangedSince("2026-01-15T00:00:00Z".parse().unwrap());
    let changed = async || {
        let listing = office.api.expenses(&office.token, office.id(), since).await;
        let listing = listing.unwrap();
        let ids: Vec<String> = listing.rows.iter().map(|row| row.id().to_owned()).collect();
        (ids, listing.unasked)
    };
    assert_eq!(changed().await, (vec![new.to_string()], 0));
    office
        .stand_in
        .update_expense(&office.account, old, |expense| expense.notes.push('!'))
        .unwrap();
    assert_eq!(changed().await.0.len(), 2);
}

#[tokio::test]
async fn deleted_bills_are_listed_on_their_own() {
    let office = Office::open().await;
    let (stays, goes) = (office.bill(), office.bill());
    office.stand_in.delete_bill(&office.account, goes).unwrap();
    for (listed, id) in [(Listed::Standing, stays), (Listed::Deleted, goes)] {
        let listing = office.api.bills(&office.token, office.id(), listed).await;
        let listing = listing.unwrap();
        assert_eq!(listing.rows.len(), 1);
        assert_eq!(
            (listing.rows[0].id(), listing.unasked),
            (id.to_string().as_str(), 0)
        );
    }
}

#[tokio::test]
async fn where_deleted_payments_cannot_be_asked_for_the_listing_says_so() {
    let office = Office::open().await;
    let bill = office.bill();
    let (goes, _stays) = (office.pay(bill), office.pay(bill));
    office
        .stand_in
        .delete_bill_payment(&office.account, goes)
        .unwrap();
    let deleted = async || {
        let listing = office
            .api
            .bill_payments(&office.token, office.id(), Listed::Deleted)
            .await
            .unwrap();
        (listing.rows, listing.unasked)
    };
    let gone = Shown::Deleted {
        id: goes.to_string(),
    };
    assert_eq!(deleted().await, (vec![gone], 0));
    office.set(|quirks| quirks.vis_state_filters_everything = false);
    assert_eq!(deleted().await, (Vec::new(), 1));
}

#[tokio::test]
async fn other_income_that_was_deleted_is_hidden_or_gone() {
    let office = Office::open().await;
    let income = || NewOtherIncome {
        amount: Decimal::from(250),
        ..NewOtherIncome::default()
    };
    for for_good in [false, true] {
        office.set(|quirks| quirks.deletes_other_income_for_good = for_good);
        let id = office
            .stand_in
            .create_other_income(&office.account, income());
        let listed = async |listed| {
            let list = office.api.other_incomes(&office.token, office.id(), listed);
            list.await.unwrap().rows.len()
        };
        assert_eq!(listed(Listed::Standing).await, 1);
        office
            .stand_in
            .delete_other_income(&office.account, id)
            .unwrap();
        assert_eq!(listed(Listed::Standing).await, 0);
        // The first was only hidden; the second left nothing behind.
        assert_eq!(listed(Listed::Deleted).await, 1);
        let one = office
            .api
            .other_income(&office.token, office.id(), &id.to_string())
            .await;
        assert_eq!(one.unwrap().is_none(), for_good);
    }
}

#[tokio::test]
async fn credit_notes_are_listed_with_their_lines_whether_or_not_they_show_a_change_marker() {
    let office = Office::open().await;
    let note = NewCreditNote {
        client_id: 7,
        lines: vec![NewLine::new("Refund", Decimal::ONE, Decimal::TEN)],
        ..NewCreditNote::default()
    };
    office.stand_in.create_credit_note(&office.account, note);
    for (shows, version) in [(false, ""), (true, "2026-01-05 11:02:10")] {
        office.set(|quirks| quirks.credit_notes_show_updated = shows);
        let listing = office
            .api
            .credit_notes(&office.token, office.id(), Listed::Standing)
            .await
            .unwrap();
        let note = super::office::standing(listing.rows.into_iter().next()).unwrap();
        assert_eq!(
            (note.version.as_str(), note.lines.unwrap().len()),
            (version, 1)
        );
    }
}
