//! Every kind is caught up with in the same way, however FreshBooks lists it.

use std::time::Duration;

use freshbooks_stand_in::{Journals, NewBillPayment, NewCreditNote};
use ledger::State;

use crate::world::{JOURNAL_SETTINGS, Setup, World, dec, line};

const KINDS: [&str; 6] = [
    "bill",
    "bill_payment",
    "expense",
    "other_income",
    "credit_note",
    "journal_entry",
];

/// One document of each kind, of which no webhook ever comes.
struct Papers {
    bill: i64,
    payment: i64,
    expense: i64,
    income: i64,
    note: i64,
    entry: i64,
}

impl World {
    async fn of_all_kinds(journals: Journals) -> Self {
        let mut setup = Setup::of_money();
        setup.settings = setup
            .settings
            .replace("[settings]", "[settings]\ncreate_suppliers = true")
            + JOURNAL_SETTINGS;
        let world = Self::start_with(setup).await;
        world.serve_journals(journals);
        // Else the older list shows what a bill posts as if a person might have entered it.
        world
            .freshbooks
            .set_quirks(&world.acme().account, |quirks| {
                quirks.bill_postings_name_their_document = true;
            });
        world.warm_up(world.client("Harbour Studio")).await;
        assert_eq!(world.catch_up().await.caught_up, 0);
        world
    }

    fn papers(&self) -> Papers {
        let account = &self.acme().account;
        let note = NewCreditNote {
            client_id: self.client("Corner Bakery"),
            number: "CN-1".to_owned(),
            lines: vec![line("Consulting", "1", "30.00")],
            ..NewCreditNote::default()
        };
        let bill = self.plain_bill(self.vendor("Bolts & Co"), "100.00");
        let payment = NewBillPayment {
            bill_id: bill,
            amount: dec("50.00"),
            payment_type: "Check".to_owned(),
            ..NewBillPayment::default()
        };
        let papers = Papers {
            bill,
            payment: self.freshbooks.record_bill_payment(account, payment),
            expense: self.spend("20.00"),
            income: self.earn("40.00"),
            note: self.freshbooks.create_credit_note(account, note),
            entry: self.enter_journal("50.00"),
        };
        self.freshbooks.take_pending();
        papers
    }

    fn change_all(&self, papers: &Papers) {
        let account = &self.acme().account;
        let dearer = |form: &mut NewBillPayment| form.amount = dec("55.00");
        self.freshbooks
            .update_bill_payment(account, papers.payment, dearer)
            .unwrap();
        self.reprice_bill(papers.bill, "110.00");
        self.change_expense(papers.expense, |form| form.amount = dec("33.90"));
        self.freshbooks
            .update_other_income(account, papers.income, |form| form.amount = dec("41.00"))
            .unwrap();
        self.freshbooks
            .update_credit_note(account, papers.note, |form| form.number = "CN-2".to_owned())
            .unwrap();
        self.change_journal_entry(papers.entry, "51.00");
        self.freshbooks.take_pending();
    }

    fn delete_all(&self, papers: &Papers) {
        let account = &self.acme().account;
        let deleted = [
            self.freshbooks.delete_bill_payment(account, papers.payment),
            self.freshbooks.delete_bill(account, papers.bill),
            self.freshbooks.delete_expense(account, papers.expense),
            self.freshbooks.delete_other_income(account, papers.income),
            self.freshbooks.delete_credit_note(account, papers.note),
        ];
        assert!(deleted.iter().all(Result::is_ok));
        self.delete_journal_entry(papers.entry);
        self.freshbooks.take_pending();
    }

    /// A quarter of an hour later, a look is asked for at so many; then there is nothing more to ask for.
    async fn catches_up_with(&self, many: usize, what: &str) {
        self.clock.advance(Duration::from_mins(15));
        let done = self.catch_up().await;
        assert_eq!((done.caught_up, done.left), (many, 0), "{what}");
        self.sweep().await;
        self.settle().await;
        for full in [false, true] {
            self.clock.advance(Duration::from_mins(15));
            let again = self.try_to_catch_up(full).await.unwrap();
            assert_eq!(again.caught_up, 0, "{what}: {full}");
        }
    }

    async fn kinds_in(&self, state: State) -> Vec<String> {
        let records = self.plant.ledger().every_record().await.unwrap();
        let records = records.iter().filter(|record| record.state == state);
        let kinds = records.map(|record| record.key.kind.to_string());
        kinds
            .filter(|kind| KINDS.contains(&kind.as_str()))
            .collect()
    }
}

#[tokio::test]
async fn documents_of_every_kind_are_caught_up_with_when_they_come_change_and_go() {
    for journals in [Journals::Both, Journals::Details, Journals::Entries] {
        let world = World::of_all_kinds(journals).await;
        let papers = world.papers();
        world.catches_up_with(6, "new").await;
        // A credit note is for a person.
        assert_eq!(world.kinds_in(State::Attention).await, ["credit_note"]);
        world.change_all(&papers);
        world.catches_up_with(6, "changed").await;
        world.delete_all(&papers);
        world.catches_up_with(6, "deleted").await;
        for state in [State::Posted, State::Confirmed, State::Retrying] {
            assert_eq!(world.kinds_in(state).await, [""; 0], "{state:?}");
        }
        world.check().await;
    }
}

#[tokio::test]
async fn a_deleted_credit_note_is_noticed_though_no_list_shows_it() {
    let world = World::of_all_kinds(Journals::Both).await;
    world
        .freshbooks
        .set_quirks(&world.acme().account, |quirks| {
            quirks.vis_state_filters_everything = false;
        });
    // One stays, so that the list is not empty.
    let stays = world.papers();
    let goes = world.papers();
    world.catches_up_with(12, "new").await;
    let account = &world.acme().account;
    world
        .freshbooks
        .delete_credit_note(account, goes.note)
        .unwrap();
    world.freshbooks.take_pending();
    world.catches_up_with(1, "deleted").await;
    let record = world.record_of("credit_note", goes.note).await;
    assert_eq!(record.state, State::Skipped, "{}", record.sentence);
    let record = world.record_of("credit_note", stays.note).await;
    assert_eq!(record.state, State::Attention);
}
