//! The handle by which a test runs a stand-in and looks into it.

mod person;

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use test_support::Server;
use uuid::Uuid;

use crate::account::{AccountState, Keys};
use crate::calls::{Call, most_in_any_window};
use crate::customers::Customer;
use crate::faults::{Fault, Faults, Matcher};
use crate::http::router;
use crate::journals::Journal;
use crate::money::MoneyOperation;
use crate::options::{AccountOptions, Options};
use crate::products::Product;
use crate::purchases::Purchase;
use crate::sales::Sale;
use crate::state::Shared;
use crate::suppliers::Supplier;

/// A running stand-in. Dropping it stops it.
#[derive(Debug)]
pub struct StandIn {
    shared: Arc<Shared>,
    server: Server,
}

impl StandIn {
    /// Starts a stand-in without accounts, in the present tokio runtime.
    ///
    /// # Errors
    /// If it cannot listen where it was told to.
    pub async fn start(options: Options) -> io::Result<Self> {
        let shared = Arc::new(Shared::new(options.clock));
        let server = Server::start(options.listen, router(Arc::clone(&shared))).await?;
        Ok(Self { shared, server })
    }

    /// Answers what is under way and stops.
    pub async fn stop(self) {
        // axum's serve never fails: its listener retries by itself.
        drop(self.server.stop().await);
    }

    /// The base URL, with its final slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/ExternalApi/v2/", self.server.address())
    }

    /// Adds an account with data and a key of its own.
    pub fn new_account(&self, options: AccountOptions) -> Keys {
        let now = self.shared.clock.now();
        let mut state = self.shared.lock();
        let name = format!("account {}", state.accounts.len() + 1);
        let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes());
        let mut account = AccountState::new(id, options, now);
        let keys = account.new_key();
        state.accounts.insert(keys.account_id.clone(), account);
        keys
    }

    /// Makes a further API application of the same account, with a limit of its own.
    ///
    /// `None` if there is no such account.
    #[must_use]
    pub fn new_key(&self, of: &Keys) -> Option<Keys> {
        self.shared
            .lock()
            .accounts
            .get_mut(&of.account_id)
            .map(AccountState::new_key)
    }

    /// Takes a key back: its next call is refused with 403.
    pub fn revoke_key(&self, keys: &Keys) {
        if let Some(account) = self.shared.lock().accounts.get_mut(&keys.account_id) {
            account.revoke(&keys.application_key);
        }
    }

    /// Changes what an account is like: its limit, lag, lock date, books, quirks.
    pub fn change_account(&self, keys: &Keys, change: impl FnOnce(&mut AccountOptions)) {
        if let Some(account) = self.shared.lock().accounts.get_mut(&keys.account_id) {
            change(&mut account.options);
        }
    }

    /// The sales of an account as they truly are, without lag, ordered by id.
    #[must_use]
    pub fn sales(&self, keys: &Keys) -> Vec<Sale> {
        self.look(keys, |account| {
            account.sales.all_newest().cloned().collect()
        })
    }

    /// The customers of an account as they truly are.
    #[must_use]
    pub fn customers(&self, keys: &Keys) -> Vec<Customer> {
        self.look(keys, |account| {
            account.customers.all_newest().cloned().collect()
        })
    }

    /// The products of an account as they truly are.
    #[must_use]
    pub fn products(&self, keys: &Keys) -> Vec<Product> {
        self.look(keys, |account| {
            account.products.all_newest().cloned().collect()
        })
    }

    /// The suppliers of an account as they truly are.
    #[must_use]
    pub fn suppliers(&self, keys: &Keys) -> Vec<Supplier> {
        self.look(keys, |account| {
            account.suppliers.all_newest().cloned().collect()
        })
    }

    /// The purchases of an account as they truly are, without lag, ordered by id.
    #[must_use]
    pub fn purchases(&self, keys: &Keys) -> Vec<Purchase> {
        self.look(keys, |account| {
            account.purchases.all_newest().cloned().collect()
        })
    }

    /// The journals of an account as they truly are.
    #[must_use]
    pub fn journals(&self, keys: &Keys) -> Vec<Journal> {
        self.look(keys, |account| {
            account.journals.all_newest().cloned().collect()
        })
    }

    /// The money operations of an account as they truly are.
    #[must_use]
    pub fn money_operations(&self, keys: &Keys) -> Vec<MoneyOperation> {
        self.look(keys, |account| {
            account.money_operations.all_newest().cloned().collect()
        })
    }

    /// The calls made with these keys since the last reset, refused and cut ones included.
    #[must_use]
    pub fn calls(&self, keys: &Keys) -> Vec<Call> {
        let state = self.shared.lock();
        state
            .log
            .by(&keys.account_id, &keys.application_key)
            .cloned()
            .collect()
    }

    /// Every call since the last reset, with wrong keys too.
    #[must_use]
    pub fn all_calls(&self) -> Vec<Call> {
        self.shared.lock().log.all().cloned().collect()
    }

    /// Empties the log; the next call is number 1 again. Rate limits are not touched.
    pub fn reset_calls(&self) {
        self.shared.lock().log.reset();
    }

    /// The most calls with these keys in any rolling window of their limit, refused and cut ones
    /// included, since the last reset.
    #[must_use]
    pub fn max_calls_in_any_window(&self, keys: &Keys) -> usize {
        let state = self.shared.lock();
        let Some(account) = state.accounts.get(&keys.account_id) else {
            return 0;
        };
        let calls = state.log.by(&keys.account_id, &keys.application_key);
        let mut instants: Vec<Timestamp> = calls.map(|call| call.at).collect();
        instants.sort_unstable();
        most_in_any_window(&instants, account.options.limit.window)
    }

    /// Switches a fault on for the calls that `matcher` picks, in any account.
    pub fn fail(&self, matcher: Matcher, fault: Fault) {
        self.shared.lock().faults.add(matcher, fault);
    }

    /// Switches a fault on for the call with this number (see [`Call::number`]).
    pub fn fail_call(&self, number: usize, fault: Fault) {
        self.shared.lock().faults.add_number(number, fault);
    }

    /// Lets `decide` say what befalls each call as it arrives, before any other fault. For one who
    /// follows several services at once and counts in its own way.
    pub fn decide(&self, decide: impl Fn(&Call) -> Option<Fault> + Send + Sync + 'static) {
        self.shared.lock().faults.decide(Box::new(decide));
    }

    /// Completes when a call hangs ([`Fault::Hang`]), or at once where one did since this was last
    /// asked. Whoever made the call can be dropped then, exactly there.
    pub async fn hanging(&self) {
        self.shared.hanging.notified().await;
    }

    /// Switches off every fault still to come.
    pub fn clear_faults(&self) {
        self.shared.lock().faults = Faults::default();
    }

    fn look<T>(&self, keys: &Keys, read: impl FnOnce(&AccountState) -> Vec<T>) -> Vec<T> {
        self.shared
            .lock()
            .accounts
            .get(&keys.account_id)
            .map(read)
            .unwrap_or_default()
    }
}
