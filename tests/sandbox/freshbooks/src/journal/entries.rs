//! Entries that a person makes, and the newer generation's list of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::business::answer;
use super::not_served;
use crate::account::{JournalListShape, Journals};
use crate::money::money;
use crate::query::{Query, Term};
use crate::refusal::Refusal;
use crate::resource::{Filter, Kind, Resource};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, Shared, View};

/// The header without which the newer list is refused.
const VERSION: (&str, &str) = ("x-api-version", "2023-09-25");

/// A manual journal entry; its debits and credits come to the same.
#[derive(Debug, Clone, Default)]
pub struct NewJournalEntry {
    /// `Depreciation January`.
    pub name: String,
    /// `journalEntryNumber`, which only the newer generation shows.
    pub number: String,
    /// A longer text.
    pub description: String,
    /// The calendar day; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// The debits and credits.
    pub lines: Vec<JournalLine>,
}

/// A debit or a credit.
#[derive(Debug, Clone, Default)]
pub struct JournalLine {
    /// The sub-account.
    pub account_id: i64,
    /// 0 on a credit.
    pub debit: Decimal,
    /// 0 on a debit.
    pub credit: Decimal,
}

impl JournalLine {
    /// A debit.
    #[must_use]
    pub fn debit(account_id: i64, debit: Decimal) -> Self {
        Self {
            account_id,
            debit,
            ..Self::default()
        }
    }

    /// A credit.
    #[must_use]
    pub fn credit(account_id: i64, credit: Decimal) -> Self {
        Self {
            account_id,
            credit,
            ..Self::default()
        }
    }
}

impl NewJournalEntry {
    pub(super) fn currency<'a>(&'a self, books: &'a Books) -> &'a str {
        self.currency_code.as_ref().unwrap_or(&books.currency_code)
    }

    pub(super) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }
}

/// Of the older generation, which can make entries and not read them: [`routes`] has its own list.
impl Resource for NewJournalEntry {
    const KIND: Kind = Kind {
        noun: "journal_entry",
        path: "journal_entries/journal_entries",
        list_key: "journal_entries",
        id_field: "entryid",
        scope: "user:journal_entries:read",
        keeps_deleted: true,
        filters_vis_state: false,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.journal_entries
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.journal_entries
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let entry = &kept.content;
        let day = entry.day();
        let details: Vec<_> = entry
            .lines
            .iter()
            .map(|line| side(line, entry, view))
            .collect();
        json!({
            "uuid": format!("5eaf0000-0000-4000-8000-{:012}", kept.id), "name": entry.name,
            "journalEntryNumber": entry.number, "description": entry.description,
            "userEnteredDate": {"year": day.year(), "month": day.month(), "day": day.day()},
            "details": details,
        })
    }

    fn filter(_term: &Term) -> Result<Option<Filter<Self>>, Refusal> {
        Ok(None)
    }
}

fn side(line: &JournalLine, entry: &NewJournalEntry, view: &View<'_>) -> Value {
    let (kind, amount) = if line.debit.is_zero() {
        ("TYPE_CREDIT", line.credit)
    } else {
        ("TYPE_DEBIT", line.debit)
    };
    let mut amount = money(amount, entry.currency(view.books));
    if view.books.quirks.journal_list_shape == JournalListShape::Wrapped {
        let number = amount["amount"].as_str();
        let number = number.and_then(|text| serde_json::from_str(text).ok());
        amount["amount"] = number.unwrap_or(Value::Null);
    }
    json!({
        "accountId": view.books.chart.uuid_of(line.account_id), "amount": amount, "type": kind,
    })
}

/// The list, which holds manual entries only. Its answer is unconfirmed; this stand-in has two.
pub(super) fn routes() -> Router<Arc<Shared>> {
    let path = "/accounting/businesses/{business_uuid}/journal_entries";
    Router::new().route(path, get(list))
}

async fn list(
    State(shared): State<Arc<Shared>>,
    Path(business_uuid): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    // Its page parameters have names of their own; that they count alike is assumed.
    let query = query.unwrap_or_default();
    let query = query
        .replace("page_number=", "page=")
        .replace("page_size=", "per_page=");
    let query = Query::parse(&query);
    let is_of_version = headers
        .get(VERSION.0)
        .is_some_and(|value| value == VERSION.1);
    let scope = NewJournalEntry::KIND.scope;
    answer(&shared, &headers, &business_uuid, scope, |view| {
        if view.books.quirks.journals == Journals::Details {
            return Err(not_served());
        }
        if !is_of_version {
            return Err(wrong_version());
        }
        page(view, &query)
    })
}

fn page(view: &View<'_>, query: &Query) -> Result<Value, Refusal> {
    let page = query.page()?;
    let entries = view.books.journal_entries.newest_first();
    let entries: Vec<_> = entries.filter(|kept| kept.is_live()).collect();
    let entries = page.cut(entries).into_iter();
    let entries = entries.map(|kept| Resource::render(kept, view, query));
    Ok(match view.books.quirks.journal_list_shape {
        JournalListShape::Named => json!({"manualJournalEntries": entries.collect::<Vec<_>>()}),
        JournalListShape::Wrapped => {
            let wrapped = entries.map(|entry| json!({"manualJournalEntry": entry}));
            json!({"data": wrapped.collect::<Vec<_>>()})
        }
    })
}

/// That another version is refused is documented, how is not.
fn wrong_version() -> Refusal {
    let message = "The header x-api-version is required.";
    Refusal {
        status: StatusCode::BAD_REQUEST,
        ..Refusal::invalid(1001, VERSION.0, message, "")
    }
}
