//! Payments of invoices and payments of bills: what FreshBooks shows of them, and how each is planned.

use freshbooks::{BillPayment, Payment, Shown};
use jiff::civil::Date;
use ledger::Record;
use mapping::{
    Facts, Held, PaidBill, PaidInvoice, PaymentPlan, Settings, bill_payment_crosses,
    bill_payment_hash, bill_payment_mark, payment_crosses, payment_hash, payment_mark,
    plan_bill_payment, plan_payment,
};
use money::{Currency, Money};

use crate::fetch;
use crate::side::{Payable, Purchases, Sales};
use crate::stop::Stop;
use crate::work::Work;

/// A payment that counts in FreshBooks.
pub(crate) trait AnyPayment: Send + Sync + Sized {
    /// Where what it pays stands.
    type Side: Payable;

    /// The payment as it stands now; `None` where FreshBooks no longer has it.
    fn fetch(work: &mut Work<'_>)
    -> impl Future<Output = Result<Option<Shown<Self>>, Stop>> + Send;

    fn id(&self) -> &str;
    fn amount(&self) -> Money;
    fn paid_on(&self) -> Date;
    /// FreshBooks' change marker; empty where it has none.
    fn version(&self) -> &str;
    /// The hash of what of it matters to Cin7.
    fn content(&self) -> String;
    /// FreshBooks' id of what it pays.
    fn parent_id(&self) -> &str;
    fn mark(account: &str, id: &str, generation: u32) -> String;
    /// What keeps it out, whatever it pays.
    fn crosses(&self, settings: &Settings) -> Result<(), Held>;
    fn plan(
        &self,
        parent: &Record,
        settings: &Settings,
        facts: &Facts<'_>,
    ) -> Result<PaymentPlan, Held>;
}

impl AnyPayment for Payment {
    type Side = Sales;

    async fn fetch(work: &mut Work<'_>) -> Result<Option<Shown<Self>>, Stop> {
        fetch::payment(work).await
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn amount(&self) -> Money {
        self.amount
    }

    fn paid_on(&self) -> Date {
        self.paid_on
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn content(&self) -> String {
        payment_hash(self)
    }

    fn parent_id(&self) -> &str {
        self.invoice_id.as_deref().unwrap_or_default()
    }

    fn mark(account: &str, id: &str, generation: u32) -> String {
        payment_mark(account, id, generation)
    }

    fn crosses(&self, settings: &Settings) -> Result<(), Held> {
        payment_crosses(self, settings)
    }

    fn plan(
        &self,
        parent: &Record,
        settings: &Settings,
        facts: &Facts<'_>,
    ) -> Result<PaymentPlan, Held> {
        plan_payment(self, &paid_invoice(parent, self), settings, facts)
    }
}

impl AnyPayment for BillPayment {
    type Side = Purchases;

    async fn fetch(work: &mut Work<'_>) -> Result<Option<Shown<Self>>, Stop> {
        fetch::bill_payment(work).await
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn amount(&self) -> Money {
        self.amount
    }

    fn paid_on(&self) -> Date {
        self.paid_on
    }

    fn version(&self) -> &'static str {
        ""
    }

    fn content(&self) -> String {
        bill_payment_hash(self)
    }

    fn parent_id(&self) -> &str {
        &self.bill_id
    }

    fn mark(account: &str, id: &str, generation: u32) -> String {
        bill_payment_mark(account, id, generation)
    }

    fn crosses(&self, settings: &Settings) -> Result<(), Held> {
        bill_payment_crosses(self, settings)
    }

    /// What is open is looked at where its siblings are known (`room.rs`), so all of it is here.
    fn plan(
        &self,
        parent: &Record,
        settings: &Settings,
        facts: &Facts<'_>,
    ) -> Result<PaymentPlan, Held> {
        let currency = currency_of(parent).unwrap_or(self.amount.currency);
        let bill = PaidBill {
            number: parent.number.clone().unwrap_or_default(),
            open: Money::new(self.amount.amount, currency),
        };
        plan_bill_payment(self, &bill, settings, facts)
    }
}

/// What has to be known of an invoice that stands.
pub(crate) fn paid_invoice(parent: &Record, payment: &Payment) -> PaidInvoice {
    PaidInvoice {
        number: parent.number.clone().unwrap_or_default(),
        currency: currency_of(parent).unwrap_or(payment.amount.currency),
    }
}

fn currency_of(parent: &Record) -> Option<Currency> {
    parent.currency.as_deref()?.parse().ok()
}
