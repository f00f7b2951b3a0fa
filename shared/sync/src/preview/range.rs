//! A span of days, a page at a time: an answer has to come within the gateway's 30 s.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use cin7::Customer;
use freshbooks::{DatedPage, DatedRow, Days, Invoice, PageNumber, ShownPayment};
use money::Decimal;
use serde::Serialize;

use super::{NotPreviewed, OWNER, Outcome, Preview, Previewed};
use crate::asking::ask;

/// Documents to a page of FreshBooks' list; few enough that most pages need one answer.
const ROWS: u8 = 25;

/// The kinds, in the order in which they are shown. What crosses later is added at the end.
const KINDS: [&str; 2] = ["invoice", "payment"];

/// Where the next page begins: a kind, a page of its list, and how many of that are done. The customers
/// that would have been made by then go along, so that none is shown twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    kind: usize,
    page: u64,
    done: usize,
    created: Vec<Customer>,
}

/// Not a cursor that an answer gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is none that an answer gave")]
pub struct NotACursor;

impl Default for Cursor {
    fn default() -> Self {
        Self {
            kind: 0,
            page: 1,
            done: 0,
            created: Vec::new(),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let created = serde_json::to_string(&self.created).map_err(|_| fmt::Error)?;
        let kind = KINDS[self.kind];
        write!(f, "{kind}-{}-{}-{created}", self.page, self.done)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let mut parts = text.splitn(4, '-');
        let mut next = || parts.next().ok_or(NotACursor);
        let kind = next()?;
        let kind = KINDS.iter().position(|known| *known == kind);
        let cursor = Self {
            kind: kind.ok_or(NotACursor)?,
            page: next()?.parse().map_err(|_| NotACursor)?,
            done: next()?.parse().map_err(|_| NotACursor)?,
            created: serde_json::from_str(next()?).map_err(|_| NotACursor)?,
        };
        if cursor.page == 0 {
            return Err(NotACursor);
        }
        Ok(cursor)
    }
}

/// What documents of one month, kind, currency and outcome come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Such as `2026-01`; empty where a document's day cannot be read.
    pub month: String,
    /// `invoice` or `payment`.
    pub kind: String,
    /// The documents' own currency; empty where it cannot be read.
    pub currency: String,
    /// What would become of them.
    pub outcome: Outcome,
    /// How many.
    pub count: usize,
    /// What they come to together, as decimal text.
    pub total: String,
}

/// A page of a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewPage {
    /// What would become of each document.
    pub records: Vec<Previewed>,
    /// The totals of this page.
    pub totals: Vec<Total>,
    /// Where the next page begins; `None` at the end.
    pub cursor: Option<Cursor>,
}

/// A page of either list.
enum Rows {
    Invoices(DatedPage<Invoice>),
    Payments(DatedPage<ShownPayment>),
}

impl Preview<'_> {
    /// The documents of a span of days from a cursor on, as many as there is time for. What is written in
    /// FreshBooks meanwhile may be missed or shown twice: its lists have no cursor of their own.
    ///
    /// # Errors
    /// Something could not be read, before there was anything to show.
    pub async fn range(&mut self, days: Days, from: Cursor) -> Result<PreviewPage, NotPreviewed> {
        self.created.clone_from(&from.created);
        let rows = self.rows(days, &from).await?;
        let mut records = Vec::new();
        let (ended, is_last) = match rows {
            Rows::Invoices(page) => {
                let is_last = page.is_last;
                (
                    self.invoices_of(page, from.done, &mut records).await,
                    is_last,
                )
            }
            Rows::Payments(page) => {
                let is_last = page.is_last;
                (
                    self.payments_of(page, from.done, &mut records).await,
                    is_last,
                )
            }
        };
        let all = match ended {
            // What was shown is shown; whoever asks for the rest is told what is in the way.
            Err(_) if !records.is_empty() => false,
            ended => ended?,
        };
        let (kind, page, done) = match (all, is_last) {
            (false, _) => (from.kind, from.page, from.done + records.len()),
            (true, false) => (from.kind, from.page + 1, 0),
            (true, true) => (from.kind + 1, 1, 0),
        };
        let cursor = (kind < KINDS.len()).then(|| Cursor {
            kind,
            page,
            done,
            created: self.created.clone(),
        });
        Ok(PreviewPage {
            totals: totals(&records),
            records,
            cursor,
        })
    }

    async fn rows(&self, days: Days, from: &Cursor) -> Result<Rows, NotPreviewed> {
        let (api, account) = (&self.on.freshbooks, &self.connection.account_id);
        let page = PageNumber {
            number: from.page,
            rows: ROWS,
            newest_first: false,
        };
        let (tokens, id) = (&self.on.tokens, &self.connection.id);
        if KINDS[from.kind] == "invoice" {
            let asked = ask(tokens, id, OWNER, |token| async move {
                api.invoices_dated(&token, account, days, page).await
            });
            return Ok(Rows::Invoices(asked.await?.0));
        }
        let asked = ask(tokens, id, OWNER, |token| async move {
            api.payments_dated(&token, account, days, page).await
        });
        Ok(Rows::Payments(asked.await?.0))
    }

    async fn invoices_of(
        &mut self,
        page: DatedPage<Invoice>,
        done: usize,
        records: &mut Vec<Previewed>,
    ) -> Result<bool, NotPreviewed> {
        for row in page.rows.into_iter().skip(done) {
            if self.is_late() {
                return Ok(false);
            }
            records.push(match row {
                DatedRow::Read(invoice) => Box::pin(self.invoice(&invoice)).await?,
                DatedRow::Unreadable { id, why } => unreadable("invoice", &id, &why),
            });
        }
        Ok(true)
    }

    async fn payments_of(
        &mut self,
        page: DatedPage<ShownPayment>,
        done: usize,
        records: &mut Vec<Previewed>,
    ) -> Result<bool, NotPreviewed> {
        for row in page.rows.into_iter().skip(done) {
            if self.is_late() {
                return Ok(false);
            }
            records.push(match row {
                DatedRow::Read(payment) => Box::pin(self.payment(&payment)).await?,
                DatedRow::Unreadable { id, why } => unreadable("payment", &id, &why),
            });
        }
        Ok(true)
    }
}

fn unreadable(kind: &str, id: &str, why: &str) -> Previewed {
    let sentence = format!(
        "FreshBooks shows {kind} {id} in a way that cannot be read: {why}. Correct it there."
    );
    Previewed::of(kind, id).ends(Outcome::Attention, sentence)
}

/// What documents come to, by month, kind, currency and outcome.
#[must_use]
pub fn totals(records: &[Previewed]) -> Vec<Total> {
    let mut sums: BTreeMap<_, (usize, Decimal)> = BTreeMap::new();
    for record in records {
        let month = record
            .date
            .map_or_else(String::new, |date| date.strftime("%Y-%m").to_string());
        let currency = record.currency.clone().unwrap_or_default();
        let key = (month, record.kind.clone(), currency, record.outcome);
        let sum = sums.entry(key).or_default();
        sum.0 += 1;
        let total = record.total.as_deref().and_then(|total| total.parse().ok());
        sum.1 += total.unwrap_or(Decimal::ZERO);
    }
    let one = |((month, kind, currency, outcome), (count, total)): (_, (usize, Decimal))| Total {
        month,
        kind,
        currency,
        outcome,
        count,
        total: total.to_string(),
    };
    sums.into_iter().map(one).collect()
}
