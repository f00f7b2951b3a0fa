//! What there is to see, on both sides and in between.

use freshbooks_stand_in::Callback;
use ledger::{Hook, Record, RecordKey, SecretRow, State, Status, audit};

use super::{World, id};

impl World {
    pub(crate) async fn record(&self, invoice: i64) -> Record {
        let key = RecordKey::parse("acme", "invoice", &invoice.to_string()).unwrap();
        let record = self.plant.ledger().record(&key).await.unwrap().unwrap();
        let trail = self.plant.ledger().trail(&key).await.unwrap();
        assert_eq!(audit::verify(&record, &trail), Ok(()));
        record
    }

    /// Fails unless there is exactly one sale of it, seen in Cin7 by the connector.
    pub(crate) async fn assert_confirmed(&self, invoice: i64) {
        let record = self.record(invoice).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        assert_eq!(self.sales(invoice), 1, "sales of invoice {invoice}");
    }

    /// Fails unless it waits with these words, and no try was counted.
    pub(crate) async fn assert_waits(&self, invoice: i64, words: &str) {
        let record = self.record(invoice).await;
        assert_eq!(record.state, State::Waiting, "{}", record.sentence);
        assert!(record.sentence.contains(words), "{}", record.sentence);
        assert_eq!(record.attempts, 0, "{}", record.sentence);
        assert_eq!(record.waiting_for.as_deref(), Some("connection:resumed"));
    }

    /// Standing sales that carry an invoice's mark.
    pub(crate) fn sales(&self, invoice: i64) -> usize {
        let mark = format!("freshbooks:{}:invoice:{invoice}", self.account.account_id);
        let sales = self.cin7.sales(&self.keys);
        let of_it = sales.iter().filter(|sale| {
            let rest = sale.header.external_id.strip_prefix(&mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        });
        of_it.filter(|sale| !sale.voided).count()
    }

    pub(crate) async fn status(&self) -> Status {
        self.desk().show(&id()).await.unwrap().status
    }

    pub(crate) async fn secret(&self, name: &str) -> Option<SecretRow> {
        self.plant.ledger().secret(&id(), name).await.unwrap()
    }

    pub(crate) async fn hook(&self, noun: &str) -> Option<Hook> {
        self.plant.ledger().hook(&id(), noun).await.unwrap()
    }

    /// The one callback of a noun at FreshBooks.
    pub(crate) fn callback(&self, noun: &str) -> Callback {
        let mut callbacks = self.freshbooks.callbacks(&self.account);
        callbacks.retain(|callback| callback.event == noun);
        assert_eq!(callbacks.len(), 1, "callbacks of {noun}");
        callbacks.remove(0)
    }

    /// Calls that changed something at FreshBooks' callbacks.
    pub(crate) fn callback_changes(&self) -> usize {
        let calls = self.freshbooks.calls();
        let of_callbacks = calls
            .iter()
            .filter(|call| call.path.contains("/events/callbacks") && call.method != "GET");
        of_callbacks.count()
    }
}
