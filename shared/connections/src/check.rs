//! Settings compared with the live books of both sides.

use std::time::Duration;

use clock::later;
use freshbooks::{Bill, DatedRow, Days, Expense, Invoice, LedgerAccount, PageNumber};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use ledger::{Connection, ConnectionId};
use mapping::{Checked, Finding, Seen, Settings};
use serde::Serialize;

use crate::desk::ask;
use crate::kinds::{Kinds, how_to_let_in};
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
    /// How many bills were looked at.
    pub bills: usize,
    /// How many expenses were looked at.
    pub expenses: usize,
}

/// FreshBooks' side, as it is now.
struct Lists {
    taxes: Vec<freshbooks::Tax>,
    categories: Vec<freshbooks::Category>,
    invoices: Vec<Invoice>,
    invoices_from: Date,
    more_invoices: bool,
}

/// What FreshBooks has on the purchase side and in its ledger, as far as the connection may read it.
#[derive(Default)]
struct Bought {
    bills: Vec<Bill>,
    expenses: Vec<Expense>,
    ledger_accounts: Vec<LedgerAccount>,
    /// What could not be read, a sentence each.
    unread: Vec<String>,
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
        let kinds = Kinds::new(&connection, settings.clone());
        let bought = self.bought(&connection, &kinds).await?;
        let seen = Seen {
            taxes: &lists.taxes,
            categories: &lists.categories,
            invoices: &lists.invoices,
            bills: &bought.bills,
            expenses: &bought.expenses,
            ledger_accounts: &bought.ledger_accounts,
        };
        let read = ReadBooks {
            cin7_at,
            freshbooks_at: self.clock().now(),
            invoices: lists.invoices.len(),
            invoices_from: lists.invoices_from,
            more_invoices: lists.more_invoices,
            bills: bought.bills.len(),
            expenses: bought.expenses.len(),
        };
        let mut checked = mapping::check(&settings, &known.facts(), &seen);
        let held_back = kinds.held_back();
        let mut sentences = bought.unread;
        if !held_back.is_empty() {
            sentences.push(how_to_let_in(&connection, &held_back));
        }
        checked
            .warnings
            .extend(sentences.into_iter().map(of_documents));
        Ok(CheckedSettings {
            checked,
            read: Some(read),
        })
    }

    /// What FreshBooks does not let be read keeps nothing else from being checked.
    async fn bought(&self, connection: &Connection, kinds: &Kinds) -> Result<Bought, Error> {
        let (id, account) = (&connection.id, connection.account_id.as_str());
        let (api, business) = (&self.freshbooks, connection.business_uuid.as_str());
        let mut bought = Bought::default();
        if kinds.move_and_can_be_read("bill") {
            let read = ask!(self, id, |token| api.some_bills(&token, account, PAGES));
            bought.bills = bought.read(read)?;
        }
        if kinds.move_and_can_be_read("expense") {
            let read = ask!(self, id, |token| api.some_expenses(&token, account, PAGES));
            bought.expenses = bought.read(read)?;
        }
        if kinds.move_and_can_be_read("journal_entry") && !business.is_empty() {
            let read = ask!(self, id, |token| api.ledger_accounts(&token, business));
            bought.ledger_accounts = bought.read(read)?;
        }
        Ok(bought)
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

impl Bought {
    /// What was read; nothing, and a sentence, where FreshBooks said no.
    fn read<T>(&mut self, read: Result<Vec<T>, freshbooks::Error>) -> Result<Vec<T>, Error> {
        match read {
            Err(freshbooks::Error::Forbidden(sentence) | freshbooks::Error::Refused(sentence)) => {
                self.unread.push(sentence);
                Ok(Vec::new())
            }
            read => Ok(read?),
        }
    }
}

/// A sentence about whole kinds of documents.
fn of_documents(what: String) -> Finding {
    Finding {
        what,
        setting: "settings.documents".to_owned(),
        add: None,
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
