//! What would become of documents, under the settings in force or others; nothing is written.

use std::time::Duration;

use clock::later;
use freshbooks::Days;
use jiff::civil::Date;
use ledger::{Connection, ConnectionId, DocumentId, Kind, RecordKey};
use mapping::Settings;
use serde::Serialize;
use sync::{Compared, Cursor, Move, NotPreviewed, Previewed, Previews, Total};

use crate::check::has_account;
use crate::life::parsed;
use crate::{Desk, Error};

/// How long an answer may take; the gateway gives up after 30 s.
const PATIENCE: Duration = Duration::from_secs(20);

/// Kinds that cross.
const KINDS: [&str; 2] = ["invoice", "payment"];

/// What would become of some documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewView {
    /// Each of them.
    pub records: Vec<Previewed>,
    /// What they come to, by month, kind, currency and outcome: of these records alone.
    pub totals: Vec<Total>,
    /// What to ask with for the rest; `None` where this is all.
    pub cursor: Option<String>,
}

/// What would stand differently under other settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedView {
    /// How many documents were compared.
    pub compared: usize,
    /// Those that would not post as they stand.
    pub records: Vec<Compared>,
    /// The money that would move: of this answer alone.
    pub moves: Vec<Move>,
    /// What to ask with for the rest; `None` where this is all.
    pub cursor: Option<String>,
}

impl Desk {
    /// What would become of one document.
    ///
    /// # Errors
    /// There is no such connection or document, its kind does not cross, the settings cannot be used, or
    /// something could not be read.
    pub async fn preview_one(
        &self,
        id: &ConnectionId,
        settings: Option<&str>,
        (kind, document): (Kind, DocumentId),
    ) -> Result<PreviewView, Error> {
        if !KINDS.iter().any(|known| kind.is(known)) {
            return Err(Error::Invalid(format!(
                "There is no preview of kind {kind}: only invoices and payments have one."
            )));
        }
        let (connection, settings) = self.for_preview(id, settings).await?;
        let key = RecordKey {
            connection: id.clone(),
            kind,
            id: document,
        };
        let previews = self.previews();
        let patience = later(self.clock().now(), PATIENCE);
        let mut preview = previews.begin(&connection, &settings, patience).await?;
        let Some(record) = preview.one(&key).await? else {
            return Err(Error::NotFound(format!(
                "FreshBooks has no {} {} in account {}.",
                key.kind, key.id, connection.account_id
            )));
        };
        Ok(PreviewView {
            totals: sync::totals(std::slice::from_ref(&record)),
            records: vec![record],
            cursor: None,
        })
    }

    /// What would become of the documents of a span of days, both included, a page at a time.
    ///
    /// # Errors
    /// There is no such connection, the days or the cursor cannot be, the settings cannot be used, or
    /// something could not be read.
    pub async fn preview_range(
        &self,
        id: &ConnectionId,
        settings: Option<&str>,
        (from, to): (Date, Date),
        cursor: Option<&str>,
    ) -> Result<PreviewView, Error> {
        if from > to {
            return Err(Error::Invalid(format!(
                "A preview from {from} to {to} has no day in it; give the earlier day first."
            )));
        }
        let cursor = cursor.map(str::parse::<Cursor>).transpose();
        let cursor = cursor.map_err(|_| {
            Error::Invalid(
                "The cursor is none that an answer gave; leave it out to begin at the beginning."
                    .to_owned(),
            )
        })?;
        let (connection, settings) = self.for_preview(id, settings).await?;
        let previews = self.previews();
        let patience = later(self.clock().now(), PATIENCE);
        let mut preview = previews.begin(&connection, &settings, patience).await?;
        let days = Days { from, to };
        let page = preview.range(days, cursor.unwrap_or_default()).await?;
        Ok(PreviewView {
            records: page.records,
            totals: page.totals,
            cursor: page.cursor.map(|cursor| cursor.to_string()),
        })
    }

    /// Which documents that stand in Cin7 would post differently under a document of settings, and the
    /// money that would move, a page at a time.
    ///
    /// # Errors
    /// There is no such connection, the settings cannot be used, or something could not be read.
    pub async fn compare_settings(
        &self,
        id: &ConnectionId,
        document: &str,
        cursor: Option<&str>,
    ) -> Result<ComparedView, Error> {
        let (connection, settings) = self.for_preview(id, Some(document)).await?;
        let previews = self.previews();
        let patience = later(self.clock().now(), PATIENCE);
        let mut preview = previews.begin(&connection, &settings, patience).await?;
        let page = preview.compare(cursor).await?;
        Ok(ComparedView {
            compared: page.compared,
            records: page.records,
            moves: page.moves,
            cursor: page.cursor,
        })
    }

    async fn for_preview(
        &self,
        id: &ConnectionId,
        document: Option<&str>,
    ) -> Result<(Connection, Settings), Error> {
        let connection = self.connection(id).await?;
        has_account(&connection)?;
        let document = self.document(&connection, document).await?;
        Ok((connection, parsed(&document)?))
    }

    fn previews(&self) -> Previews {
        let (tokens, cin7) = (self.tokens.clone(), self.cin7.clone());
        Previews::new(self.ledger.clone(), self.freshbooks.clone(), tokens, cin7)
    }
}

impl From<NotPreviewed> for Error {
    fn from(error: NotPreviewed) -> Self {
        match error {
            NotPreviewed::Ledger(error) => error.into(),
            NotPreviewed::Vault(error) => error.into(),
            NotPreviewed::FreshBooks(error) => error.into(),
            NotPreviewed::Passing(words) => Self::Unavailable(words),
        }
    }
}
