//! One journal entry, out of the list that the account serves: FreshBooks gives none alone
//! (docs/freshbooks-api.md, journals and accounts).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clock::later;
use freshbooks::{Journal, JournalEntry, LedgerAccount};
use jiff::Timestamp;
use ledger::ConnectionId;

use crate::fetch;
use crate::stop::Stop;
use crate::work::Work;

/// How long a reading in memory serves the looks that were asked for before it was made.
const SERVES: Duration = Duration::from_secs(60);
/// Where the ledger keeps with which list a connection began.
pub(crate) const BOOK: &str = "journals";

/// The journal entries of an account, and the accounts that they name.
#[derive(Debug)]
pub(crate) struct JournalBook {
    journal: Journal,
    /// None of the older list, whose rows name their accounts themselves.
    pub(crate) accounts: Vec<LedgerAccount>,
}

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Generation {
    /// By account, with numbers for ids.
    Details,
    /// By business, with UUIDs.
    Entries,
}

impl Generation {
    fn name(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Entries => "entries",
        }
    }
}

type Readings = HashMap<(ConnectionId, Generation), (Arc<JournalBook>, Timestamp)>;

/// Lists as last read. All looks of one burst need the same one, which may be the whole ledger.
#[derive(Debug, Default)]
pub(crate) struct JournalReadings(Mutex<Readings>);

impl JournalReadings {
    /// A reading that is newer than what asked for the look.
    fn after(
        &self,
        key: &(ConnectionId, Generation),
        heard_at: Timestamp,
        now: Timestamp,
    ) -> Option<Arc<JournalBook>> {
        let readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (book, at) = readings.get(key)?;
        (*at > heard_at && later(*at, SERVES) > now).then(|| book.clone())
    }

    fn keep(&self, key: (ConnectionId, Generation), book: &Arc<JournalBook>, at: Timestamp) {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        readings.insert(key, (book.clone(), at));
    }
}

/// What became of an entry.
pub(super) enum Found {
    There(Box<JournalEntry>, Arc<JournalBook>),
    /// The whole list was read, and it is not in it.
    Gone,
}

/// The record's entry. An entry has another id in each list, and nothing leads from one to the other:
/// a connection stays with the list that first had one of its entries, or each would cross twice.
pub(super) async fn entry(work: &mut Work<'_>) -> Result<Found, Stop> {
    let ledger = work.engine.ledger.clone();
    let connection = work.connection.id.clone();
    let begun_with = ledger.book(&connection, BOOK).await?;
    let begun_with = begun_with.and_then(|(name, _)| named(&name));
    let mut served = false;
    for generation in begun_with.map_or_else(|| likely(work), |known| vec![known]) {
        let Some(book) = book(work, generation).await? else {
            continue;
        };
        served = true;
        let id = work.record.key.id.as_str();
        let mut entries = book.journal.entries.iter();
        if let Some(entry) = entries.find(|entry| entry.id == id) {
            if begun_with.is_none() {
                let name = generation.name();
                ledger.put_book(&connection, BOOK, name).await?;
            }
            return Ok(Found::There(Box::new(entry.clone()), book));
        }
        let mut broken = book.journal.unreadable.iter();
        if let Some(broken) = broken.find(|broken| broken.id == id) {
            return Err(Stop::Attention(broken.why.clone()));
        }
    }
    if served {
        return Ok(Found::Gone);
    }
    Err(Stop::Retry(format!(
        "{}: FreshBooks does not serve the journal entries of this account. It is asked again.",
        work.subject()
    )))
}

fn named(name: &str) -> Option<Generation> {
    let known = [Generation::Details, Generation::Entries];
    known.into_iter().find(|known| known.name() == name)
}

/// The list whose ids look like this one comes first.
fn likely(work: &Work<'_>) -> Vec<Generation> {
    if work.record.key.id.as_str().contains('-') {
        return vec![Generation::Entries, Generation::Details];
    }
    vec![Generation::Details, Generation::Entries]
}

/// The list, read after the look was asked for; `None` where the account does not serve it.
async fn book(
    work: &mut Work<'_>,
    generation: Generation,
) -> Result<Option<Arc<JournalBook>>, Stop> {
    let now = work.engine.ledger.clock().now();
    let key = (work.connection.id.clone(), generation);
    let readings = &work.engine.journals;
    if let Some(book) = readings.after(&key, work.worker.heard_at, now) {
        return Ok(Some(book));
    }
    let read = match generation {
        Generation::Details => fetch::journal_details(work)
            .await?
            .map(|journal| JournalBook {
                journal,
                accounts: Vec::new(),
            }),
        Generation::Entries => match fetch::journal_entries(work).await? {
            Some(journal) => Some(JournalBook {
                journal,
                accounts: fetch::ledger_accounts(work).await?,
            }),
            None => None,
        },
    };
    let Some(book) = read.map(Arc::new) else {
        return Ok(None);
    };
    work.engine.journals.keep(key, &book, now);
    Ok(Some(book))
}
