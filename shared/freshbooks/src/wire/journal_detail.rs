//! The older journal on the wire: one row for each debit and credit
//! (docs/freshbooks-api.md, journals and accounts).

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::Deserialize;

use super::amount::Amount;
use super::page::{Row, rows};
use super::scalar::Scalar;
use super::{Breach, Page};
use crate::{JournalAccount, JournalEntry, JournalSide, Origin, Side};

/// What was read of a journal.
#[derive(Debug, Default)]
pub(crate) struct JournalRead {
    pub(crate) entries: Vec<JournalEntry>,
    /// Id and breach.
    pub(crate) broken: Vec<(String, Breach)>,
    pub(crate) of_documents: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    id: Scalar,
    detailid: Scalar,
    name: Scalar,
    description: Scalar,
    user_entered_date: Scalar,
    detail_type: Scalar,
    debit: Amount,
    credit: Amount,
    account: Option<Account>,
    sub_account: Option<SubAccount>,
    entry: Option<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Account {
    accountid: Scalar,
    account_name: Scalar,
    account_number: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SubAccount {
    sub_accountid: Scalar,
    account_sub_name: Scalar,
    account_sub_number: Scalar,
}

/// What stands behind a row. A client or a category is no document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Entry {
    entryid: Scalar,
    creditid: Scalar,
    expenseid: Scalar,
    incomeid: Scalar,
    invoiceid: Scalar,
    paymentid: Scalar,
    /// In no SDK; a bill's entry would be told from a manual one by it.
    billid: Scalar,
    bill_paymentid: Scalar,
}

impl Entry {
    fn names_a_document(&self) -> bool {
        let documents = [
            &self.creditid,
            &self.expenseid,
            &self.incomeid,
            &self.invoiceid,
            &self.paymentid,
            &self.billid,
            &self.bill_paymentid,
        ];
        documents.iter().any(|id| id.id().is_some())
    }
}

/// A row that belongs to an entry.
#[derive(Debug)]
pub(crate) struct JournalDetail {
    pub(crate) id: String,
    entry_id: String,
    wire: Detail,
}

impl TryFrom<Detail> for JournalDetail {
    type Error = Breach;

    fn try_from(wire: Detail) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.detailid.id())
            .ok_or_else(|| Breach::missing("id of a row"))?;
        let entry = wire.entry.as_ref().and_then(|entry| entry.entryid.id());
        let entry_id = entry.ok_or_else(|| Breach::new(format_args!("row {id} names no entry")))?;
        Ok(Self {
            id: id.to_owned(),
            entry_id: entry_id.to_owned(),
            wire,
        })
    }
}

/// A page of rows.
pub(crate) fn journal_details(body: &[u8]) -> Result<Page<Row<JournalDetail>>, Breach> {
    rows::<Detail, _>(body, "journal_entry_details", &["id", "detailid"])
}

/// The rows of all pages, put together again: rows of one entry may stand on several pages. A row
/// that cannot be read goes under an id of its own, and the rest of its entry does not balance.
pub(crate) fn entries_of(rows: Vec<Row<JournalDetail>>) -> JournalRead {
    let mut read = JournalRead::default();
    let mut grouped: BTreeMap<String, Vec<JournalDetail>> = BTreeMap::new();
    let mut order = Vec::new();
    for row in rows {
        match row {
            Row::Broken { id, breach } => read.broken.push((format!("row-{id}"), breach)),
            Row::Read(row) => {
                let group = grouped.entry(row.entry_id.clone()).or_default();
                if group.is_empty() {
                    order.push(row.entry_id.clone());
                }
                group.push(row);
            }
        }
    }
    for id in order {
        let rows = grouped.remove(&id).unwrap_or_default();
        let is_of_document = |row: &JournalDetail| {
            let entry = row.wire.entry.as_ref();
            entry.is_some_and(Entry::names_a_document)
        };
        if rows.iter().any(is_of_document) {
            read.of_documents += 1;
            continue;
        }
        match entry_of(&id, rows) {
            Ok(entry) => read.entries.push(entry),
            Err(breach) => read.broken.push((id, breach)),
        }
    }
    read
}

