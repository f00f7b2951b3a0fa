//! `GET` of a list and of one record, the same for every kind (docs/freshbooks-api.md, accounting resources: common rules).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{Kind, Resource};
use crate::account::DeletedById;
use crate::gate;
use crate::query::Query;
use crate::refusal::{Family, Refusal};
use crate::shelf::{Kept, VisState};
use crate::world::{Shared, View};

/// The two addresses of one kind.
pub(super) fn routes<R: Resource>() -> Router<Arc<Shared>> {
    let list_path = format!("/accounting/account/{{account_id}}/{}", R::KIND.path);
    let read_path = format!("{list_path}/{{id}}");
    Router::new()
        .route(&list_path, get(list::<R>))
        .route(&read_path, get(read::<R>))
}

async fn list<R: Resource>(
    State(shared): State<Arc<Shared>>,
    Path(account_id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    answer(&shared, &headers, &account_id, R::KIND.scope, |view| {
        rows::<R>(view, &query)
    })
}

async fn read<R: Resource>(
    State(shared): State<Arc<Shared>>,
    Path((account_id, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    answer(&shared, &headers, &account_id, R::KIND.scope, |view| {
        one::<R>(view, &id, &query)
    })
}

/// What `look` finds in the books of an account, for a caller who may see them.
pub(crate) fn answer(
    shared: &Shared,
    headers: &HeaderMap,
    account_id: &str,
    scope: &str,
    look: impl FnOnce(&View<'_>) -> Result<Value, Refusal>,
) -> Response {
    let world = shared.lock();
    let open = gate::books(&world, headers, account_id, shared.now())
        .and_then(|(books, grant)| gate::scope(grant, scope).map(|()| books));
    let books = match open {
        Ok(books) => books,
        Err(denied) => {
            let shape = world
                .accounts
                .get(account_id)
                .map(|books| books.quirks.error_shape);
            return denied.answer(Family::Accounting(shape.unwrap_or_default()));
        }
    };
    match look(&shared.view(books)) {
        Ok(body) => Json(body).into_response(),
        Err(refusal) => refusal.answer(books.quirks.error_shape),
    }
}

fn rows<R: Resource>(view: &View<'_>, query: &Query) -> Result<Value, Refusal> {
    let page = query.page()?;
    let mut filters = Vec::new();
    let quirks = &view.books.quirks;
    let is_known = |key: &str| !quirks.ignored_filters.contains(&key);
    for term in query.search.iter().filter(|term| is_known(&term.key)) {
        filters.extend(R::filter(term)?);
    }
    let sees_vis_state = R::KIND.filters_vis_state || quirks.vis_state_filters_everything;
    let sees_vis_state = sees_vis_state && R::KIND.keeps_deleted && is_known("vis_state");
    let mut rows: Vec<&Kept<R>> = R::shelf(view.books)
        .newest_first()
        .filter(|kept| shows(kept.vis_state, query, sees_vis_state))
        .filter(|kept| filters.iter().all(|filter| filter(kept, view)))
        .collect();
    sort(&mut rows, view, query.sort.as_deref());
    let total = rows.len();
    let rows = page
        .cut(rows)
        .into_iter()
        .map(|kept| R::render(kept, view, query))
        .collect();
    Ok(page.envelope(R::KIND.list_key, total, rows))
}

/// Lists hide what is deleted and show what is archived, unless `search[vis_state]` says otherwise.
fn shows(state: VisState, query: &Query, sees_vis_state: bool) -> bool {
    match query.term("vis_state") {
        Some(term) if sees_vis_state => term.value() == state.number().to_string(),
        _ => state != VisState::Deleted,
    }
}

/// Without a sort key that works: newest first. The order is not documented; this one moves rows to
/// the next page while a client is paging, which a client has to stand.
fn sort<R: Resource>(rows: &mut [&Kept<R>], view: &View<'_>, sort: Option<&str>) {
    let Some((key, direction)) = sort.and_then(|sort| sort.rsplit_once('_')) else {
        return;
    };
    match direction {
        "asc" => rows.sort_by_key(|kept| R::sort_text(kept, view, key)),
        "desc" => rows.sort_by_key(|kept| std::cmp::Reverse(R::sort_text(kept, view, key))),
        _ => {}
    }
}

fn one<R: Resource>(view: &View<'_>, id: &str, query: &Query) -> Result<Value, Refusal> {
    let kind = R::KIND;
    let kept = id
        .parse()
        .ok()
        .and_then(|id| R::shelf(view.books).get(id))
        .ok_or_else(|| not_found(kind, 1012, "not found", id))?;
    let hidden = view.books.quirks.deleted_by_id == DeletedById::Errno1011;
    if kept.vis_state == VisState::Deleted && hidden {
        return Err(not_found(kind, 1011, "is deleted", id));
    }
    Ok(json!({"response": {"result": {kind.noun: R::render(kept, view, query)}}}))
}

fn not_found(kind: Kind, errno: u32, what: &str, id: &str) -> Refusal {
    let noun = kind.noun.replace('_', " ");
    let title = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
    Refusal {
        status: StatusCode::NOT_FOUND,
        errno,
        field: kind.id_field.to_owned(),
        message: format!("{title} {what}."),
        object: kind.noun.to_owned(),
        value: id.to_owned(),
    }
}
