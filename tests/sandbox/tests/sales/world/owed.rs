//! Bills and their payments: what people do with them in FreshBooks, and what stands on their purchases.

use cin7_stand_in::PurchasePayment;
use freshbooks_stand_in::{NewBill, NewBillLine, NewBillPayment, NewVendor};
use ledger::RecordKey;

use super::{World, dec, is_of};

impl World {
    /// A bill of a vendor, 13 % of tax on top; FreshBooks tells nobody yet.
    pub(crate) fn owe(&self, net: &str) -> i64 {
        let account = &self.acme().account;
        let vendor = NewVendor {
            name: "Bolt Makers Ltd".to_owned(),
            ..NewVendor::default()
        };
        let vendor_id = self.freshbooks.create_vendor(account, vendor);
        let line = NewBillLine::new("Fasteners", dec("1"), dec(net), 0);
        let bill = NewBill {
            vendor_id,
            number: format!("V-{vendor_id}"),
            due_offset_days: 30,
            lines: vec![line.tax("HST", dec("13"))],
            ..NewBill::default()
        };
        self.freshbooks.create_bill(account, bill)
    }

    /// The same, crossed.
    pub(crate) async fn owed(&self, net: &str) -> i64 {
        let id = self.owe(net);
        let key = self.key_of("bill", id);
        self.look_at(&key).await;
        self.assert_stands_at(&key, "").await;
        id
    }

    pub(crate) fn pay_bill(&self, bill_id: i64, amount: &str) -> i64 {
        let payment = NewBillPayment {
            bill_id,
            amount: dec(amount),
            payment_type: "Check".to_owned(),
            ..NewBillPayment::default()
        };
        self.freshbooks
            .record_bill_payment(&self.acme().account, payment)
    }

    pub(crate) fn change_bill_payment(&self, id: i64, edit: impl FnOnce(&mut NewBillPayment)) {
        let account = &self.acme().account;
        let changed = self.freshbooks.update_bill_payment(account, id, edit);
        changed.unwrap();
    }

    pub(crate) fn change_bill(&self, id: i64, edit: impl FnOnce(&mut NewBill)) {
        let account = &self.acme().account;
        self.freshbooks.update_bill(account, id, edit).unwrap();
    }

    pub(crate) fn bill_payment_key(&self, id: i64) -> RecordKey {
        self.key_of("bill_payment", id)
    }

    /// The payments in Cin7 that carry a bill payment's mark, on whatever purchase that stands.
    pub(crate) fn bill_payments_at(&self, key: &RecordKey) -> Vec<PurchasePayment> {
        let account = &self.acme().account.account_id;
        let mark = format!("freshbooks:{account}:bill_payment:{}", key.id);
        let purchases = self.cin7.purchases(&self.acme().keys).into_iter();
        purchases
            .filter(|purchase| !purchase.voided)
            .flat_map(|purchase| purchase.payments)
            .filter(|payment| is_of(&mark, &payment.reference))
            .collect()
    }

    /// Fails unless a bill payment stands once in Cin7, with this amount.
    pub(crate) async fn assert_bill_paid(&self, id: i64, amount: &str, what: &str) {
        let key = self.bill_payment_key(id);
        self.assert_stands_at(&key, what).await;
        let payments = self.bill_payments_at(&key);
        let [payment] = payments.as_slice() else {
            panic!("{what}: payments of {key}: {payments:?}");
        };
        assert_eq!(payment.amount, dec(amount), "{what}");
    }
}
