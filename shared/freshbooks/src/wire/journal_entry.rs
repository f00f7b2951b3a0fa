//! The newer journal on the wire, whose answer nobody has documented in full: every shape that its
//! descriptions suggest is read (docs/freshbooks-api.md, journals and accounts).

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Currency;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::amount::Amount;
use super::journal_detail::{JournalRead, balanced};
use super::page::row_of;
use super::scalar::Scalar;
use super::{Breach, Page, Row, parse};
use crate::{JournalAccount, JournalSide, Origin, Side};

/// The names that the list may have.
pub(crate) const JOURNAL_ENTRY_KEYS: &[&str] = &[
    "manualJournalEntries",
    "journalEntries",
    "journal_entries",
    "data",
];

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    uuid: Scalar,
    id: Scalar,
    name: Scalar,
    journal_entry_number: Scalar,
    description: Scalar,
    user_entered_date: Option<Day>,
    details: Vec<Detail>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Day {
    Parts { year: i16, month: i8, day: i8 },
    Text(String),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Detail {
    account_id: Scalar,
    amount: Amount,
    #[serde(rename = "type")]
    kind: Scalar,
}

/// A page of entries. It has no counters that are known.
pub(crate) fn journal_entries(body: &[u8]) -> Result<Page<Row<crate::JournalEntry>>, Breach> {
    let fields: BTreeMap<String, Box<RawValue>> = parse(body)?;
    let mut known = JOURNAL_ENTRY_KEYS.iter().filter_map(|&key| fields.get(key));
    let rows = known.next().ok_or_else(|| Breach::missing("list"))?;
    let rows: Vec<Box<RawValue>> = parse(rows.get().as_bytes())?;
    let rows = rows.iter().map(|row| unwrapped(row));
    Ok(Page {
        rows: rows.collect::<Result<_, _>>()?,
        pages: None,
        total: None,
    })
}

/// An entry, which may stand in a wrapper of its own.
fn unwrapped(row: &RawValue) -> Result<Row<crate::JournalEntry>, Breach> {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Wrapper {
        manual_journal_entry: Option<Box<RawValue>>,
    }
    let wrapper: Wrapper = parse(row.get().as_bytes())?;
    let inside = wrapper.manual_journal_entry;
    row_of::<Entry, _>(inside.as_deref().unwrap_or(row), &["uuid", "id"])
}

impl TryFrom<Entry> for crate::JournalEntry {
    type Error = Breach;

    fn try_from(wire: Entry) -> Result<Self, Breach> {
        let id = wire
            .uuid
            .id()
            .or_else(|| wire.id.id())
            .ok_or_else(|| Breach::missing("id"))?;
        let currency = wire.currency()?;
        let sides = wire.details.iter();
        let sides: Result<Vec<_>, Breach> = sides.map(|detail| detail.side(currency)).collect();
        let sides = sides?;
        balanced(&sides)?;
        Ok(Self {
            id: id.to_owned(),
            name: wire.name.trimmed().to_owned(),
            number: wire.journal_entry_number.trimmed().to_owned(),
            description: wire.description.trimmed().to_owned(),
            entered_on: wire.entered_on()?,
            currency,
            origin: Origin::Manual,
            sides,
        })
    }
}

impl Entry {
    fn currency(&self) -> Result<Currency, Breach> {
        for detail in &self.details {
            if let Some(currency) = detail.amount.currency("an amount")? {
                return Ok(currency);
            }
        }
        Err(Breach::missing("currency"))
    }

    fn entered_on(&self) -> Result<Date, Breach> {
        match &self.user_entered_date {
            None => Err(Breach::missing("date")),
            Some(Day::Parts { year, month, day }) => Date::new(*year, *month, *day).map_err(|_| {
                let found = format!("{year}-{month}-{day}");
                Breach::odd("date", &found, "a calendar day")
            }),
            Some(Day::Text(text)) => text
                .parse()
                .map_err(|_| Breach::odd("date", text, "a calendar day")),
        }
    }
}

impl Detail {
    fn side(&self, currency: Currency) -> Result<JournalSide, Breach> {
        let side = match self.kind.trimmed() {
            "TYPE_DEBIT" => Side::Debit,
            "TYPE_CREDIT" => Side::Credit,
            other => return Err(Breach::odd("type of a side", other, "a debit or a credit")),
        };
        let id = self.account_id.id();
        Ok(JournalSide {
            account: JournalAccount {
                id: id
                    .ok_or_else(|| Breach::missing("account of a side"))?
                    .to_owned(),
                number: String::new(),
                name: String::new(),
            },
            side,
            amount: self.amount.required_in(currency, "amount of a side")?,
        })
    }
}

impl JournalRead {
    /// Of a list that holds manual entries only.
    pub(crate) fn manual(rows: Vec<Row<crate::JournalEntry>>) -> Self {
        let mut read = Self::default();
        for row in rows {
            match row {
                Row::Read(entry) => read.entries.push(entry),
                Row::Broken { id, breach } => read.broken.push((id, breach)),
            }
        }
        read
    }
}
