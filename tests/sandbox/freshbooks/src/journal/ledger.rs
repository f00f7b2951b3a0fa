//! Three lists of the ledger's accounts: two generations and a report.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::accounts::LedgerAccount;
use super::posting::postings;
use super::{business, not_served};
use crate::query::Query;
use crate::refusal::Refusal;
use crate::resource::answer;
use crate::time::utc_stamp;
use crate::world::{Shared, View};

/// The lists; that the newer ones take the scope of the report is what the notes suppose.
const SCOPE: &str = "user:account:read";

pub(super) fn routes() -> Router<Arc<Shared>> {
    let business = "/accounting/businesses/{business_uuid}";
    let ledger = format!("{business}/ledger_accounts/accounts");
    Router::new()
        .route(&ledger, get(ledger_accounts))
        .route(&format!("{ledger}/{{uuid}}"), get(ledger_account))
        .route(&format!("{business}/reports/chart_of_accounts"), get(chart))
        .route(
            "/accounting/account/{account_id}/journal_entry_accounts/journal_entry_accounts",
            get(journal_entry_accounts),
        )
}

async fn ledger_accounts(
    State(shared): State<Arc<Shared>>,
    Path(business_uuid): Path<String>,
    headers: HeaderMap,
) -> Response {
    business::answer(&shared, &headers, &business_uuid, SCOPE, |view| {
        let accounts = view.books.chart.all();
        let accounts: Vec<_> = accounts.map(|account| ledger_json(account, view)).collect();
        Ok(json!({"data": accounts}))
    })
}

async fn ledger_account(
    State(shared): State<Arc<Shared>>,
    Path((business_uuid, uuid)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    business::answer(&shared, &headers, &business_uuid, SCOPE, |view| {
        let mut accounts = view.books.chart.all();
        let account = accounts
            .find(|account| account.uuid() == uuid)
            .ok_or_else(not_served)?;
        Ok(json!({"data": ledger_json(account, view)}))
    })
}

/// `jea_id` and `jesa_id` are the ids of the older generation, by their names.
fn ledger_json(account: &LedgerAccount, view: &View<'_>) -> Value {
    let chart = &view.books.chart;
    let parent = account.parent_id.and_then(|id| chart.uuid_of(id));
    let below: Vec<_> = chart.below(account.id).map(LedgerAccount::uuid).collect();
    let is_top = account.parent_id.is_none();
    json!({
        "uuid": account.uuid(), "name": account.name, "number": chart.full_number(account),
        "description": "", "type": account.account_type.text(), "sub_type": "other",
        "system_account_name": account.came_with_the_business.then_some(&account.name),
        "parent_account": parent, "sub_accounts": below,
        "auto_created": account.came_with_the_business, "state": state(account),
        "updated_at": "2026-01-05T16:20:11.123456Z", "category_id": null,
        "jea_id": is_top.then_some(account.id), "jesa_id": (!is_top).then_some(account.id),
    })
}

fn state(account: &LedgerAccount) -> &'static str {
    if account.is_active {
        "active"
    } else {
        "inactive"
    }
}

async fn chart(
    State(shared): State<Arc<Shared>>,
    Path(business_uuid): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    business::answer(&shared, &headers, &business_uuid, SCOPE, |view| {
        if !query.contains("use_ledger_entries=true") {
            let message = "This field is required.";
            return Err(Refusal::invalid(1001, "use_ledger_entries", message, ""));
        }
        let balances = balances(view);
        let tops = view.books.chart.tops();
        let tops: Vec<_> = tops.map(|top| report_json(top, view, &balances)).collect();
        Ok(json!({"response": {"result": {"journal_entry_accounts": tops}}}))
    })
}

fn report_json(account: &LedgerAccount, view: &View<'_>, balances: &Balances) -> Value {
    let chart = &view.books.chart;
    let below = chart.below(account.id);
    let below: Vec<_> = below
        .map(|below| report_json(below, view, balances))
        .collect();
    json!({
        "account_uuid": account.uuid(), "account_name": account.name,
        "account_number": chart.full_number(account),
        "account_type": account.account_type.text(), "account_sub_type": "other",
        "system_account_name": account.came_with_the_business.then_some(&account.name),
        "auto_created": account.came_with_the_business, "state": state(account),
        "currency_code": view.books.currency_code,
        "balance": format!("{:.3}", balances.of(account, view)), "sub_accounts": below,
        "parent_account_uuid": account.parent_id.and_then(|id| chart.uuid_of(id)),
    })
}

async fn journal_entry_accounts(
    State(shared): State<Arc<Shared>>,
    Path(account_id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let scope = "user:journal_entries:read";
    answer(&shared, &headers, &account_id, scope, |view| {
        let page = query.page()?;
        let tops: Vec<_> = view.books.chart.tops().collect();
        let (total, balances) = (tops.len(), balances(view));
        let tops = page.cut(tops).into_iter();
        let tops = tops.map(|top| account_json(top, view, &balances)).collect();
        Ok(page.envelope("journal_entry_accounts", total, tops))
    })
}

fn account_json(top: &LedgerAccount, view: &View<'_>, balances: &Balances) -> Value {
    let below = view.books.chart.below(top.id);
    let below = below.map(|below| {
        json!({
            "sub_accountid": below.id, "parentid": top.id, "account_sub_name": below.name,
            "account_sub_number": below.number,
            "balance": format!("{:.2}", balances.of(below, view)),
            "custom": !below.came_with_the_business, "transaction_posted": true,
        })
    });
    json!({
        "accountid": top.id, "account_name": top.name, "account_number": top.number,
        "account_type": top.account_type.text(),
        "balance": format!("{:.2}", balances.of(top, view)),
        "currency_code": view.books.currency_code, "created_at": utc_stamp(view.now),
        "sub_accounts": below.collect::<Vec<_>>(),
    })
}

/// Debits less credits by sub-account, whatever the currency.
struct Balances(BTreeMap<i64, Decimal>);

fn balances(view: &View<'_>) -> Balances {
    let mut sums = BTreeMap::new();
    for row in postings(view).iter().flat_map(|posting| &posting.rows) {
        *sums.entry(row.account_id).or_default() += row.amount;
    }
    Balances(sums)
}

impl Balances {
    /// Of the account and of those below it.
    fn of(&self, account: &LedgerAccount, view: &View<'_>) -> Decimal {
        let own = self.0.get(&account.id).copied().unwrap_or_default();
        let below = view.books.chart.below(account.id);
        own + below.map(|below| self.of(below, view)).sum::<Decimal>()
    }
}
