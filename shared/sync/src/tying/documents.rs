//! What was read of both sides and the ledger, put together document by document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use ledger::RecordKey;
use money::{Currency, Decimal};
use tieout::{Copy, Document, InFreshbooks, Kind, Month, Stands};

use super::ledgered::{Book, kind_of};
use super::lists::{List, alone};
use super::rows::Row;
use super::{NotTied, Reading};

/// A copy in Cin7 as it was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) stands: Stands,
    pub(super) day: Option<Date>,
    /// `None` where Cin7 shows none: then what was left there is believed.
    pub(super) amount: Option<Decimal>,
    pub(super) currency: Option<Currency>,
}

/// Everything that was read.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) lists: BTreeMap<Kind, List>,
    pub(super) book: Book,
    copies: HashMap<RecordKey, Vec<Held>>,
    foreign: Vec<Document>,
}

impl Gathered {
    pub(super) fn new(lists: BTreeMap<Kind, List>, book: Book) -> Self {
        Self {
            lists,
            book,
            copies: HashMap::new(),
            foreign: Vec::new(),
        }
    }

    /// Takes down a copy of a document of ours, unless neither it nor its record is of the month: lists of
    /// Cin7 show whatever changed since.
    pub(super) fn hold(&mut self, month: Month, key: RecordKey, held: Held) {
        let is_of_month = held.day.is_some_and(|day| month.contains(day));
        if is_of_month || self.book.records.contains_key(&key) {
            self.copies.entry(key).or_default().push(held);
        }
    }

    /// Takes down what a person entered in Cin7 on a document of ours.
    pub(super) fn hold_foreign(&mut self, kind: Kind, on: &RecordKey, held: Held) {
        let record = self.book.records.get(on);
        let currency = record.and_then(|record| record.currency.as_deref()?.parse().ok());
        self.foreign.push(Document {
            kind,
            record: named(on),
            number: record.and_then(|record| record.number.clone()),
            freshbooks: InFreshbooks::Foreign,
            told: None,
            cin7: vec![Copy {
                stands: held.stands,
                day: held.day,
                amount: held.amount.unwrap_or_default(),
                currency: held.currency.or(currency),
            }],
        });
    }

    /// Whether there is anything of these kinds, on either side or on the way.
    pub(super) fn has_any(&self, kinds: &[Kind]) -> bool {
        let mut lists = kinds.iter().filter_map(|kind| self.lists.get(kind));
        let mut records = self.book.records.keys();
        lists.any(|list| !list.rows.is_empty())
            || records.any(|key| kind_of(key).is_some_and(|kind| kinds.contains(&kind)))
    }

    /// One document for each that any of the three knows in the month, with the key of its record.
    pub(super) async fn documents(
        &mut self,
        on: &Reading<'_>,
    ) -> Result<Vec<(Option<RecordKey>, Document)>, NotTied> {
        let held: Vec<_> = self.copies.keys().cloned().collect();
        self.book.fetch(on, held).await?;
        let mut documents = Vec::new();
        for key in self.keys(on) {
            let Some(kind) = kind_of(&key).filter(|kind| self.lists.contains_key(kind)) else {
                continue;
            };
            let row = self.shown(on, kind, &key).await?;
            let record = self.book.records.get(&key);
            let number = record.and_then(|record| record.number.clone());
            let document = Document {
                kind,
                record: named(&key),
                number: row.number.or(number),
                freshbooks: row.shown,
                told: self.book.told(on, &key),
                cin7: self.copies_of(on, &key),
            };
            documents.push((Some(key), document));
        }
        let foreign = self
            .foreign
            .iter()
            .filter(|one| self.lists.contains_key(&one.kind));
        documents.extend(foreign.map(|one| (None, one.clone())));
        Ok(documents)
    }

    /// The keys of everything that may count in the month.
    fn keys(&self, on: &Reading<'_>) -> BTreeSet<RecordKey> {
        let listed = self
            .lists
            .iter()
            .flat_map(|(kind, list)| on.keys(*kind, list));
        let records = self.book.records.keys().cloned();
        listed
            .chain(records)
            .chain(self.copies.keys().cloned())
            .collect()
    }

    /// What FreshBooks shows of a document. One that is not in its list and stands in Cin7 is asked for
    /// by its id: it may have moved to another month, or slipped by while pages moved.
    async fn shown(&self, on: &Reading<'_>, kind: Kind, key: &RecordKey) -> Result<Row, NotTied> {
        let id = key.id.as_str();
        let list = self.lists.get(&kind);
        if let Some(row) = list.and_then(|list| list.rows.get(id)) {
            return Ok(row.clone());
        }
        let is_whole = list.is_some_and(|list| list.is_whole);
        let stands = self
            .copies
            .get(key)
            .is_some_and(|copies| copies.iter().any(|copy| copy.stands == Stands::Booked));
        let row = if is_whole || !stands {
            None
        } else {
            alone(on, kind, id).await?
        };
        Ok(row.unwrap_or(Row {
            number: None,
            shown: InFreshbooks::Deleted,
        }))
    }

    /// The copies of a document in Cin7.
    pub(super) fn copies_of(&self, on: &Reading<'_>, key: &RecordKey) -> Vec<Copy> {
        let held = self.copies.get(key).map(Vec::as_slice);
        self.filled(on, key, held.unwrap_or_default())
    }

    /// Copies with their amounts: one that Cin7 does not show is the one that was left there.
    pub(super) fn filled(&self, on: &Reading<'_>, key: &RecordKey, held: &[Held]) -> Vec<Copy> {
        let left = self.book.told(on, key).and_then(|told| told.left);
        let left = left.map(|figures| figures.amount).unwrap_or_default();
        let copy = |held: &Held| Copy {
            stands: held.stands,
            day: held.day,
            amount: held.amount.unwrap_or(left),
            currency: held.currency,
        };
        held.iter().map(copy).collect()
    }
}

/// A record as reports name it.
fn named(key: &RecordKey) -> String {
    format!("{}/{}", key.kind, key.id)
}
