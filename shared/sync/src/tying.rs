//! Tying out a month: what FreshBooks shows, what Cin7 shows and what the ledger says, brought together
//! for the pure [`tieout`].
//!
//! Both sides are read by their lists: FreshBooks' a hundred rows a call, Cin7's a thousand. One document
//! is asked about alone only where the lists leave it open. What is read is read one after another while
//! things go on, so that whatever differs is looked up once more before it is blamed on anybody.

mod documents;
mod entries;
mod ledgered;
mod lists;
mod paid;
mod pass;
mod purchases;
mod rows;
mod sales;

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use clock::later;
use freshbooks::Api;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::{Connection, ConnectionId, Ledger, RecordKey};
use mapping::Settings;
use tieout::{Kind, Month, Rules, TieOut, Unread, cause_of, differs, tie};
use vault::TokenVault;

use crate::access::Cin7Access;
use crate::preview::NotPreviewed;
use crate::stop::cin7_stop;
use documents::Gathered;
use ledgered::Book;
use lists::{List, listed};

/// Why a month could not be tied out: something could not be read.
pub type NotTied = NotPreviewed;

/// How long Cin7's lists may show what stood there before our last write (docs/cin7-api.md, read-after-write
/// lag).
const LAG: Duration = Duration::from_secs(120);

/// So long before a month its documents may have been written in Cin7: dated ahead, or moved into it by
/// somebody since.
const AHEAD: Duration = Duration::from_secs(62 * 24 * 3600);

/// What is left to a person: a look at it ends with that.
const LEFT_TO_PEOPLE: Kind = Kind::CreditNote;

/// Ties months out. Its Cin7 handle can only read. Cheap to clone.
#[derive(Debug, Clone)]
pub struct TieOuts {
    ledger: Ledger,
    freshbooks: Api,
    tokens: Arc<TokenVault>,
    cin7: Cin7Access,
}

/// What every part of one reading works on.
struct Reading<'a> {
    on: &'a TieOuts,
    connection: &'a Connection,
    settings: &'a Settings,
    month: Month,
    owner: &'a str,
    reader: cin7::Reader,
}

impl TieOuts {
    /// Tie-outs on these clients; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, freshbooks: Api, tokens: TokenVault, cin7: Cin7Access) -> Self {
        Self {
            ledger,
            freshbooks,
            tokens: Arc::new(tokens),
            cin7,
        }
    }

    /// Reads both sides of a month and ties it out; `None` where there is no such connection. No call of
    /// Cin7 is begun after `patience`. `owner` names who asks, and nobody else at the same time: a lease of the
    /// tokens is its owner's to take again.
    ///
    /// # Errors
    /// Something could not be read; a kind that FreshBooks alone does not show is left out instead, and
    /// said so.
    pub async fn tie_out(
        &self,
        id: &ConnectionId,
        month: Month,
        (owner, patience): (&str, Timestamp),
    ) -> Result<Option<TieOut>, NotTied> {
        let Some(connection) = self.ledger.connection(id).await? else {
            return Ok(None);
        };
        let settings = self
            .ledger
            .settings(id, connection.settings_version)
            .await?;
        let settings = Settings::parse(&settings.unwrap_or_default());
        let settings = settings.map_err(|error| NotTied::Passing(error.to_string()))?;
        let opened = self.cin7.reader(id, patience).await?;
        let reading = Reading {
            on: self,
            connection: &connection,
            settings: &settings,
            month,
            owner,
            reader: opened.handle,
        };
        // Boxed, because what callers build around it is deep as it is.
        let tied: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(reading.tied());
        tied.await.map(Some)
    }

    /// Ties a month out and stores it, for people to see at no further cost.
    ///
    /// # Errors
    /// As [`TieOuts::tie_out`]; what was stored before stays.
    pub async fn tie_out_and_store(
        &self,
        id: &ConnectionId,
        month: Month,
        (owner, patience): (&str, Timestamp),
    ) -> Result<Option<TieOut>, NotTied> {
        let Some(tied) = self.tie_out(id, month, (owner, patience)).await? else {
            return Ok(None);
        };
        let text = serde_json::to_string(&tied).map_err(|error| {
            NotTied::Passing(format!("The tie-out could not be stored: {error}."))
        })?;
        self.ledger
            .put_tie_out(id, &month.to_string(), &text)
            .await?;
        Ok(Some(tied))
    }

    /// The tie-out of a month as it was last stored.
    ///
    /// # Errors
    /// The table could not be read, or holds what is none.
    pub async fn stored(&self, id: &ConnectionId, month: Month) -> Result<Option<TieOut>, NotTied> {
        stored(&self.ledger, id, month).await
    }
}

