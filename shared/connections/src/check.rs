//! Settings compared with the live books of both sides.

use std::time::Duration;

use clock::later;
use freshbooks::{DatedRow, Days, Invoice, PageNumber};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use ledger::{Connection, ConnectionId};
use mapping::{Checked, Seen, Settings};
use serde::Serialize;

use crate::desk::ask;
use crate::{Desk, Error};

/// How long the calls to Cin7 may take together; the gateway gives up after 30 s.
const PATIENCE: Duration = Duration::from_secs(15);
/// How far back and ahead invoices are looked at, in days.
const AROUND: i64 = 180;
/// At most so many pages of 100, the newest invoices first.
const PAGES: u64 = 3;

/// What a check found, and what it looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedSettings {
    /// What was found.
    #[serde(flatten)]
    pub checked: Checked,
    /// What it was compared with; `None` where the document could not be read at all.
    pub read: Option<ReadBooks>,
}

/// What settings were compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadBooks {
    /// When Cin7's books were read.
    pub cin7_at: Timestamp,
    /// When FreshBooks' lists were read.
    pub freshbooks_at: Timestamp,
    /// How many invoices were looked at for taxes, currencies and products in use.
    pub invoices: usize,
    /// Invoices dated earlier were not looked at.
    pub invoices_from: Date,
    /// Whether there were more since then than are looked at.
    pub more_invoices: bool,
}

/// FreshBooks' side, as it is now.
struct Lists {
    taxes: Vec<freshbooks::Tax>,
    categories: Vec<freshbooks::Category>,
    invoices: Vec<Invoice>,
    invoices_from: Date,
    more_invoices: bool,
}

impl Desk {
    /// Compares a document, or the settings in force, with the live books of both sides. Cin7's are read
    /// anew. Nothing but that reading is stored.
    ///
    /// # Errors
    /// There is no such connection, or one of the sides could not be read. A document that cannot be
    /// read is no error here: its problems are what was asked for.
    pub async fn check_settings(
        &self,
        id: &ConnectionId,
        document: Option<&str>,
    ) -> Result<CheckedSettings, Error> {
        let connection = self.connection(id).await?;
        let document = self.document(&connection, document).await?;
        let settings = match Settings::parse(&document) {
            Ok(settings) => settings,
            Err(error) => {
                return Ok(CheckedSettings {
                    checked: mapping::unreadable(&error),
                    read: None,
                });
            }
        };
        has_account(&connection)?;
        let patience = later(self.clock().now(), PATIENCE);
        let known = self.cin7.read_facts(id, patience).await?;
        let cin7_at = self.clock().now();
        let lists = self.lists(&connection).await?;
        let seen = Seen {
            taxes: &lists.taxes,
            categories: &lists.categories,
            invoices: &lists.invoices,
        };
        let read = ReadBooks {
            cin7_at,
            freshbooks_at: self.clock().now(),
            invoices: lists.invoices.len(),
            invoices_from: lists.invoices_from,
            more_invoices: lists.more_invoices,
        };
        Ok(CheckedSettings {
            checked: mapping::check(&settings, &known.facts(), &seen),
            read: Some(read),
        })
    }

    /// A document, or the one in force where none is given.
    pub(crate) async fn document(
        &self,
        connection: &Connection,
        given: Option<&str>,
    ) -> Result<String, Error> {
        if let Some(given) = given {
            return Ok(given.to_owned());
        }
        let (id, version) = (&connection.id, connection.settings_version);
        Ok(self.ledger.settings(id, version).await?.unwrap_or_default())
    }

    async fn lists(&self, connection: &Connection) -> Result<Lists, Error> {
        let (id, account) = (&connection.id, connection.account_id.as_str());
        let api = &self.freshbooks;
        let taxes = ask!(self, id, |token| api.taxes(&token, account))?;
        let categories = ask!(self, id, |token| api.categories(&token, account))?;
        let today = self.clock().now().to_zoned(TimeZone::UTC).date();
        let days = Days {
            from: today.saturating_sub(AROUND.days()),
            to: today.saturating_add(AROUND.days()),
        };
        let (mut invoices, mut more_invoices) = (Vec::new(), true);
        for number in 1..=PAGES {
            let page = PageNumber {
                number,
                rows: 100,
                newest_first: true,
            };
            let page = ask!(self, id, |token| api
                .invoices_dated(&token, account, days, page))?;
            more_invoices = !page.is_last;
            invoices.extend(page.rows.into_iter().filter_map(|row| match row {
                DatedRow::Read(invoice) => Some(invoice),
                // It waits for a person anyway, with a sentence of its own.
                DatedRow::Unreadable { .. } => None,
            }));
            if page.is_last {
                break;
            }
        }
        Ok(Lists {
            taxes,
            categories,
            invoices,
            invoices_from: days.from,
            more_invoices,
        })
    }
}

/// Documents are read of an account that was chosen.
pub(crate) fn has_account(connection: &Connection) -> Result<(), Error> {
    if connection.account_id.is_empty() {
        return Err(Error::Invalid(format!(
            "It is not said yet which FreshBooks business connection {} is; connect FreshBooks and choose it.",
            connection.id
        )));
    }
    Ok(())
}
