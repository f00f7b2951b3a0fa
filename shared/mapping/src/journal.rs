//! A FreshBooks journal entry as a Cin7 journal.

mod accounts;
mod pairs;

use std::collections::BTreeMap;

use cin7::{EntryStatus, JournalLine, NewJournal};
use freshbooks::{JournalEntry, LedgerAccount, Origin, Side};
use money::{Decimal, Money, cents};

use crate::dates;
use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::Settings;
use crate::text::{cut, flat};

/// Longest notes.
const NOTE_LENGTH: usize = 1024;
/// Longest reference of a pair.
const REFERENCE_LENGTH: usize = 256;

/// What a journal is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    entry: &'a JournalEntry,
    ledger: &'a [LedgerAccount],
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

impl Source<'_> {
    /// The entry as sentences start with it.
    fn record(&self) -> String {
        record(self.entry)
    }
}

/// Plans the journal of an entry; `mark` is what it will be found by again. `ledger` has FreshBooks'
/// accounts, for the newer generation of entries names its accounts by id alone.
///
/// Rows of one Cin7 account are one amount, so n accounts that receive and m that give are at most
/// n + m − 1 pairs, the same ones in whatever order the rows came.
///
/// # Errors
/// [`Held`], the first reason for which the entry does not cross: Cin7 has no journals, nobody is
/// known to have made the entry, before the start date, in a locked period, another currency than the
/// base, amounts with parts of a cent, then an account that the settings lack, or nothing to post.
pub fn plan_journal(
    entry: &JournalEntry,
    ledger: &[LedgerAccount],
    settings: &Settings,
    facts: &Facts<'_>,
    mark: &str,
) -> Result<NewJournal, Held> {
    let source = Source {
        entry,
        ledger,
        settings,
        facts,
    };
    let record = source.record();
    if !settings.cin7.journals {
        return Err(journals_unavailable(entry));
    }
    origin(&source)?;
    dates::start_date(&record, entry.entered_on, settings)?;
    dates::lock_date(&record, entry.entered_on, facts)?;
    base_currency(&source)?;
    let sums = sums(&source)?;
    let pairs = pairs::pairs(&sums).ok_or_else(|| does_not_balance(&source))?;
    if pairs.is_empty() {
        let sentence = format!(
            "{record} moves nothing from one Cin7 account to another, so there is nothing to post \
             and nothing to do."
        );
        return Err(Held::skipped("zero", sentence));
    }
    let texts = [&entry.number, &entry.name, &entry.description].map(|text| flat(text));
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    let reference = cut(&flat(&entry.name), REFERENCE_LENGTH);
    Ok(NewJournal {
        status: if settings.cin7.journals_completed {
            EntryStatus::Completed
        } else {
            EntryStatus::Draft
        },
        currency: entry.currency,
        currency_rate: Decimal::ONE,
        date: entry.entered_on,
        narration: mark.to_owned(),
        notes: cut(&texts.join(" — "), NOTE_LENGTH),
        lines: pairs
            .into_iter()
            .map(|pair| JournalLine {
                debit: pair.debit,
                credit: pair.credit,
                amount: pair.amount,
                base_amount: pair.amount,
                reference: reference.clone(),
            })
            .collect(),
    })
}

/// The sentence for an entry where Cin7 has no manual journals, as with Xero attached
/// (docs/cin7-api.md, journals).
#[must_use]
pub fn journals_unavailable(entry: &JournalEntry) -> Held {
    Held::Attention {
        sentence: format!(
            "{} cannot be posted: this Cin7 account takes no manual journals, which is so where its \
             books are kept in an attached accounting system; enter it there.",
            record(entry)
        ),
    }
}

/// Older entries do not all say whether a person made them, and one that a document posted crosses
/// with its document already.
fn origin(source: &Source<'_>) -> Result<(), Held> {
    if source.entry.origin == Origin::Manual || source.settings.unclear_journals {
        return Ok(());
    }
    let key = SettingKey {
        table: "settings",
        key: "unclear_journals",
    };
    let sentence = format!(
        "{} names no document and does not say that a person made it, and what a document posted \
         would count twice; enter it in Cin7 by hand, or write {} if such entries should cross.",
        source.record(),
        key.raw_line("true")
    );
    Err(Held::waiting(&key, sentence))
}

/// A pair has an amount in the base currency as well, and FreshBooks shows none.
fn base_currency(source: &Source<'_>) -> Result<(), Held> {
    let (currency, base) = (source.entry.currency, source.facts.company.currency);
    if currency == base {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{} is in {currency}, and FreshBooks does not say what its amounts are in {base}, which \
             a journal in Cin7 needs; enter it in Cin7 by hand.",
            source.record()
        ),
    })
}

/// What every Cin7 account receives, less than nothing for what it gives.
fn sums(source: &Source<'_>) -> Result<BTreeMap<String, Decimal>, Held> {
    let mut sums = BTreeMap::new();
    for side in &source.entry.sides {
        if cents(side.amount) != side.amount {
            let amount = Money::new(side.amount, source.entry.currency);
            return Err(Held::Attention {
                sentence: format!(
                    "{} has an amount of {amount}, and Cin7 keeps two decimals; enter it in Cin7 by \
                     hand.",
                    source.record()
                ),
            });
        }
        let account = accounts::account(source, &side.account)?;
        let sum: &mut Decimal = sums.entry(account).or_default();
        match side.side {
            Side::Debit => *sum += side.amount,
            Side::Credit => *sum -= side.amount,
        }
    }
    Ok(sums)
}

fn does_not_balance(source: &Source<'_>) -> Held {
    let of = |wanted: Side| {
        let sides = source.entry.sides.iter();
        let amounts = sides.filter(|side| side.side == wanted);
        Money::new(amounts.map(|side| side.amount).sum(), source.entry.currency)
    };
    Held::Attention {
        sentence: format!(
            "{} does not balance: its debits come to {} and its credits to {}; correct it in \
             FreshBooks.",
            source.record(),
            of(Side::Debit),
            of(Side::Credit)
        ),
    }
}

fn record(entry: &JournalEntry) -> String {
    let texts = [&entry.number, &entry.name].map(|text| flat(text));
    let named = texts.into_iter().find(|text| !text.is_empty());
    named.map_or_else(
        || format!("Journal entry with the id {}", entry.id),
        |name| format!("Journal entry {name}"),
    )
}
