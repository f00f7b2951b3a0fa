//! Other income, credit notes, the chart of accounts, and manual journal entries.

use serde_json::Value;

use super::{NoSuchRecord, hands_on};
use crate::account::Account;
use crate::journal::{NewJournalEntry, NewLedgerAccount};
use crate::resource::{NewCreditNote, NewOtherIncome};
use crate::stand_in::StandIn;

hands_on! {
    NewOtherIncome, "other income",
    update_other_income, archive_other_income, delete_other_income,
    undelete_other_income, other_income
}
hands_on! {
    NewCreditNote, "credit note",
    update_credit_note, archive_credit_note, delete_credit_note,
    undelete_credit_note, credit_note
}
hands_on! {
    NewJournalEntry, "journal entry",
    update_journal_entry, archive_journal_entry, delete_journal_entry,
    undelete_journal_entry, journal_entry
}

impl StandIn {
    /// Records other income; its id. Raises no event.
    pub fn create_other_income(&self, account: &Account, mut income: NewOtherIncome) -> i64 {
        income.date = income.date.or_else(|| self.today());
        self.add(account, income)
    }

    /// Saves a credit note; its id. Raises `credit_note.create`.
    pub fn create_credit_note(&self, account: &Account, mut note: NewCreditNote) -> i64 {
        note.date = note.date.or_else(|| self.today());
        self.add(account, note)
    }

    /// Makes a manual journal entry; its id. Raises no event.
    pub fn create_journal_entry(&self, account: &Account, mut entry: NewJournalEntry) -> i64 {
        entry.date = entry.date.or_else(|| self.today());
        self.add(account, entry)
    }

    /// Adds a ledger account below one that came with the business; its `sub_accountid`, or `None`
    /// where there is no account of the parent's number.
    pub fn create_ledger_account(&self, account: &Account, form: NewLedgerAccount) -> Option<i64> {
        let mut world = self.shared.lock();
        let books = world.books_mut(account);
        let id = books.next_id();
        books.chart.add(id, form)
    }

    /// Takes a ledger account out of use, or back into it; whether there is one.
    pub fn set_ledger_account_active(&self, account: &Account, id: i64, is_active: bool) -> bool {
        let mut world = self.shared.lock();
        world.books_mut(account).chart.set_active(id, is_active)
    }

    /// The `accountid` or `sub_accountid` of the ledger account with this name.
    #[must_use]
    pub fn ledger_account(&self, account: &Account, name: &str) -> Option<i64> {
        let world = self.shared.lock();
        let books = world.accounts.get(&account.account_id)?;
        books.chart.id_of(name)
    }

    /// The name of a ledger account in the newer generation.
    #[must_use]
    pub fn ledger_account_uuid(&self, account: &Account, id: i64) -> Option<String> {
        let world = self.shared.lock();
        let books = world.accounts.get(&account.account_id)?;
        books.chart.uuid_of(id)
    }
}
