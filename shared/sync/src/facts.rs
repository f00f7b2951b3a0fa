//! What is known of a Cin7 account: read once an hour at most, kept in the ledger and in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cin7::{Books, Company, Product, Reader};
use clock::{SharedClock, later};
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{ConnectionId, Ledger};
use mapping::Facts;
use serde::{Deserialize, Serialize};

use crate::cin7_pace::KeyPace;

/// How long a reading serves. An hour, because a period may be closed at any time of the day.
const FRESH: Duration = Duration::from_secs(3600);
/// A reading older than this is renewed when it seems to lack something: a person may just have added it.
const DOUBTED: Duration = Duration::from_secs(60);
/// `/me`, accounts, taxes, terms, locations and products, one page each.
const CALLS: u32 = 6;

const BOOK: &str = "facts";

/// A Cin7 account as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Base currency, lock date and defaults.
    pub company: Company,
    /// Accounts, tax rules, payment terms and locations.
    pub books: Books,
    /// Every product that is not deprecated.
    pub products: Vec<Product>,
}

impl Known {
    /// The same as planning takes it.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            company: &self.company,
            books: &self.books,
            products: &self.products,
        }
    }
}

type Dated = (Arc<Known>, Timestamp);

/// Readings in memory.
#[derive(Debug)]
pub(crate) struct KnownFacts {
    clock: SharedClock,
    memory: Mutex<HashMap<ConnectionId, Dated>>,
}

/// A failed reading.
#[derive(Debug)]
pub(crate) enum Failed {
    Ledger(ledger::Error),
    Cin7(cin7::Error),
}

impl KnownFacts {
    pub(crate) fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            memory: Mutex::new(HashMap::new()),
        }
    }

    /// The account as last read: from memory, else from the ledger, else from Cin7.
    pub(crate) async fn get(
        &self,
        ledger: &Ledger,
        connection: &ConnectionId,
        reader: &Reader,
        pace: Option<&KeyPace>,
    ) -> Result<Arc<Known>, Failed> {
        let remembered = self
            .memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(connection)
            .cloned();
        if let Some((known, at)) = remembered
            && self.serves(at, FRESH)
        {
            return Ok(known);
        }
        if let Some((text, at)) = ledger
            .book(connection, BOOK)
            .await
            .map_err(Failed::Ledger)?
            && self.serves(at, FRESH)
            && let Ok(known) = serde_json::from_str::<Known>(&text)
        {
            return Ok(self.remember(connection, known, at));
        }
        self.read(ledger, connection, reader, pace).await
    }

    /// Reads the account anew if the reading in use is not from the last minute; `None` if it is.
    pub(crate) async fn renewed(
        &self,
        ledger: &Ledger,
        connection: &ConnectionId,
        reader: &Reader,
        pace: Option<&KeyPace>,
    ) -> Result<Option<Arc<Known>>, Failed> {
        let at = self
            .memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(connection)
            .map(|&(_, at)| at);
        if at.is_some_and(|at| self.serves(at, DOUBTED)) {
            return Ok(None);
        }
        self.read(ledger, connection, reader, pace).await.map(Some)
    }

    async fn read(
        &self,
        ledger: &Ledger,
        connection: &ConnectionId,
        reader: &Reader,
        pace: Option<&KeyPace>,
    ) -> Result<Arc<Known>, Failed> {
        let known = read_account(ledger, connection, reader, pace).await?;
        Ok(self.remember(connection, known, self.clock.now()))
    }

    fn remember(&self, connection: &ConnectionId, known: Known, at: Timestamp) -> Arc<Known> {
        let known = Arc::new(known);
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.insert(connection.clone(), (known.clone(), at));
        known
    }

    fn serves(&self, at: Timestamp, span: Duration) -> bool {
        later(at, span) > self.clock.now()
    }
}

/// Reads the account from Cin7 and keeps it in the ledger.
pub(crate) async fn read_account(
    ledger: &Ledger,
    connection: &ConnectionId,
    reader: &Reader,
    pace: Option<&KeyPace>,
) -> Result<Known, Failed> {
    if let Some(pace) = pace {
        pace.expect(CALLS);
    }
    let company = reader.company().await.map_err(Failed::Cin7)?;
    if company.applies_discounts {
        tracing::warn!(
            connection = %connection,
            "Cin7 applies discounts by itself on this account and may change prices: switch it off there"
        );
    }
    let books = reader.books().await.map_err(Failed::Cin7)?;
    let products = reader.products().await.map_err(Failed::Cin7)?;
    let known = Known {
        company,
        books,
        products,
    };
    if let Ok(text) = serde_json::to_string(&known) {
        ledger
            .put_book(connection, BOOK, &text)
            .await
            .map_err(Failed::Ledger)?;
    }
    Ok(known)
}

/// Reads the account anew if the reading in the ledger is older than `span`.
pub(crate) async fn keep(
    ledger: &Ledger,
    connection: &ConnectionId,
    span: Duration,
    reader: &Reader,
    pace: &KeyPace,
) -> Result<(), Failed> {
    let stored = ledger
        .book(connection, BOOK)
        .await
        .map_err(Failed::Ledger)?;
    if stored.is_some_and(|(_, at)| later(at, span) > ledger.clock().now()) {
        return Ok(());
    }
    read_account(ledger, connection, reader, Some(pace))
        .await
        .map(|_| ())
}

/// What the audit trail says of a reading.
pub(crate) fn read_entry(known: &Known) -> Draft {
    Draft::new("books read")
        .with("products", known.products.len().to_string())
        .with("base_currency", known.company.currency.to_string())
}
