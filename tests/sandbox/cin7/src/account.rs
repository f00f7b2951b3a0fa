//! One account: its keys, its settings, its records.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::customers::Customer;
use crate::journals::Journal;
use crate::limit::Window;
use crate::money::MoneyOperation;
use crate::options::AccountOptions;
use crate::products::{self, Product};
use crate::purchases::Purchase;
use crate::sales::Sale;
use crate::shelf::Shelf;
use crate::suppliers::Supplier;

/// The credentials of one API application of one account. They open nothing but a stand-in.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// For the header `api-auth-accountid`.
    pub account_id: String,
    /// For the header `api-auth-applicationkey`.
    pub application_key: String,
}

impl fmt::Debug for Keys {
    /// Shows the account only, as code that handles real keys has to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

/// What the stand-in keeps of an account.
#[derive(Debug)]
pub(crate) struct AccountState {
    pub(crate) options: AccountOptions,
    pub(crate) customers: Shelf<Customer>,
    pub(crate) products: Shelf<Product>,
    pub(crate) sales: Shelf<Sale>,
    pub(crate) suppliers: Shelf<Supplier>,
    pub(crate) purchases: Shelf<Purchase>,
    pub(crate) journals: Shelf<Journal>,
    pub(crate) money_operations: Shelf<MoneyOperation>,
    id: Uuid,
    windows: BTreeMap<String, Window>,
    counters: BTreeMap<&'static str, u32>,
}

impl AccountState {
    /// An account with its seeded products and no key yet.
    pub(crate) fn new(id: Uuid, options: AccountOptions, now: Timestamp) -> Self {
        let mut account = Self {
            options,
            customers: Shelf::default(),
            products: Shelf::default(),
            sales: Shelf::default(),
            suppliers: Shelf::default(),
            purchases: Shelf::default(),
            journals: Shelf::default(),
            money_operations: Shelf::default(),
            id,
            windows: BTreeMap::new(),
            counters: BTreeMap::new(),
        };
        products::seed(&mut account, now);
        account
    }

    /// Makes a further key.
    pub(crate) fn new_key(&mut self) -> Keys {
        let application_key = self.next_id("key").to_string();
        self.windows
            .insert(application_key.clone(), Window::default());
        Keys {
            account_id: self.id.to_string(),
            application_key,
        }
    }

    /// Takes a key back.
    pub(crate) fn revoke(&mut self, key: &str) {
        self.windows.remove(key);
    }

    /// Whether a key is one of this account's.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.windows.contains_key(key)
    }

    /// Counts a call and tells whether the limit of its key lets it through.
    pub(crate) fn admits(&mut self, key: &str, at: Timestamp) -> bool {
        let refused_count = self.options.quirks.refused_calls_count;
        let window = self.windows.get_mut(key);
        window.is_some_and(|window| window.admits(at, &self.options.limit, refused_count))
    }

    /// The next number of a series, from 1.
    pub(crate) fn next_number(&mut self, series: &'static str) -> u32 {
        let counter = self.counters.entry(series).or_default();
        *counter += 1;
        *counter
    }

    /// The next id of a series: the same in every run, and in no order.
    pub(crate) fn next_id(&mut self, series: &'static str) -> Uuid {
        let number = self.next_number(series);
        Uuid::new_v5(&self.id, format!("{series} {number}").as_bytes())
    }

    /// The rate that Cin7 has for a currency by itself, which is not the one of the documents.
    pub(crate) fn own_rate(&self, currency: &str) -> Decimal {
        match currency == self.options.base_currency {
            true => Decimal::ONE,
            false => Decimal::new(12_345, 4),
        }
    }

    /// The latest instant whose writes a read at `now` shows.
    pub(crate) fn horizon(&self, now: Timestamp) -> Timestamp {
        let lag = SignedDuration::try_from(self.options.lag).unwrap_or(SignedDuration::MAX);
        now.checked_sub(lag).unwrap_or(Timestamp::MIN)
    }

    /// Stores a customer.
    pub(crate) fn put_customer(&mut self, customer: Customer, now: Timestamp) {
        let horizon = self.horizon(now);
        self.customers.put(customer.id, customer, now, horizon);
    }

    /// Stores a sale.
    pub(crate) fn put_sale(&mut self, sale: Sale, now: Timestamp) {
        let horizon = self.horizon(now);
        self.sales.put(sale.id, sale, now, horizon);
    }

    /// Stores a supplier.
    pub(crate) fn put_supplier(&mut self, supplier: Supplier, now: Timestamp) {
        let horizon = self.horizon(now);
        self.suppliers.put(supplier.id, supplier, now, horizon);
    }

    /// Stores a purchase.
    pub(crate) fn put_purchase(&mut self, purchase: Purchase, now: Timestamp) {
        let horizon = self.horizon(now);
        self.purchases.put(purchase.id, purchase, now, horizon);
    }

    /// Stores a journal.
    pub(crate) fn put_journal(&mut self, journal: Journal, now: Timestamp) {
        let horizon = self.horizon(now);
        self.journals.put(journal.task_id, journal, now, horizon);
    }

    /// Stores a money operation.
    pub(crate) fn put_money_operation(&mut self, operation: MoneyOperation, now: Timestamp) {
        let horizon = self.horizon(now);
        self.money_operations
            .put(operation.task_id, operation, now, horizon);
    }
}