/// The tie-out of a month as it was last stored.
///
/// # Errors
/// The table could not be read, or holds what is none.
pub async fn stored(
    ledger: &Ledger,
    id: &ConnectionId,
    month: Month,
) -> Result<Option<TieOut>, NotTied> {
    let Some((text, _)) = ledger.tie_out(id, &month.to_string()).await? else {
        return Ok(None);
    };
    let tied = serde_json::from_str(&text);
    let unreadable = |error| {
        NotTied::Passing(format!(
            "The stored tie-out of {month} cannot be read ({error}); have it made anew."
        ))
    };
    tied.map(Some).map_err(unreadable)
}

impl Reading<'_> {
    async fn tied(&self) -> Result<TieOut, NotTied> {
        let at = self.on.ledger.clock().now();
        let (lists, unread) = self.lists().await?;
        let mut book = Book::read(self).await?;
        let mut keys = Vec::new();
        for (kind, list) in &lists {
            keys.extend(self.keys(*kind, list));
        }
        book.fetch(self, keys).await?;
        let mut gathered = Gathered::new(lists, book);
        self.read_sales(&mut gathered).await?;
        self.read_purchases(&mut gathered).await?;
        self.read_journals(&mut gathered).await?;
        self.read_money_operations(&mut gathered).await?;
        let rules = self.rules();
        let mut documents = gathered.documents(self).await?;
        for (key, document) in &mut documents {
            let (Some(key), true) = (key, differs(self.month, document)) else {
                continue;
            };
            // The document may have moved on since it was listed.
            gathered.book.read_again(self, key).await?;
            document.told = gathered.book.told(self, key);
            let cause = cause_of(document, &rules);
            if cause.is_none_or(|cause| cause.blames_cin7())
                && let Some(copies) = self.asked_alone(&gathered, key).await?
            {
                document.cin7 = copies;
            }
        }
        let documents: Vec<_> = documents
            .into_iter()
            .map(|(_, document)| document)
            .collect();
        Ok(TieOut {
            connection: self.connection.id.to_string(),
            month: self.month,
            at,
            kinds: tie(self.month, &documents, &rules),
            unread,
        })
    }

    /// What FreshBooks lists of each kind. One that cannot be read keeps none of the others back.
    async fn lists(&self) -> Result<(BTreeMap<Kind, List>, Vec<Unread>), NotTied> {
        let (mut lists, mut unread) = (BTreeMap::new(), Vec::new());
        for kind in Kind::ALL {
            match listed(self, kind).await {
                Ok(list) => {
                    lists.insert(kind, list);
                }
                Err(NotTied::FreshBooks(
                    freshbooks::Error::Forbidden(why) | freshbooks::Error::Refused(why),
                )) => unread.push(Unread { kind, why }),
                Err(error) => return Err(error),
            }
        }
        Ok((lists, unread))
    }

    fn rules(&self) -> Rules {
        let moves =
            |kind: &Kind| *kind != LEFT_TO_PEOPLE && self.settings.documents.moves(kind.name());
        Rules {
            start_date: self.settings.start_date,
            unsupported: Kind::ALL.into_iter().filter(|kind| !moves(kind)).collect(),
        }
    }

    /// The keys of what was listed and counts in the month.
    fn keys(&self, kind: Kind, list: &List) -> Vec<RecordKey> {
        let ids = list.of_month(self.month);
        ids.filter_map(|id| self.key(kind, id)).collect()
    }

    /// The key of a record of this connection; `None` for an id that cannot be.
    fn key(&self, kind: Kind, id: &str) -> Option<RecordKey> {
        RecordKey::parse(self.connection.id.as_str(), kind.name(), id).ok()
    }

    /// Since when whatever belongs to the month has been written in Cin7: nothing of a record is, before
    /// there is one.
    fn since(&self, book: &Book) -> Timestamp {
        let first = self.month.first().to_zoned(TimeZone::UTC);
        let first = first.map_or(Timestamp::MIN, |first| first.timestamp());
        let since = book.first.map_or(first, |begun| begun.min(first));
        since.checked_sub(AHEAD).unwrap_or(since)
    }

    /// Whether Cin7 took a write a moment ago, so that its lists may not show it.
    fn is_fresh(&self, written_at: Option<Timestamp>) -> bool {
        let now = self.on.ledger.clock().now();
        written_at.is_some_and(|at| later(at, LAG) > now)
    }
}

/// A failed read of Cin7.
fn unread(error: cin7::Error) -> NotTied {
    cin7_stop("The tie-out", error).into()
}
