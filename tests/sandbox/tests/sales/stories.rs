//! What several tests do: documents that crossed, changes that are told, a person at work in Cin7.

use std::time::Duration;

use cin7_stand_in::{DocumentStatus, Fault, Payment, Sale, SaleType};
use freshbooks_stand_in::{NewInvoice, NewPayment};
use ledger::State;
use money::Decimal;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{World, dec, plain};

/// A read shows a write only so long after it.
pub(crate) const LAG: Duration = Duration::from_secs(20);

/// Everything that can befall a write. An error 500 under status 200 says no more of what was applied
/// than one under its own.
pub(crate) const FAULTS: [Fault; 16] = [
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::Status500 { applied: false },
    Fault::Status500 { applied: true },
    Fault::Plain503 { applied: false },
    Fault::Plain503 { applied: true },
    Fault::TruncatedJson { applied: false },
    Fault::TruncatedJson { applied: true },
    Fault::Html200 { applied: false },
    Fault::Html200 { applied: true },
    Fault::Limit429,
    Fault::Limit503Text,
    Fault::Limit400Text,
    Fault::Unauthorized403,
    Fault::Error200,
    Fault::Slow(LAG),
];

/// Those for which it matters that a read may not show what was just written.
pub(crate) const LOST: [Fault; 4] = [
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::Status500 { applied: true },
    Fault::Html200 { applied: false },
];

/// One of each sort, where the explorer goes through them all.
pub(crate) const SORTS: [Fault; 4] = [
    Fault::LostBefore,
    Fault::TruncatedJson { applied: true },
    Fault::Limit503Text,
    Fault::Unauthorized403,
];

impl World {
    /// Fails, naming what befell it, unless a document came to this state.
    pub(crate) async fn assert_ended(&self, kind: &str, id: i64, state: State, what: &str) {
        let record = self.record_of(kind, id).await;
        assert_eq!(record.state, state, "{what}: {}", record.sentence);
    }

    /// What FreshBooks announces arrives, and everything settles.
    pub(crate) async fn tell(&self) {
        self.deliver().await;
        self.settle().await;
    }

    /// The same without any time passing: nothing is swept or confirmed.
    pub(crate) async fn tell_at_once(&self) {
        let now = self.plant.clock().now();
        self.deliver().await;
        self.work().await;
        assert_eq!(self.plant.clock().now(), now, "no clock helped");
    }

    /// An invoice of one taxed line that crossed and is confirmed.
    pub(crate) async fn crossed(&self, cost: &str) -> i64 {
        let client = self.client("Harbour Studio");
        let id = self.send(plain(client, cost)).await;
        self.settle().await;
        self.assert_confirmed(id).await;
        id
    }

    /// A payment that crossed and is confirmed.
    pub(crate) async fn paid(&self, invoice: i64, amount: &str) -> i64 {
        let id = self.pay(invoice, amount);
        self.tell().await;
        self.assert_on(invoice, id, amount).await;
        id
    }

    /// A payment is recorded as the form says; today, where it names no day.
    pub(crate) fn pay_as(&self, form: NewPayment) -> i64 {
        self.freshbooks.record_payment(&self.acme().account, form)
    }

    /// A person changes an invoice in FreshBooks, and its webhook waits.
    pub(crate) fn edit(&self, id: i64, edit: impl FnOnce(&mut NewInvoice)) {
        let account = &self.acme().account;
        self.freshbooks.update_invoice(account, id, edit).unwrap();
    }

    /// Its first line costs something else.
    pub(crate) fn reprice(&self, id: i64, cost: &str) {
        self.edit(id, |form| form.lines[0].unit_cost = dec(cost));
    }

    pub(crate) fn delete(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.delete_invoice(account, id).unwrap();
    }

    pub(crate) fn undelete(&self, id: i64) {
        let account = &self.acme().account;
        self.freshbooks.undelete_invoice(account, id).unwrap();
    }

    /// A person asks for another look at a payment, after which everything settles.
    pub(crate) async fn replay_payment(&self, id: i64) {
        let key = self.record_of("payment", id).await.key;
        self.ask_again(&key).await;
        self.settle().await;
    }

    /// Where a payment stands.
    pub(crate) async fn assert_payment_says(&self, id: i64, state: State, words: &[&str]) {
        self.assert_says_of("payment", id, state, words).await;
    }

    /// The connector's Cin7 calls since `from` that are no reads, as `POST sale/payment`.
    pub(crate) fn writes(&self, from: usize) -> Vec<String> {
        let calls = self.cin7_calls(from).into_iter();
        calls
            .filter(|call| call.method != "GET")
            .map(|call| format!("{} {}", call.method, call.path))
            .collect()
    }

    /// The one sale of an invoice that is not voided.
    #[track_caller]
    pub(crate) fn standing(&self, id: i64) -> Sale {
        let mut sales = self.standing_sales_of(self.acme(), id);
        assert_eq!(sales.len(), 1, "standing sales of invoice {id}");
        sales.remove(0)
    }

