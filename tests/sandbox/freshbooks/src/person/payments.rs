//! Payments. Each also moves its invoice, which raises `invoice.update` where the account is set so.

use serde_json::Value;

use super::NoSuchRecord;
use crate::account::Account;
use crate::resource::{Invoice, NewPayment};
use crate::stand_in::StandIn;

impl StandIn {
    /// Records a payment; its id. Raises `payment.create`.
    pub fn record_payment(&self, account: &Account, mut payment: NewPayment) -> i64 {
        payment.date = payment
            .date
            .or(Some(self.shared.eastern.day(self.shared.now())));
        let invoice_id = payment.invoice_id;
        let id = self.add(account, payment);
        self.move_invoice(account, invoice_id);
        id
    }

    /// Changes a payment. Raises `payment.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such payment.
    pub fn update_payment(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewPayment),
    ) -> Result<(), NoSuchRecord> {
        let before = self.paid_invoice(account, id);
        self.change::<NewPayment>(account, id, |kept| edit(&mut kept.content))?;
        let after = self.paid_invoice(account, id);
        for invoice_id in after.into_iter().chain(before.filter(|_| before != after)) {
            self.move_invoice(account, invoice_id);
        }
        Ok(())
    }

    /// Deletes a payment: its invoice may go back from paid to partial or sent. Raises `payment.delete`.
    ///
    /// # Errors
    ///
    /// Where the account has no such payment.
    pub fn delete_payment(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<NewPayment>(account, id)?;
        self.move_paid_invoice(account, id);
        Ok(())
    }

    /// Brings a payment back. Raises `payment.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such payment.
    pub fn undelete_payment(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.undelete::<NewPayment>(account, id)?;
        self.move_paid_invoice(account, id);
        Ok(())
    }

    /// The payment as the API would show it, deleted or not.
    #[must_use]
    pub fn payment(&self, account: &Account, id: i64) -> Option<Value> {
        self.shown::<NewPayment>(account, id)
    }

    fn move_paid_invoice(&self, account: &Account, payment_id: i64) {
        if let Some(invoice_id) = self.paid_invoice(account, payment_id) {
            self.move_invoice(account, invoice_id);
        }
    }

    fn paid_invoice(&self, account: &Account, payment_id: i64) -> Option<i64> {
        let mut world = self.shared.lock();
        let payment = world.books_mut(account).payments.get(payment_id)?;
        Some(payment.content.invoice_id)
    }

    /// What was paid on it has changed. A payment may name an invoice that does not exist.
    fn move_invoice(&self, account: &Account, id: i64) {
        let raises = self
            .shared
            .lock()
            .books_mut(account)
            .quirks
            .payment_raises_invoice_update;
        if self.touch::<Invoice>(account, id, true, |_| {}).is_ok() && raises {
            self.announce::<Invoice>(account, "update", id);
        }
    }
}
