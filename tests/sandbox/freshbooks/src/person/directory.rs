//! Clients, items, taxes and expense categories.

use serde_json::Value;

use super::NoSuchRecord;
use crate::account::Account;
use crate::resource::{Client, NewCategory, NewClient, NewItem, NewTax};
use crate::stand_in::StandIn;

impl StandIn {
    /// Adds a client; its id. Raises `client.create`.
    pub fn create_client(&self, account: &Account, form: NewClient) -> i64 {
        let uuid = self.shared.lock().mint.uuid();
        self.add(account, Client { form, uuid })
    }

    /// Changes a client. Raises `client.update`; invoices keep the address of their issue.
    ///
    /// # Errors
    ///
    /// Where the account has no such client.
    pub fn update_client(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewClient),
    ) -> Result<(), NoSuchRecord> {
        self.change::<Client>(account, id, |kept| edit(&mut kept.content.form))
    }

    /// Deletes a client. Raises `client.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such client.
    pub fn delete_client(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<Client>(account, id)
    }

    /// The client as the API would show it, deleted or not.
    #[must_use]
    pub fn client(&self, account: &Account, id: i64) -> Option<Value> {
        self.shown::<Client>(account, id)
    }

    /// Adds an item; its id. Raises `item.create`.
    pub fn create_item(&self, account: &Account, item: NewItem) -> i64 {
        self.add(account, item)
    }

    /// Changes an item. Raises `item.update`; invoice lines stay as they are.
    ///
    /// # Errors
    ///
    /// Where the account has no such item.
    pub fn update_item(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewItem),
    ) -> Result<(), NoSuchRecord> {
        self.change::<NewItem>(account, id, |kept| edit(&mut kept.content))
    }

    /// Deletes an item. Raises `item.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such item.
    pub fn delete_item(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<NewItem>(account, id)
    }

    /// Adds a tax; its id. Raises `tax.create`.
    pub fn create_tax(&self, account: &Account, tax: NewTax) -> i64 {
        self.add(account, tax)
    }

    /// Changes a tax. Raises `tax.update`; invoice lines stay as they are.
    ///
    /// # Errors
    ///
    /// Where the account has no such tax.
    pub fn update_tax(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewTax),
    ) -> Result<(), NoSuchRecord> {
        self.change::<NewTax>(account, id, |kept| edit(&mut kept.content))
    }

    /// Deletes a tax: it is gone, not hidden. Raises `tax.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such tax.
    pub fn delete_tax(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<NewTax>(account, id)
    }

    /// Adds an expense category; its id. Raises `category.create`.
    pub fn create_category(&self, account: &Account, category: NewCategory) -> i64 {
        self.add(account, category)
    }

    /// Changes an expense category. Raises `category.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such category.
    pub fn update_category(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewCategory),
    ) -> Result<(), NoSuchRecord> {
        self.change::<NewCategory>(account, id, |kept| edit(&mut kept.content))
    }

    /// Deletes an expense category. Raises `category.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such category.
    pub fn delete_category(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<NewCategory>(account, id)
    }
}