    /// Fails unless the invoice is confirmed and its one standing sale comes to FreshBooks' total.
    pub(crate) async fn assert_stands(&self, id: i64) {
        let record = self.record(id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        let total = self.freshbooks_total(self.acme(), id);
        let sale = self.standing(id);
        let [invoice] = sale.invoices.as_slice() else {
            panic!("{} invoices", sale.invoices.len());
        };
        assert_eq!(invoice.status, DocumentStatus::Authorised);
        if sale.sale_type == SaleType::Simple {
            assert_eq!(sale.order.status, DocumentStatus::Authorised);
        }
        assert_eq!(sale.invoice_total(invoice), total, "in Cin7");
        assert_eq!(record.cin7.total.as_deref().map(dec), Some(total));
        assert_eq!(record.cin7.sale_id, Some(sale.id.to_string()));
    }

    /// Fails unless the payment is confirmed and stands once, on its invoice's standing sale.
    pub(crate) async fn assert_on(&self, invoice: i64, id: i64, amount: &str) {
        let record = self.record_of("payment", id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        let payment = self.payment(id);
        assert_eq!(payment.amount, dec(amount));
        assert_eq!(record.cin7.payment_id, Some(payment.id.to_string()));
        let sale = self.standing(invoice);
        assert!(sale.payments.contains(&payment), "on another sale");
    }

    /// The one payment in Cin7 that carries a FreshBooks payment's mark.
    #[track_caller]
    pub(crate) fn payment(&self, id: i64) -> Payment {
        let mut payments = self.payments_of(self.acme(), id);
        assert_eq!(payments.len(), 1, "payments in Cin7 of payment {id}");
        payments.remove(0)
    }

    /// What Cin7 holds as paid on an invoice's standing sale.
    #[track_caller]
    pub(crate) fn paid_in_cin7(&self, invoice: i64) -> Decimal {
        let payments = self.standing(invoice).payments;
        payments.iter().map(|payment| payment.amount).sum()
    }

    /// A person takes a sale back in Cin7, changes order and invoice, and authorises both again.
    pub(crate) async fn by_hand(&self, sale: &Sale, change: impl FnOnce(&mut Value, &mut Value)) {
        let (mut order, mut invoice) = documents(sale);
        change(&mut order, &mut invoice);
        let undo = format!("sale?ID={}", sale.id);
        self.in_cin7(Method::DELETE, &undo, None).await;
        self.in_cin7(Method::POST, "sale/order", Some(order)).await;
        self.in_cin7(Method::POST, "sale/invoice", Some(invoice))
            .await;
    }

    /// The same for another price of the first line, in both documents.
    pub(crate) async fn reprice_by_hand(&self, sale: &Sale, price: &str) {
        let change = |order: &mut Value, invoice: &mut Value| {
            set_price(order, price);
            set_price(invoice, price);
        };
        self.by_hand(sale, change).await;
    }

    /// A person changes a field of a sale's header in Cin7.
    pub(crate) async fn change_header_by_hand(&self, sale: &Sale, field: &str, text: &str) {
        let body = json!({ "ID": sale.id, field: text });
        self.in_cin7(Method::PUT, "sale", Some(body)).await;
    }

    /// A person changes a payment in Cin7.
    pub(crate) async fn change_payment_by_hand(&self, payment: &Payment, amount: &str) {
        let body = json!({ "ID": payment.id, "Amount": number(amount) });
        self.in_cin7(Method::PUT, "sale/payment", Some(body)).await;
    }

    /// A person deletes a payment in Cin7.
    pub(crate) async fn delete_payment_by_hand(&self, payment: &Payment) {
        let path = format!("sale/payment?ID={}", payment.id);
        self.in_cin7(Method::DELETE, &path, None).await;
    }

    /// A person enters a payment of their own in Cin7.
    pub(crate) async fn pay_by_hand(&self, sale: &Sale, amount: &str) {
        let body = json!({
            "TaskID": sale.id, "Type": "Payment", "Amount": number(amount),
            "DatePaid": "2026-01-05T00:00:00", "Account": "090", "CurrencyRate": 1,
            "Reference": "cheque 17",
        });
        self.in_cin7(Method::POST, "sale/payment", Some(body)).await;
    }
}

/// Order and invoice of a sale as somebody would send them again.
fn documents(sale: &Sale) -> (Value, Value) {
    let order = json!({
        "SaleID": sale.id, "CombineAdditionalCharges": false, "Memo": sale.order.memo,
        "Status": "AUTHORISED", "Lines": sale.order.lines,
    });
    let posted = &sale.invoices[0];
    let invoice = json!({
        "SaleID": sale.id, "TaskID": posted.task_id, "CombineAdditionalCharges": false,
        "Status": "AUTHORISED", "InvoiceDate": format!("{}T00:00:00", posted.date),
        "InvoiceDueDate": format!("{}T00:00:00", posted.due_date), "Memo": posted.memo,
        "Lines": posted.lines, "AdditionalCharges": [],
    });
    (order, invoice)
}

/// Gives the first line of a document another price, taxed at 13 %.
pub(crate) fn set_price(document: &mut Value, price: &str) {
    let tax = money::cents(dec(price) * dec("0.13")).to_string();
    let line = &mut document["Lines"][0];
    line["Price"] = number(price);
    line["Total"] = number(price);
    line["Tax"] = number(&tax);
}

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
