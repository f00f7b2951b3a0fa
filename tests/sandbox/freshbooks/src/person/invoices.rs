//! Invoices.

use serde_json::Value;

use super::NoSuchRecord;
use crate::account::Account;
use crate::resource::{Invoice, NewInvoice, Stage};
use crate::shelf::VisState;
use crate::stand_in::StandIn;

impl StandIn {
    /// Saves a draft; its id. Raises `invoice.create`.
    pub fn create_invoice(&self, account: &Account, form: NewInvoice) -> i64 {
        let today = self.shared.eastern.day(self.shared.now());
        let mut world = self.shared.lock();
        let uuid = world.mint.uuid();
        let books = world.books_mut(account);
        let client = books.clients.get(form.client_id);
        let next_number = || format!("{:07}", books.invoices.count() + 1);
        let invoice = Invoice {
            uuid,
            number: form.number.clone().unwrap_or_else(next_number),
            currency_code: form
                .currency_code
                .as_ref()
                .unwrap_or(&books.currency_code)
                .clone(),
            date: form.date.unwrap_or(today),
            stage: Stage::Draft,
            billed: client
                .map(|client| client.content.form.clone())
                .unwrap_or_default(),
            form,
        };
        drop(world);
        self.add(account, invoice)
    }

    /// Changes what the form says. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn update_invoice(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewInvoice),
    ) -> Result<(), NoSuchRecord> {
        self.change::<Invoice>(account, id, |kept| {
            let invoice = &mut kept.content;
            edit(&mut invoice.form);
            if let Some(number) = &invoice.form.number {
                invoice.number.clone_from(number);
            }
            if let Some(currency) = &invoice.form.currency_code {
                invoice.currency_code.clone_from(currency);
            }
            invoice.date = invoice.form.date.unwrap_or(invoice.date);
        })
    }

    /// Draft → sent. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn send_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.set_stage(account, id, Stage::Sent)
    }

    /// Sent → draft again. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn unsend_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.set_stage(account, id, Stage::Draft)
    }

    /// The client opens it: sent → viewed. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn view_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.set_stage(account, id, Stage::Viewed)
    }

    /// The client disputes it. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn dispute_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.set_stage(account, id, Stage::Disputed)
    }

    /// Puts it out of sight; it still counts. Whether that raises `update` is unconfirmed: it does here.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn archive_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.change::<Invoice>(account, id, |kept| kept.vis_state = VisState::Archived)
    }

    /// Deletes it; its payments stay (what becomes of them is unconfirmed). Raises `invoice.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn delete_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<Invoice>(account, id)
    }

    /// Brings it back. Raises `invoice.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such invoice.
    pub fn undelete_invoice(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.undelete::<Invoice>(account, id)
    }

    /// The invoice as the API would show it, with lines, deleted or not.
    #[must_use]
    pub fn invoice(&self, account: &Account, id: i64) -> Option<Value> {
        self.shown::<Invoice>(account, id)
    }

    fn set_stage(&self, account: &Account, id: i64, stage: Stage) -> Result<(), NoSuchRecord> {
        self.change::<Invoice>(account, id, |kept| kept.content.stage = stage)
    }
}
