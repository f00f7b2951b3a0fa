//! What there is to see, on both sides and in between.

use aws_sdk_sqs::types::QueueAttributeName;
use cin7_stand_in::{Call, Sale};
use ledger::audit::Entry;
use ledger::{Record, RecordKey, State};
use money::Decimal;

use super::{Party, World};

impl World {
    /// The key of an invoice's record.
    pub(crate) fn key(&self, id: i64) -> RecordKey {
        key_of(self.acme(), "invoice", id)
    }

    /// The record of an invoice.
    pub(crate) async fn record(&self, id: i64) -> Record {
        self.record_of("invoice", id).await
    }

    /// The record of a document of any kind.
    pub(crate) async fn record_of(&self, kind: &str, id: i64) -> Record {
        self.record_in(self.acme(), kind, id).await
    }

    /// Whether there is a record of it.
    pub(crate) async fn is_known(&self, kind: &str, id: i64) -> bool {
        let key = key_of(self.acme(), kind, id);
        self.plant.ledger().record(&key).await.unwrap().is_some()
    }

    pub(crate) async fn record_in(&self, party: &Party, kind: &str, id: i64) -> Record {
        let found = self.plant.ledger().record(&key_of(party, kind, id)).await;
        found
            .unwrap()
            .unwrap_or_else(|| panic!("no record of {kind} {id}"))
    }

    pub(crate) async fn trail(&self, id: i64) -> Vec<Entry> {
        self.trail_of("invoice", id).await
    }

    pub(crate) async fn trail_of(&self, kind: &str, id: i64) -> Vec<Entry> {
        let key = key_of(self.acme(), kind, id);
        self.plant.ledger().trail(&key).await.unwrap()
    }

    /// What happened to an invoice's record, in one word each.
    pub(crate) async fn told(&self, id: i64) -> Vec<String> {
        self.told_of("invoice", id).await
    }

    pub(crate) async fn told_of(&self, kind: &str, id: i64) -> Vec<String> {
        let trail = self.trail_of(kind, id).await;
        trail.into_iter().map(|entry| entry.what).collect()
    }

    /// Every sale that carries an invoice's mark, voided ones included.
    pub(crate) fn sales(&self, id: i64) -> Vec<Sale> {
        self.sales_of(self.acme(), id)
    }

    pub(crate) fn sales_of(&self, party: &Party, id: i64) -> Vec<Sale> {
        let mark = Self::sale_mark(party, id);
        let sales = self.cin7.sales(&party.keys).into_iter();
        sales
            .filter(|sale| is_of(&mark, &sale.header.external_id))
            .collect()
    }

    /// Those of them that are not voided.
    pub(crate) fn standing_sales_of(&self, party: &Party, id: i64) -> Vec<Sale> {
        let mut sales = self.sales_of(party, id);
        sales.retain(|sale| !sale.voided);
        sales
    }

    /// How an invoice's sale can be found again in Cin7.
    pub(crate) fn sale_mark(party: &Party, id: i64) -> String {
        format!("freshbooks:{}:invoice:{id}", party.account.account_id)
    }

    /// The one sale of an invoice.
    #[track_caller]
    pub(crate) fn sale(&self, id: i64) -> Sale {
        let mut sales = self.sales(id);
        assert_eq!(sales.len(), 1, "sales of invoice {id}");
        sales.remove(0)
    }

    /// An invoice's total as FreshBooks shows it.
    pub(crate) fn freshbooks_total(&self, party: &Party, id: i64) -> Decimal {
        let shown = self.freshbooks.invoice(&party.account, id).unwrap();
        shown["amount"]["amount"].as_str().unwrap().parse().unwrap()
    }

    /// The connector's Cin7 calls since `from`, an earlier length of this list.
    pub(crate) fn cin7_calls(&self, from: usize) -> Vec<Call> {
        let mut calls = self.cin7.calls(&self.acme().keys);
        calls.split_off(from.min(calls.len()))
    }

    /// How many Cin7 calls the connector made so far.
    pub(crate) fn cin7_count(&self) -> usize {
        self.cin7_calls(0).len()
    }

    /// The connector's calls of FreshBooks whose path ends so.
    pub(crate) fn freshbooks_count(&self, end: &str) -> usize {
        let calls = self.freshbooks.calls();
        calls.iter().filter(|call| call.path.ends_with(end)).count()
    }

    /// Calls so far, of everything that the functions call.
    pub(crate) fn all_calls(&self) -> usize {
        self.plant.aws().calls().len() + self.cin7.all_calls().len() + self.freshbooks.calls().len()
    }

    /// Messages in a queue, those in flight included.
    pub(crate) async fn messages(&self, queue: &str) -> usize {
        let counts = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        ];
        let asked = self
            .plant
            .aws()
            .sqs()
            .get_queue_attributes()
            .queue_url(self.url_of(queue).await)
            .set_attribute_names(Some(counts.to_vec()))
            .send()
            .await;
        let attributes = asked.unwrap().attributes.unwrap_or_default();
        let counted = |name| -> usize { attributes[name].parse().unwrap() };
        counts.iter().map(counted).sum()
    }

    /// Fails unless the invoice's record is in this state and its sentence says all of this.
    pub(crate) async fn assert_says(&self, id: i64, state: State, words: &[&str]) {
        self.assert_says_of("invoice", id, state, words).await;
    }

    pub(crate) async fn assert_says_of(&self, kind: &str, id: i64, state: State, words: &[&str]) {
        let record = self.record_of(kind, id).await;
        assert_eq!(record.state, state, "{}", record.sentence);
        for words in words {
            assert!(record.sentence.contains(words), "{}", record.sentence);
        }
    }
}

/// Whether a text is this mark, or the mark of a later generation of the same document.
pub(crate) fn is_of(mark: &str, text: &str) -> bool {
    text.strip_prefix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn key_of(party: &Party, kind: &str, id: i64) -> RecordKey {
    RecordKey::parse(party.id, kind, &id.to_string()).unwrap()
}
