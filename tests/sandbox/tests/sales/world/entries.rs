//! Journal entries and other documents of which FreshBooks announces nothing.

use cin7_stand_in::Journal;
use freshbooks_stand_in::{JournalLine, Journals, NewJournalEntry};
use ledger::{Record, RecordKey, State};

use super::{World, dec, is_of};

/// The usual settings and what journals take.
pub(crate) const JOURNAL_SETTINGS: &str = "
[settings.ledger_accounts]
\"General Expenses\" = \"429\"
\"Petty Cash\" = \"090\"
\"Other Income\" = \"260\"
";

impl World {
    /// A look at any document is asked for, and everything settles.
    pub(crate) async fn look_at(&self, key: &RecordKey) {
        self.ask_again(key).await;
        self.settle().await;
    }

    pub(crate) async fn record_at(&self, key: &RecordKey) -> Record {
        self.plant.ledger().record(key).await.unwrap().unwrap()
    }

    /// Fails unless the record is in this state and its sentence says all of this.
    pub(crate) async fn assert_at(&self, key: &RecordKey, state: State, words: &[&str]) {
        let record = self.record_at(key).await;
        assert_eq!(record.state, state, "{}", record.sentence);
        for words in words {
            assert!(record.sentence.contains(words), "{}", record.sentence);
        }
    }

    /// Fails unless everything of a document stands in Cin7 as far as the engine knows.
    pub(crate) async fn assert_stands_at(&self, key: &RecordKey, what: &str) {
        let record = self.record_at(key).await;
        let stands = matches!(record.state, State::Posted | State::Confirmed);
        assert!(stands, "{what}: {:?} {}", record.state, record.sentence);
    }

    pub(crate) fn key_of(&self, kind: &str, id: impl ToString) -> RecordKey {
        RecordKey::parse(self.acme().id, kind, &id.to_string()).unwrap()
    }

    /// Which list of journal entries FreshBooks serves.
    pub(crate) fn serve_journals(&self, served: Journals) {
        let account = &self.acme().account;
        self.freshbooks
            .set_quirks(account, |quirks| quirks.journals = served);
    }

    /// General expenses paid from petty cash.
    pub(crate) fn journal_form(&self, amount: &str) -> NewJournalEntry {
        let account = |name| {
            let account = &self.acme().account;
            self.freshbooks.ledger_account(account, name).unwrap()
        };
        NewJournalEntry {
            name: "Rent".to_owned(),
            lines: vec![
                JournalLine::debit(account("General Expenses"), dec(amount)),
                JournalLine::credit(account("Petty Cash"), dec(amount)),
            ],
            ..NewJournalEntry::default()
        }
    }

    pub(crate) fn enter_journal(&self, amount: &str) -> i64 {
        let form = self.journal_form(amount);
        self.freshbooks
            .create_journal_entry(&self.acme().account, form)
    }

    pub(crate) fn change_journal_entry(&self, id: i64, amount: &str) {
        let form = self.journal_form(amount);
        let account = &self.acme().account;
        self.freshbooks
            .update_journal_entry(account, id, |entry| entry.lines = form.lines)
            .unwrap();
    }

    pub(crate) fn delete_journal_entry(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.delete_journal_entry(account, id).unwrap();
    }

    /// The record of an entry, by its number in the older list.
    pub(crate) fn entry_key(&self, id: i64) -> RecordKey {
        self.key_of("journal_entry", 500_000 + id * 2)
    }

    /// The record of an entry, by its UUID in the newer list.
    pub(crate) fn entry_uuid_key(&self, id: i64) -> RecordKey {
        self.key_of("journal_entry", format!("5eaf0000-0000-4000-8000-{id:012}"))
    }

    /// The journals in Cin7 that carry a record's mark, voided ones included.
    pub(crate) fn journals_at(&self, key: &RecordKey) -> Vec<Journal> {
        let account = &self.acme().account.account_id;
        let mark = format!("freshbooks:{account}:journal:{}", key.id);
        let journals = self.cin7.journals(&self.acme().keys).into_iter();
        journals
            .filter(|journal| is_of(&mark, &journal.narration))
            .collect()
    }
}
