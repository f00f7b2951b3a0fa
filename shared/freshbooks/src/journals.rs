//! Journal entries that people make, in both generations of the API, and the ledger's accounts
//! (docs/freshbooks-api.md, journals and accounts).

use jiff::civil::Date;
use money::{Currency, Decimal};
use secrecy::SecretString;
use serde::Serialize;

use crate::asked::{Asked as _, Sought, Subject, Task, ask};
use crate::books::task;
use crate::http::endpoint;
use crate::id::is_id;
use crate::pages::{List, Paging};
use crate::wire::{self, JournalDetail, JournalRead, Row};
use crate::{Api, Error, Unreadable, scopes};

/// A journal entry that balances: its debits come to the same as its credits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    /// `entryid` of the older generation, the UUID of the newer one: they are not the same, and
    /// nothing is known that leads from one to the other.
    pub id: String,
    /// Such as `Depreciation January`; may be empty.
    pub name: String,
    /// The number people see, which only the newer generation shows; may be empty.
    pub number: String,
    /// A longer text; may be empty.
    pub description: String,
    /// Calendar day (`user_entered_date`), never shifted by a time zone.
    pub entered_on: Date,
    /// The currency of every side.
    pub currency: Currency,
    /// How sure it is that a person made it.
    pub origin: Origin,
    /// At least two, in FreshBooks' order.
    pub sides: Vec<JournalSide>,
}

/// How sure it is that a person made an entry: the older generation lists what documents post too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It names no document and says that it is an adjustment, or it stands in the list of manual
    /// entries.
    Manual,
    /// It names no document and does not say what it is: an entry of a bill may look so as well.
    Unclear,
}

/// One debit or credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalSide {
    /// The account.
    pub account: JournalAccount,
    /// Debit or credit.
    pub side: Side,
    /// Above zero, in the entry's currency.
    pub amount: Decimal,
}

/// Which of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What an account receives.
    Debit,
    /// What an account gives.
    Credit,
}

/// The account of a side, as far as the generation shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalAccount {
    /// `sub_accountid`, else `accountid`, of the older generation; the UUID of the newer one, by
    /// which [`LedgerAccount`] knows it.
    pub id: String,
    /// The number in full, such as `4000-1`; empty in the newer generation.
    pub number: String,
    /// Such as `Sales`; empty in the newer generation.
    pub name: String,
}

/// The journal entries of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// Entries that no document stands behind.
    pub entries: Vec<JournalEntry>,
    /// Entries that cannot be read. Of those that a document posted, none is.
    pub unreadable: Vec<Unreadable>,
    /// How many entries a document posted: it crosses as itself.
    pub of_documents: usize,
}

/// An account of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerAccount {
    /// The UUID.
    pub id: String,
    /// Such as `Sales`; may be empty.
    pub name: String,
    /// The number in full, such as `4000-1`; may be empty.
    pub number: String,
    /// `asset`, `equity`, `expense`, `income` or `liability`, as it came.
    pub kind: String,
    /// Whether it is in use.
    pub is_active: bool,
    /// The account it stands below; `None` at the top.
    pub parent_id: Option<String>,
    /// The older generation's id of the same account (`jesa_id`, else `jea_id`), as its name
    /// suggests. Unconfirmed.
    pub journal_account_id: Option<String>,
}

impl Api {
    /// The entries of the older generation; `None` where the account does not serve it. The whole
    /// ledger is read for them: it has no filter that is known to work. Takes
    /// `user:journal_entries:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn journal_details(
        &self,
        token: &SecretString,
        account: &str,
    ) -> Result<Option<Journal>, Error> {
        let doing = "list the journal entries";
        let task = task(doing, scopes::JOURNAL_ENTRIES, "journal_entry_details");
        let path = "journal_entries/journal_entry_details";
        let list = List {
            address: self.list_address(&task, account, path)?,
            task,
            filter: String::new(),
            paging: Paging::DOCUMENTS,
            read: wire::journal_details,
            id: |row: &Row<JournalDetail>| row.id(|detail| &detail.id),
        };
        let rows = list.every_row_if_served(&self.http, token).await?;
        Ok(rows.map(|rows| journal(wire::entries_of(rows))))
    }

    /// The entries of the newer generation, which lists manual ones only; `None` where the business
    /// does not serve it. Takes `user:journal_entries:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn journal_entries(
        &self,
        token: &SecretString,
        business_uuid: &str,
    ) -> Result<Option<Journal>, Error> {
        let task = Task {
            sought: Sought::AnyList(wire::JOURNAL_ENTRY_KEYS),
            ..task("list the journal entries", scopes::JOURNAL_ENTRIES, "")
        };
        let list = List {
            address: self.business_address(&task, business_uuid, "journal_entries")?,
            task,
            filter: String::new(),
            paging: Paging::JOURNALS,
            read: wire::journal_entries,
            id: |row: &Row<JournalEntry>| row.id(|entry| &entry.id),
        };
        let rows = list.every_row_if_served(&self.http, token).await?;
        Ok(rows.map(|rows| journal(JournalRead::manual(rows))))
    }

    /// The accounts of the ledger, in FreshBooks' order, those out of use included. Takes
    /// `user:account:read`, as far as is known.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn ledger_accounts(
        &self,
        token: &SecretString,
        business_uuid: &str,
    ) -> Result<Vec<LedgerAccount>, Error> {
        let task = Task {
            sought: Sought::AnyList(&["data"]),
            ..task("list the ledger accounts", scopes::ACCOUNT, "")
        };
        let address = self.business_address(&task, business_uuid, "ledger_accounts/accounts")?;
        let body = ask(self.http.get(address), &task, token, &[])
            .await?
            .ok_or_else(|| task.gone())?;
        wire::ledger_accounts(&body).map_err(|breach| task.broken(format_args!("{breach}")))
    }

    fn business_address(
        &self,
        task: &Task,
        business_uuid: &str,
        resource: &str,
    ) -> Result<url::Url, Error> {
        if !is_id(business_uuid) {
            return Err(task.unaskable(format_args!(
                "{business_uuid:?} cannot be the id of a business"
            )));
        }
        let path = format!("accounting/businesses/{business_uuid}/{resource}");
        Ok(endpoint(&self.base, &path))
    }
}

fn journal(read: JournalRead) -> Journal {
    let unreadable = read.broken.into_iter().map(|(id, breach)| {
        let subject = Subject {
            noun: "journal entry",
            key: "journal_entry",
            scope: scopes::JOURNAL_ENTRIES,
            id: &id,
        };
        let why = subject.broken(format_args!("{breach}")).to_string();
        Unreadable { id, why }
    });
    Journal {
        unreadable: unreadable.collect(),
        entries: read.entries,
        of_documents: read.of_documents,
    }
}
