//! Everything the stand-in knows, behind one lock.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::Uri;
use clock::SharedClock;
use jiff::Timestamp;
use tokio::sync::Notify;

use crate::account::{Account, AccountOptions, Quirks};
use crate::callback::Callback;
use crate::calls::CallLog;
use crate::delivery::PostOffice;
use crate::fault::FaultPlan;
use crate::journal::{Chart, NewJournalEntry};
use crate::mint::Mint;
use crate::oauth::{Grants, PreviousAccessToken, RedirectHosts, RegisteredApp};
use crate::refusal::Family;
use crate::resource::{
    Client, Invoice, NewBill, NewBillPayment, NewCategory, NewCreditNote, NewExpense, NewItem,
    NewOtherIncome, NewPayment, NewTax, NewVendor,
};
use crate::shelf::Shelf;
use crate::time::Eastern;

/// What requests and in-process calls share.
#[derive(Debug)]
pub(crate) struct Shared {
    world: Mutex<World>,
    pub(crate) clock: SharedClock,
    pub(crate) eastern: Eastern,
    pub(crate) previous_access_token: PreviousAccessToken,
    pub(crate) redirect_hosts: RedirectHosts,
    /// Hears of each call that hangs.
    pub(crate) hanging: Notify,
}

impl Shared {
    pub(crate) fn new(
        clock: SharedClock,
        eastern: Eastern,
        previous_access_token: PreviousAccessToken,
        redirect_hosts: RedirectHosts,
    ) -> Self {
        Self {
            world: Mutex::default(),
            clock,
            eastern,
            previous_access_token,
            redirect_hosts,
            hanging: Notify::new(),
        }
    }

    /// The state; never held across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The books of one account, as rendered at this moment.
    pub(crate) fn view<'a>(&'a self, books: &'a Books) -> View<'a> {
        View {
            books,
            eastern: &self.eastern,
            now: self.now(),
        }
    }
}

/// Apps, accounts, tokens, the log, the faults and the post.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) apps: Vec<RegisteredApp>,
    pub(crate) accounts: BTreeMap<String, Books>,
    pub(crate) grants: Grants,
    pub(crate) calls: CallLog,
    pub(crate) faults: FaultPlan,
    pub(crate) post: PostOffice,
    pub(crate) mint: Mint,
}

impl World {
    /// The books of an account; one of another stand-in is opened here, empty.
    pub(crate) fn books_mut(&mut self, account: &Account) -> &mut Books {
        self.accounts
            .entry(account.account_id.clone())
            .or_insert_with(|| Books::open(account.clone(), AccountOptions::default()))
    }

    /// The error family of an address, with the shape that its account gets.
    pub(crate) fn family(&self, uri: &Uri) -> Family {
        let mut parts = uri.path().split('/').skip(1);
        if parts.next() == Some("events") {
            return Family::Events;
        }
        if parts.next() == Some("businesses") {
            return Family::Ledger;
        }
        let books = parts
            .next()
            .and_then(|account_id| self.accounts.get(account_id));
        Family::Accounting(
            books
                .map(|books| books.quirks.error_shape)
                .unwrap_or_default(),
        )
    }
}

/// One account's records. Ids begin alike in every account, so that a mix-up of accounts shows.
#[derive(Debug)]
pub(crate) struct Books {
    pub(crate) account: Account,
    pub(crate) name: String,
    pub(crate) currency_code: String,
    pub(crate) quirks: Quirks,
    pub(crate) bills: Shelf<NewBill>,
    pub(crate) bill_payments: Shelf<NewBillPayment>,
    pub(crate) categories: Shelf<NewCategory>,
    /// The ledger's accounts.
    pub(crate) chart: Chart,
    pub(crate) clients: Shelf<Client>,
    pub(crate) credit_notes: Shelf<NewCreditNote>,
    pub(crate) expenses: Shelf<NewExpense>,
    pub(crate) invoices: Shelf<Invoice>,
    pub(crate) items: Shelf<NewItem>,
    pub(crate) journal_entries: Shelf<NewJournalEntry>,
    pub(crate) other_incomes: Shelf<NewOtherIncome>,
    pub(crate) payments: Shelf<NewPayment>,
    pub(crate) taxes: Shelf<NewTax>,
    pub(crate) vendors: Shelf<NewVendor>,
    pub(crate) callbacks: BTreeMap<i64, Callback>,
    last_id: i64,
}

impl Books {
    pub(crate) fn open(account: Account, options: AccountOptions) -> Self {
        Self {
            account,
            name: options.name,
            currency_code: options.currency_code,
            quirks: options.quirks,
            bills: Shelf::default(),
            bill_payments: Shelf::default(),
            categories: Shelf::default(),
            chart: Chart::default(),
            clients: Shelf::default(),
            credit_notes: Shelf::default(),
            expenses: Shelf::default(),
            invoices: Shelf::default(),
            items: Shelf::default(),
            journal_entries: Shelf::default(),
            other_incomes: Shelf::default(),
            payments: Shelf::default(),
            taxes: Shelf::default(),
            vendors: Shelf::default(),
            callbacks: BTreeMap::new(),
            last_id: 1000,
        }
    }

    /// An id that no record of this account has, whatever its kind.
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }
}

/// What rendering a record may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) books: &'a Books,
    pub(crate) eastern: &'a Eastern,
    pub(crate) now: Timestamp,
}