fn entry_of(id: &str, mut rows: Vec<JournalDetail>) -> Result<JournalEntry, Breach> {
    // Ids count up with the lines of an entry, whatever order the list has.
    rows.sort_by(|one, other| (one.id.len(), &one.id).cmp(&(other.id.len(), &other.id)));
    let first = rows.first().ok_or_else(|| Breach::new("it has no rows"))?;
    let entered_on = day_of(&first.wire)?;
    let currency = currency_of(&rows)?;
    let is_adjustment = |row: &JournalDetail| row.wire.detail_type.trimmed() == "adjustment";
    let origin = if rows.iter().all(is_adjustment) {
        Origin::Manual
    } else {
        Origin::Unclear
    };
    let (name, description) = (
        first.wire.name.trimmed().to_owned(),
        first.wire.description.trimmed().to_owned(),
    );
    let mut sides = Vec::with_capacity(rows.len());
    for row in &rows {
        if day_of(&row.wire)? != entered_on {
            return Err(Breach::new("its rows are of different days"));
        }
        sides.extend(side_of(row, currency)?);
    }
    balanced(&sides)?;
    Ok(JournalEntry {
        id: id.to_owned(),
        name,
        number: String::new(),
        description,
        entered_on,
        currency,
        origin,
        sides,
    })
}

fn day_of(row: &Detail) -> Result<Date, Breach> {
    row.user_entered_date
        .date("date")?
        .ok_or_else(|| Breach::missing("date"))
}

fn currency_of(rows: &[JournalDetail]) -> Result<Currency, Breach> {
    for row in rows {
        for amount in [&row.wire.debit, &row.wire.credit] {
            if let Some(currency) = amount.currency("an amount")? {
                return Ok(currency);
            }
        }
    }
    Err(Breach::missing("currency"))
}

/// A row has a debit or a credit; a row of nothing is none.
fn side_of(row: &JournalDetail, currency: Currency) -> Result<Option<JournalSide>, Breach> {
    let id = &row.id;
    let money = |amount: &Amount, what: &str| {
        let amount = amount.in_currency(currency, &format!("{what} of row {id}"))?;
        Ok::<_, Breach>(amount.unwrap_or(Decimal::ZERO))
    };
    let debit = money(&row.wire.debit, "debit")?;
    let credit = money(&row.wire.credit, "credit")?;
    let (side, amount) = match (debit.is_zero(), credit.is_zero()) {
        (true, true) => return Ok(None),
        (false, true) => (Side::Debit, debit),
        (true, false) => (Side::Credit, credit),
        (false, false) => {
            return Err(Breach::new(format_args!(
                "row {id} is a debit and a credit at once"
            )));
        }
    };
    Ok(Some(JournalSide {
        account: account_of(&row.wire)
            .ok_or_else(|| Breach::missing(format_args!("account of row {id}")))?,
        side,
        amount,
    }))
}

/// The sub-account where there is one, numbered in full as the newer generation does: `4000-1`.
fn account_of(row: &Detail) -> Option<JournalAccount> {
    let empty = (Account::default(), SubAccount::default());
    let top = row.account.as_ref().unwrap_or(&empty.0);
    let below = row.sub_account.as_ref().unwrap_or(&empty.1);
    let top_number = top.account_number.trimmed();
    let number = match below.account_sub_number.filled() {
        None => top_number.to_owned(),
        Some(number) if number.starts_with(top_number) => number.to_owned(),
        Some(number) => format!("{top_number}-{number}"),
    };
    let id = below.sub_accountid.id().or_else(|| top.accountid.id())?;
    let name = below.account_sub_name.filled();
    Some(JournalAccount {
        id: id.to_owned(),
        name: name.unwrap_or(top.account_name.trimmed()).to_owned(),
        number,
    })
}

/// An entry that does not balance was not read in full, whatever the reason.
pub(super) fn balanced(sides: &[JournalSide]) -> Result<(), Breach> {
    if let Some(side) = sides.iter().find(|side| side.amount < Decimal::ZERO) {
        return Err(Breach::new(format_args!(
            "it has a side of {}, which is below zero",
            side.amount
        )));
    }
    let sum = |wanted: Side| -> Decimal {
        let sides = sides.iter().filter(|side| side.side == wanted);
        sides.map(|side| side.amount).sum()
    };
    let (debits, credits) = (sum(Side::Debit), sum(Side::Credit));
    if debits != credits {
        return Err(Breach::new(format_args!(
            "its debits come to {debits}, its credits to {credits}"
        )));
    }
    if sides.is_empty() {
        return Err(Breach::new("it has neither debits nor credits"));
    }
    Ok(())
}
