//! Journal entries: telling what people made from what documents posted.

use freshbooks::{Journal, Origin};
use freshbooks_stand_in::{
    JournalLine, JournalListShape, Journals, ManualDetailType, NewInvoice, NewJournalEntry,
    NewLine, RemovedPostings,
};
use money::Decimal;

use super::office::Office;

/// Debits of 6.00 and 4.00 against one credit; the id.
fn entry(office: &Office) -> i64 {
    let account = |name| {
        office
            .stand_in
            .ledger_account(&office.account, name)
            .unwrap()
    };
    let entry = NewJournalEntry {
        name: "Rent".to_owned(),
        lines: vec![
            JournalLine::debit(account("General Expenses"), Decimal::from(6)),
            JournalLine::debit(account("Sales Tax"), Decimal::from(4)),
            JournalLine::credit(account("Petty Cash"), Decimal::TEN),
        ],
        ..NewJournalEntry::default()
    };
    office.stand_in.create_journal_entry(&office.account, entry)
}

/// One of every kind that posts and can be told from a manual entry by the document it names.
fn invoice_and_expense(office: &Office) {
    let invoice = NewInvoice {
        lines: vec![NewLine::new("Widget", Decimal::ONE, Decimal::TEN)],
        ..NewInvoice::default()
    };
    let id = office.stand_in.create_invoice(&office.account, invoice);
    office.stand_in.send_invoice(&office.account, id).unwrap();
    office.spend();
}

async fn details(office: &Office) -> Option<Journal> {
    let details = office.api.journal_details(&office.token, office.id());
    details.await.unwrap()
}

async fn entries(office: &Office) -> Option<Journal> {
    let uuid = &office.account.business_uuid;
    let entries = office.api.journal_entries(&office.token, uuid);
    entries.await.unwrap()
}

#[tokio::test]
async fn a_manual_entry_is_told_from_what_documents_post() {
    let office = Office::open().await;
    invoice_and_expense(&office);
    entry(&office);
    let journal = details(&office).await.unwrap();
    assert_eq!((journal.entries.len(), journal.of_documents), (1, 2));
    let found = &journal.entries[0];
    assert_eq!(
        (found.name.as_str(), found.origin),
        ("Rent", Origin::Manual)
    );
    let sides: Vec<_> = found
        .sides
        .iter()
        .map(|side| (side.account.number.as_str(), side.amount.to_string()))
        .collect();
    let expected = [("6000-1", "6.00"), ("2100-1", "4.00"), ("1000-1", "10.00")];
    assert_eq!(
        sides,
        expected.map(|(number, amount)| (number, amount.to_owned()))
    );
}

#[tokio::test]
async fn a_bills_entry_is_never_taken_for_a_manual_one() {
    let office = Office::open().await;
    office.pay(office.bill());
    entry(&office);
    for (named, manual, origins) in [
        // Whether an entry is a bill's or a person's cannot be seen where neither says so.
        (
            false,
            ManualDetailType::Adjustment,
            vec![Origin::Manual, Origin::Unclear, Origin::Unclear],
        ),
        (false, ManualDetailType::Null, vec![Origin::Unclear; 3]),
        (true, ManualDetailType::Adjustment, vec![Origin::Manual]),
        (true, ManualDetailType::Null, vec![Origin::Unclear]),
    ] {
        office.set(|quirks| {
            quirks.bill_postings_name_their_document = named;
            quirks.manual_detail_type = manual;
        });
        let journal = details(&office).await.unwrap();
        let found: Vec<Origin> = journal.entries.iter().map(|entry| entry.origin).collect();
        assert_eq!(found, origins, "{named} {manual:?}");
        assert_eq!(journal.of_documents, if named { 2 } else { 0 });
    }
}

#[tokio::test]
async fn rows_of_one_entry_on_two_pages_are_one_entry() {
    let office = Office::open().await;
    // 3 rows each: the 34th entry stands on two pages of 100.
    for _ in 0..40 {
        entry(&office);
    }
    let journal = details(&office).await.unwrap();
    assert_eq!((journal.entries.len(), journal.unreadable.len()), (40, 0));
}

#[tokio::test]
async fn a_removed_entry_vanishes_or_comes_with_its_opposite() {
    let office = Office::open().await;
    let id = entry(&office);
    office
        .stand_in
        .delete_journal_entry(&office.account, id)
        .unwrap();
    assert_eq!(details(&office).await.unwrap().entries, []);
    office.set(|quirks| quirks.removed_postings = RemovedPostings::Reversed);
    assert_eq!(details(&office).await.unwrap().entries.len(), 2);
}

#[tokio::test]
async fn the_newer_list_is_read_in_both_shapes_and_its_accounts_by_uuid() {
    let office = Office::open().await;
    invoice_and_expense(&office);
    entry(&office);
    let named = entries(&office).await.unwrap();
    office.set(|quirks| quirks.journal_list_shape = JournalListShape::Wrapped);
    let wrapped = entries(&office).await.unwrap();
    assert_eq!(named.entries.len(), 1);
    for (one, other) in named.entries[0].sides.iter().zip(&wrapped.entries[0].sides) {
        assert_eq!((&one.account, one.amount), (&other.account, other.amount));
    }
    let uuid = &office.account.business_uuid;
    let accounts = office
        .api
        .ledger_accounts(&office.token, uuid)
        .await
        .unwrap();
    let numbers: Vec<&str> = named.entries[0]
        .sides
        .iter()
        .map(|side| {
            let account = accounts
                .iter()
                .find(|account| account.id == side.account.id);
            account.unwrap().number.as_str()
        })
        .collect();
    assert_eq!(numbers, ["6000-1", "2100-1", "1000-1"]);
    let older = &details(&office).await.unwrap().entries[0].sides[0].account;
    let bridge = accounts
        .iter()
        .find(|account| account.journal_account_id.as_ref() == Some(&older.id));
    assert_eq!(bridge.unwrap().number, older.number);
}

#[tokio::test]
async fn a_generation_that_is_not_served_is_none() {
    let office = Office::open().await;
    for (journals, older, newer) in [
        (Journals::Both, true, true),
        (Journals::Details, true, false),
        (Journals::Entries, false, true),
    ] {
        office.set(|quirks| quirks.journals = journals);
        assert_eq!(details(&office).await.is_some(), older, "{journals:?}");
        assert_eq!(entries(&office).await.is_some(), newer, "{journals:?}");
    }
}
