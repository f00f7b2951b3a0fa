//! Payments: what people do with them in FreshBooks, and what stands of them in Cin7.

use cin7_stand_in::{Payment, PaymentType};
use freshbooks_stand_in::NewPayment;
use ledger::State;

use super::{Party, World, dec, is_of};

impl World {
    /// A payment of an invoice is recorded, and its webhooks wait. Nothing is delivered yet.
    pub(crate) fn pay(&self, invoice_id: i64, amount: &str) -> i64 {
        self.pay_of(self.acme(), invoice_id, amount)
    }

    pub(crate) fn pay_of(&self, party: &Party, invoice_id: i64, amount: &str) -> i64 {
        let payment = NewPayment {
            invoice_id,
            amount: dec(amount),
            payment_type: "Check".to_owned(),
            ..NewPayment::default()
        };
        self.freshbooks.record_payment(&party.account, payment)
    }

    /// A payment is changed, and its webhooks wait.
    pub(crate) fn change_payment(&self, id: i64, edit: impl FnOnce(&mut NewPayment)) {
        let account = &self.acme().account;
        self.freshbooks.update_payment(account, id, edit).unwrap();
    }

    /// A payment is deleted, and its webhooks wait.
    pub(crate) fn delete_payment(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.delete_payment(account, id).unwrap();
    }

    /// A deleted payment comes back, and its webhooks wait.
    pub(crate) fn undelete_payment(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.undelete_payment(account, id).unwrap();
    }

    /// How a payment can be found again in Cin7.
    pub(crate) fn payment_mark(party: &Party, id: i64) -> String {
        format!("freshbooks:{}:payment:{id}", party.account.account_id)
    }

    /// The payments in Cin7 that carry a FreshBooks payment's mark, on whatever sale
    /// that stands.
    pub(crate) fn payments_of(&self, party: &Party, id: i64) -> Vec<Payment> {
        let mark = Self::payment_mark(party, id);
        let sales = self.cin7.sales(&party.keys).into_iter();
        sales
            .filter(|sale| !sale.voided)
            .flat_map(|sale| sale.payments)
            .filter(|payment| is_of(&mark, &payment.reference))
            .collect()
    }

    /// Fails unless the payment is confirmed: once in Cin7, on its invoice's sale, to the cent.
    pub(crate) async fn assert_paid(&self, invoice_id: i64, id: i64, amount: &str) {
        let record = self.record_of("payment", id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        let payments = self.payments_of(self.acme(), id);
        let [payment] = payments.as_slice() else {
            panic!("payment {id} stands in Cin7 as {payments:?}");
        };
        assert_eq!(payment.payment_type, PaymentType::Payment);
        assert_eq!(payment.amount, dec(amount));
        let sale = self.sale(invoice_id);
        assert!(
            sale.payments.contains(payment),
            "it is on another sale than {}",
            sale.order_number
        );
    }
}
