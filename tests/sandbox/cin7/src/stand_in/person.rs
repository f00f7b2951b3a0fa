//! What a person does in Cin7 itself, where none of the API's rules hold.

use uuid::Uuid;

use super::StandIn;
use crate::account::{AccountState, Keys};
use crate::journals::Journal;
use crate::money::MoneyOperation;
use crate::purchases::Purchase;
use crate::sales::DocumentStatus;

impl StandIn {
    /// A person changes a purchase; it counts as updated. Whether there is such a purchase.
    pub fn change_purchase(
        &self,
        keys: &Keys,
        id: Uuid,
        change: impl FnOnce(&mut Purchase),
    ) -> bool {
        let now = self.shared.clock.now();
        self.act(keys, |account| {
            let mut purchase = account.purchases.newest(id)?.clone();
            change(&mut purchase);
            purchase.updated = now;
            account.put_purchase(purchase, now);
            Some(())
        })
    }

    /// A person receives the stock of a purchase. Whether there is such a purchase.
    pub fn receive_stock(&self, keys: &Keys, id: Uuid) -> bool {
        self.change_purchase(keys, id, |purchase| {
            purchase.stock_received = DocumentStatus::Authorised;
        })
    }

    /// A person changes a journal. Whether there is such a journal.
    pub fn change_journal(
        &self,
        keys: &Keys,
        task_id: Uuid,
        change: impl FnOnce(&mut Journal),
    ) -> bool {
        let now = self.shared.clock.now();
        self.act(keys, |account| {
            let mut journal = account.journals.newest(task_id)?.clone();
            change(&mut journal);
            account.put_journal(journal, now);
            Some(())
        })
    }

    /// A person changes a money operation. Whether there is such an operation.
    pub fn change_money_operation(
        &self,
        keys: &Keys,
        task_id: Uuid,
        change: impl FnOnce(&mut MoneyOperation),
    ) -> bool {
        let now = self.shared.clock.now();
        self.act(keys, |account| {
            let mut operation = account.money_operations.newest(task_id)?.clone();
            change(&mut operation);
            account.put_money_operation(operation, now);
            Some(())
        })
    }

    fn act(&self, keys: &Keys, act: impl FnOnce(&mut AccountState) -> Option<()>) -> bool {
        let mut state = self.shared.lock();
        let account = state.accounts.get_mut(&keys.account_id);
        account.and_then(act).is_some()
    }
}
