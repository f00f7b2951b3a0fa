//! Expenses and other income: what people enter in FreshBooks, and the money operations that stand for
//! them in Cin7.

use cin7_stand_in::{LedgerStatus, MoneyOperation, Purchase};
use freshbooks_stand_in::{ExpenseTax, NewExpense, NewOtherIncome};
use ledger::RecordKey;

use super::{SETTINGS, Setup, World, dec, is_of};

/// What expenses and other income take beside the usual settings.
const MONEY_SETTINGS: &str = "
[settings.purchases]
expenses_as = \"spend_money\"
default_supplier = \"Sundry\"
tax_none = \"Tax Exempt\"

[settings.purchase_taxes]
\"HST 13\" = \"HST 13\"

[settings.categories]
default = \"429\"

[settings.incomes]
default = \"260\"
";

impl Setup {
    /// The usual world, where expenses become purchases with their payment.
    pub(crate) fn of_purchases() -> Self {
        let mut setup = Self::of_money();
        let chosen = setup.settings.replace("\"spend_money\"", "\"purchase\"");
        setup.settings = chosen;
        setup
    }

    /// The usual world, where expenses become money spent.
    pub(crate) fn of_money() -> Self {
        Self {
            settings: format!("{SETTINGS}{MONEY_SETTINGS}"),
            ..Self::default()
        }
    }
}

impl World {
    /// A taxed expense of a shop; the amount without its tax.
    pub(crate) fn spend(&self, net: &str) -> i64 {
        let form = expense_form(net);
        self.freshbooks.create_expense(&self.acme().account, form)
    }

    pub(crate) fn change_expense(&self, id: i64, edit: impl FnOnce(&mut NewExpense)) {
        let account = &self.acme().account;
        self.freshbooks.update_expense(account, id, edit).unwrap();
    }

    pub(crate) fn earn(&self, amount: &str) -> i64 {
        let income = NewOtherIncome {
            amount: dec(amount),
            category_name: "online_sales".to_owned(),
            source: "Corner Shop".to_owned(),
            payment_type: Some("Cash".to_owned()),
            ..NewOtherIncome::default()
        };
        self.freshbooks
            .create_other_income(&self.acme().account, income)
    }

    pub(crate) fn change_income(&self, id: i64, edit: impl FnOnce(&mut NewOtherIncome)) {
        let account = &self.acme().account;
        let changed = self.freshbooks.update_other_income(account, id, edit);
        changed.unwrap();
    }

    /// The money operations in Cin7 that carry a record's mark, voided ones included.
    pub(crate) fn operations_at(&self, key: &RecordKey) -> Vec<MoneyOperation> {
        let account = &self.acme().account.account_id;
        let mark = format!("freshbooks:{account}:{}:{}", key.kind, key.id);
        let operations = self.cin7.money_operations(&self.acme().keys).into_iter();
        operations
            .filter(|operation| is_of(&mark, &operation.reference))
            .collect()
    }

    /// The one of them that counts.
    #[track_caller]
    pub(crate) fn operation_at(&self, key: &RecordKey) -> MoneyOperation {
        let mut operations = self.operations_at(key);
        operations.retain(|operation| operation.status != LedgerStatus::Voided);
        assert_eq!(operations.len(), 1, "money operations of {key}");
        operations.remove(0)
    }

    /// The purchases in Cin7 that carry a record's mark, voided ones included.
    pub(crate) fn purchases_at(&self, key: &RecordKey) -> Vec<Purchase> {
        let account = &self.acme().account.account_id;
        let mark = format!("freshbooks:{account}:{}:{}", key.kind, key.id);
        let purchases = self.cin7.purchases(&self.acme().keys).into_iter();
        let is_marked = |purchase: &Purchase| {
            let first = purchase.header.note.split_whitespace().next();
            is_of(&mark, first.unwrap_or_default())
        };
        purchases.filter(is_marked).collect()
    }

    /// Fails unless a record's purchase stands once, invoiced and paid with this amount.
    #[track_caller]
    pub(crate) fn assert_bought(&self, key: &RecordKey, amount: &str) {
        let mut purchases = self.purchases_at(key);
        purchases.retain(|purchase| !purchase.voided);
        let [purchase] = purchases.as_slice() else {
            panic!("{} purchases of {key}", purchases.len());
        };
        let [invoice] = purchase.invoices.as_slice() else {
            panic!("{} invoices", purchase.invoices.len());
        };
        assert_eq!(purchase.invoice_total(invoice), dec(amount));
        let [payment] = purchase.payments.as_slice() else {
            panic!("payments of {key}: {:?}", purchase.payments);
        };
        assert_eq!(payment.amount, dec(amount));
    }

    /// Fails unless a record's money operation stands once, booked, with this amount.
    #[track_caller]
    pub(crate) fn assert_moved(&self, key: &RecordKey, amount: &str) {
        let operation = self.operation_at(key);
        assert_eq!(operation.status, LedgerStatus::Completed);
        assert_eq!(operation.total(), dec(amount));
    }
}

/// An expense with 13 % of tax in it.
pub(crate) fn expense_form(net: &str) -> NewExpense {
    let net = dec(net);
    let tax = money::cents(net * dec("0.13"));
    NewExpense {
        amount: net + tax,
        vendor: "Hardware Shop".to_owned(),
        notes: "Screws".to_owned(),
        tax1: Some(ExpenseTax::new("HST", dec("13"), tax)),
        ..NewExpense::default()
    }
}
