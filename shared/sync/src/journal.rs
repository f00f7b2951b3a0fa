//! A FreshBooks journal entry that a person made becomes a journal.

mod reading;

use cin7::NewJournal;
use freshbooks::{JournalEntry, Side};
use ledger::audit::Draft;
use mapping::{Held, journal_hash, journal_mark, journals_unavailable, plan_journal};
use money::{Decimal, Money};

use crate::entry;
use crate::fetch;
use crate::posting::{finished, kept_back, unchanged};
use crate::stop::Stop;
use crate::work::Work;

pub(crate) use reading::{BOOK, JournalReadings};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let (entry, book) = match reading::entry(work).await? {
        reading::Found::There(entry, book) => (entry, book),
        reading::Found::Gone => return fetch::gone(work).await,
    };
    describe(work, &entry);
    let content = journal_hash(&entry);
    work.saw(&content, "");
    work.note(
        Draft::new("fetched")
            .with("sides", entry.sides.len().to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    let settings = work.settings.clone();
    let planned = entry::plan(work, journal_mark, |facts, mark| {
        plan_journal(&entry, &book.accounts, &settings, facts, mark)
    });
    let plan: NewJournal = match planned.await? {
        Ok((plan, _)) => plan,
        Err(held @ Held::Skipped { .. }) => {
            return entry::withdraw::<NewJournal>(work, held.into()).await;
        }
        Err(held) => return Err(kept_back(work, held)),
    };
    let brought = entry::bring(work, plan, journal_mark).await;
    brought.map_err(|stop| unavailable(&entry, stop))?;
    finished(work, content);
    Ok(())
}

fn describe(work: &mut Work<'_>, entry: &JournalEntry) {
    let debits = entry.sides.iter().filter(|side| side.side == Side::Debit);
    let total: Decimal = debits.map(|side| side.amount).sum();
    work.describe_amount(Money::new(total, entry.currency), entry.entered_on);
    let called = [&entry.number, &entry.name];
    let called = called.into_iter().map(|text| text.trim());
    let called = called.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    work.record.number = called.into_iter().find(|text| !text.is_empty());
    work.record.told_deleted = false;
}

/// What Cin7 says where it has no journals is not documented (docs/cin7-api.md, journals).
fn unavailable(entry: &JournalEntry, stop: Stop) -> Stop {
    match stop {
        Stop::Refused(words) if words.to_lowercase().contains("not available") => {
            journals_unavailable(entry).into()
        }
        stop => stop,
    }
}
