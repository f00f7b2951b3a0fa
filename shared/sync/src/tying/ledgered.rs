//! What the ledger says: the records of the month, and by what of all others Cin7's rows are known.

use std::collections::HashMap;

use jiff::Timestamp;
use ledger::{Record, RecordKey, State, StepStatus};
use money::{Decimal, cents};
use tieout::{Figures, Kind, Progress, Told};

use super::{NotTied, Reading};

/// A payment that the connector put on a sale or a purchase.
#[derive(Debug, Clone)]
pub(super) struct Paid {
    pub(super) key: RecordKey,
    /// Cin7's id of it.
    pub(super) payment_id: Option<String>,
    /// What stands there, where that is known.
    pub(super) amount: Option<Decimal>,
}

/// Records of the month, and the ids of the others.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Those dated in the month, and whatever was asked for.
    pub(super) records: HashMap<RecordKey, Record>,
    /// By Cin7's id of a sale or a purchase, in lower case: our payments on it.
    pub(super) paid: HashMap<String, Vec<Paid>>,
    /// By Cin7's id of a purchase, in lower case: whose it is.
    pub(super) purchases: HashMap<String, RecordKey>,
    /// When the first record of the month was made.
    pub(super) first: Option<Timestamp>,
}

impl Book {
    /// Reads every record of the connection, and keeps the month's.
    pub(super) async fn read(on: &Reading<'_>) -> Result<Self, NotTied> {
        let mut book = Self::default();
        let (month, id) = (on.month, &on.connection.id);
        on.on
            .ledger
            .each_record(id, |record| {
                book.note(&record);
                if record.day.is_none_or(|day| month.contains(day)) {
                    book.keep(record);
                }
            })
            .await?;
        Ok(book)
    }

    /// Reads records that are not there yet by their keys.
    pub(super) async fn fetch(
        &mut self,
        on: &Reading<'_>,
        keys: Vec<RecordKey>,
    ) -> Result<(), NotTied> {
        for key in keys {
            if !self.records.contains_key(&key) {
                self.read_again(on, &key).await?;
            }
        }
        Ok(())
    }

    /// Reads one record as it stands now.
    pub(super) async fn read_again(
        &mut self,
        on: &Reading<'_>,
        key: &RecordKey,
    ) -> Result<(), NotTied> {
        if let Some(record) = on.on.ledger.record(key).await? {
            self.note(&record);
            self.keep(record);
        }
        Ok(())
    }

    fn keep(&mut self, record: Record) {
        let begun = record.created_at;
        self.first = Some(self.first.map_or(begun, |first| first.min(begun)));
        let known = self.records.get(&record.key);
        if known.is_none_or(|known| known.version <= record.version) {
            self.records.insert(record.key.clone(), record);
        }
    }

    /// Takes down by what Cin7's rows of a record are known.
    fn note(&mut self, record: &Record) {
        let kind = kind_of(&record.key);
        let of = |id: &Option<String>| id.as_deref().map(str::to_lowercase);
        if let (Some(Kind::Bill | Kind::Expense), Some(id)) = (kind, of(&record.cin7.purchase_id)) {
            self.purchases.insert(id, record.key.clone());
        }
        let on = match kind {
            Some(Kind::Payment) => of(&record.cin7.sale_id),
            Some(Kind::BillPayment | Kind::Expense) => of(&record.cin7.purchase_id),
            _ => None,
        };
        let Some(on) = on else {
            return;
        };
        let there = self.paid.entry(on).or_default();
        there.retain(|paid| paid.key != record.key);
        if has_paid(record) {
            let total = record.cin7.total.as_ref().or(record.total.as_ref());
            there.push(Paid {
                key: record.key.clone(),
                payment_id: record.cin7.payment_id.clone(),
                amount: total.and_then(|text| text.parse().ok()).map(cents),
            });
        }
    }

    /// What the ledger says of a record, as far as it is known here.
    pub(super) fn told(&self, on: &Reading<'_>, key: &RecordKey) -> Option<Told> {
        let record = self.records.get(key)?;
        let is_done = matches!(record.state, State::Posted | State::Confirmed);
        let total = record.total.as_ref();
        let left = record.cin7.total.as_ref().or(total.filter(|_| is_done));
        Some(Told {
            progress: progress(record),
            said: figures(record, total),
            left: left
                .filter(|_| record.has_begun())
                .and_then(|left| figures(record, Some(left))),
            is_fresh: on.is_fresh(record.written_at),
        })
    }
}

/// The kind of a record that is tied out.
pub(super) fn kind_of(key: &RecordKey) -> Option<Kind> {
    key.kind.as_str().parse().ok()
}

/// Whether a payment of it stands in Cin7, or may.
fn has_paid(record: &Record) -> bool {
    let steps = ["payment", "purchase payment"];
    let mut steps = steps.into_iter().filter_map(|name| record.step(name));
    steps.any(|step| step.status != StepStatus::Undone)
}

fn progress(record: &Record) -> Progress {
    match record.state {
        State::Queued | State::Working | State::Retrying => Progress::OnItsWay,
        State::Uncertain => Progress::Uncertain,
        State::Waiting => Progress::Waiting(waits_for(record)),
        State::Posted | State::Confirmed => Progress::Posted,
        State::Attention => Progress::Attention,
        State::Skipped => Progress::Skipped,
        State::Reversed => Progress::Reversed,
    }
}

/// What it waits for; of a document that another one has to come before, that it is one.
fn waits_for(record: &Record) -> String {
    let what = record
        .waiting_for
        .as_deref()
        .unwrap_or("nothing that is known");
    let mut parents = ["invoice", "bill"].into_iter();
    let parent = parents.find(|kind| {
        let rest = what.strip_prefix(kind);
        rest.is_some_and(|rest| rest.starts_with(['/', ':', '#']))
    });
    parent.unwrap_or(what).to_owned()
}

fn figures(record: &Record, amount: Option<&String>) -> Option<Figures> {
    Some(Figures {
        day: record.day?,
        amount: amount?.parse().ok()?,
        currency: record.currency.as_deref()?.parse().ok()?,
    })
}
