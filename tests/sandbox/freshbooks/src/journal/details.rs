//! The older generation: one row for each debit and each credit of every posting.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::not_served;
use super::posting::{Names, Posting, Row, postings};
use crate::account::Journals;
use crate::money::money;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::resource::answer;
use crate::world::{Shared, View};

const LIST_KEY: &str = "journal_entry_details";

/// The list. There is no reading one row and no reading one entry.
pub(super) fn routes() -> Router<Arc<Shared>> {
    let path = format!("/accounting/account/{{account_id}}/journal_entries/{LIST_KEY}");
    Router::new().route(&path, get(list))
}

async fn list(
    State(shared): State<Arc<Shared>>,
    Path(account_id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let scope = "user:journal_entries:read";
    answer(&shared, &headers, &account_id, scope, |view| {
        rows(view, &query)
    })
}

fn rows(view: &View<'_>, query: &Query) -> Result<Value, Refusal> {
    if view.books.quirks.journals == Journals::Entries {
        return Err(not_served());
    }
    let page = query.page()?;
    let asked = Asked::of(query, view)?;
    let postings = postings(view);
    let rows: Vec<_> = postings
        .iter()
        .flat_map(|posting| (1..).zip(&posting.rows).map(move |row| (posting, row)))
        .filter(|(posting, (_, row))| asked.keeps(posting, row))
        .collect();
    let total = rows.len();
    let rows = page
        .cut(rows)
        .into_iter()
        .map(|(posting, (place, row))| detail(view, posting, place, row))
        .collect();
    Ok(page.envelope(LIST_KEY, total, rows))
}

/// The filters that one collection lists and nobody has seen at work.
#[derive(Debug, Default)]
struct Asked {
    from: Option<Date>,
    until: Option<Date>,
    account_id: Option<String>,
}

impl Asked {
    fn of(query: &Query, view: &View<'_>) -> Result<Self, Refusal> {
        if !view.books.quirks.journal_detail_filters_work {
            return Ok(Self::default());
        }
        let day = |key| query.term(key).map(|term| term.day()).transpose();
        let account = query.term("sub_accountid");
        Ok(Self {
            from: day("start_date")?,
            until: day("end_date")?,
            account_id: account.map(|term| term.value().to_owned()),
        })
    }

    fn keeps(&self, posting: &Posting, row: &Row) -> bool {
        self.from.is_none_or(|from| posting.day >= from)
            && self.until.is_none_or(|until| posting.day <= until)
            && self
                .account_id
                .as_ref()
                .is_none_or(|id| *id == row.account_id.to_string())
    }
}

fn detail(view: &View<'_>, posting: &Posting, place: i64, row: &Row) -> Value {
    let id = posting.entry_id() * 1_000 + place;
    let amount = money(row.amount.abs(), &posting.code);
    let (debit, credit) = if row.amount > Decimal::ZERO {
        (amount.clone(), Value::Null)
    } else {
        (Value::Null, amount.clone())
    };
    let chart = &view.books.chart;
    let below = chart.get(row.account_id);
    let top = below
        .and_then(|below| below.parent_id)
        .and_then(|id| chart.get(id));
    json!({
        "id": id, "detailid": id, "name": posting.name, "description": posting.description,
        "user_entered_date": posting.day.to_string(), "detail_type": row.detail_type,
        "debit": debit, "credit": credit, "balance": amount,
        "account": top.map(|top| json!({
            "accountid": top.id, "account_name": top.name, "account_number": top.number,
            "account_type": top.account_type.text(),
        })),
        "sub_account": below.map(|below| json!({
            "sub_accountid": below.id, "account_sub_name": below.name,
            "account_sub_number": below.number, "parentid": below.parent_id,
        })),
        "entry": entry(posting),
    })
}

/// A field for a bill is in no SDK: it is there only where the account is set so.
fn entry(posting: &Posting) -> Value {
    let Names {
        client,
        credit,
        expense,
        income,
        invoice,
        payment,
        category,
        bill,
        bill_payment,
    } = posting.names;
    let mut entry = json!({
        "entryid": posting.entry_id(), "clientid": client, "creditid": credit,
        "expenseid": expense, "incomeid": income, "invoiceid": invoice, "paymentid": payment,
        "categoryid": category,
    });
    let bill_ids = [("billid", bill), ("bill_paymentid", bill_payment)];
    if let Some(fields) = entry.as_object_mut() {
        for (key, id) in bill_ids {
            fields.extend(id.map(|id| (key.to_owned(), json!(id))));
        }
    }
    entry
}
