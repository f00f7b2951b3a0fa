//! Bill vendors, bills, their payments, and expenses.

use serde_json::Value;

use super::{NoSuchRecord, hands_on};
use crate::account::Account;
use crate::resource::{NewBill, NewBillPayment, NewExpense, NewVendor};
use crate::stand_in::StandIn;

hands_on! {
    NewVendor, "bill vendor",
    update_vendor, archive_vendor, delete_vendor, undelete_vendor, vendor
}
hands_on! {
    NewExpense, "expense",
    update_expense, archive_expense, delete_expense, undelete_expense, expense
}
hands_on! {
    NewBill, "bill",
    update_bill, archive_bill, delete_bill, undelete_bill, bill
}

impl StandIn {
    /// Adds a vendor; its id. Raises `bill_vendor.create`.
    pub fn create_vendor(&self, account: &Account, vendor: NewVendor) -> i64 {
        self.add(account, vendor)
    }

    /// Saves a bill; its id. Raises `bill.create`: a bill counts at once.
    pub fn create_bill(&self, account: &Account, mut bill: NewBill) -> i64 {
        bill.issue_date = bill.issue_date.or_else(|| self.today());
        self.add(account, bill)
    }

    /// Records an expense; its id. Raises `expense.create`.
    pub fn create_expense(&self, account: &Account, mut expense: NewExpense) -> i64 {
        expense.date = expense.date.or_else(|| self.today());
        self.add(account, expense)
    }

    /// Pays a bill; the payment's id. Bill payments raise no events of their own.
    pub fn record_bill_payment(&self, account: &Account, mut payment: NewBillPayment) -> i64 {
        payment.date = payment.date.or_else(|| self.today());
        let bill_id = payment.bill_id;
        let id = self.add(account, payment);
        self.move_bill(account, bill_id);
        id
    }

    /// Changes a payment of a bill. Raises no event.
    ///
    /// # Errors
    ///
    /// Where the account has no such payment.
    pub fn update_bill_payment(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut NewBillPayment),
    ) -> Result<(), NoSuchRecord> {
        self.change::<NewBillPayment>(account, id, |kept| edit(&mut kept.content))?;
        self.move_paid_bill(account, id);
        Ok(())
    }

    /// Deletes a payment of a bill: the bill may go back to `unpaid`. Raises no event.
    ///
    /// # Errors
    ///
    /// Where the account has no such payment.
    pub fn delete_bill_payment(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.delete::<NewBillPayment>(account, id)?;
        self.move_paid_bill(account, id);
        Ok(())
    }

    /// The payment as the API would show it, deleted or not.
    #[must_use]
    pub fn bill_payment(&self, account: &Account, id: i64) -> Option<Value> {
        self.shown::<NewBillPayment>(account, id)
    }

    /// Says that an expense from the bank is the other side of a payment of a bill: both say so.
    /// Raises `expense.update`.
    ///
    /// # Errors
    ///
    /// Where the account has no such expense or no such payment.
    pub fn match_expense(
        &self,
        account: &Account,
        expense_id: i64,
        bill_payment_id: i64,
    ) -> Result<(), NoSuchRecord> {
        self.update_bill_payment(account, bill_payment_id, |payment| {
            payment.matched_with_expense = true;
        })?;
        self.update_expense(account, expense_id, |expense| {
            expense.bill_payment_ids.push(bill_payment_id);
            expense.potential_bill_payment = false;
        })
    }

    fn move_paid_bill(&self, account: &Account, payment_id: i64) {
        let mut world = self.shared.lock();
        let payment = world.books_mut(account).bill_payments.get(payment_id);
        let bill_id = payment.map(|payment| payment.content.bill_id);
        drop(world);
        if let Some(bill_id) = bill_id {
            self.move_bill(account, bill_id);
        }
    }

    /// What was paid on it has changed, which nothing says unless the account is set so.
    fn move_bill(&self, account: &Account, id: i64) {
        let mut world = self.shared.lock();
        let moves = world.books_mut(account).quirks.bill_payment_moves_bill;
        drop(world);
        if moves && self.touch::<NewBill>(account, id, true, |_| {}).is_ok() {
            self.announce::<NewBill>(account, "update", id);
        }
    }
}
